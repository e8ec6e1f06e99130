// Money received, laid on the bank's own dues: oldest first, penalty, interest, principal.

/// What has been paid on one instalment.
struct Standing {
    var penalty: Int64 = 0
    var interest: Int64 = 0
    /// Principal payments in order of value date.
    var principalPayments: [(on: Day, amount: Int64)] = []

    var principal: Int64 { principalPayments.reduce(0) { $0 + $1.amount } }
}

/// A loan's dues and what has been paid on them so far.
package struct Waterfall {
    let share: ShareOfLoan
    let conditions: Conditions
    var standings: [Standing]
    /// Cash less claims settled within the tolerance; negative when the bank gave up cents.
    package private(set) var rounding: Int64 = 0
    /// Cash beyond everything due.
    package private(set) var unapplied: Int64 = 0
    /// The day from which nothing accrues, all having been written off.
    var stoppedOn: Day?

    /// Dues of a share on which nothing has been paid.
    package init(_ share: ShareOfLoan, _ conditions: Conditions) {
        self.share = share
        self.conditions = conditions
        standings = share.instalments.map { _ in Standing() }
    }

    /// Lays `total` on what is due on `day` and returns the claims it settled.
    package mutating func apply(_ total: Int64, on day: Day) -> Components {
        lay(total, on: day).values.reduce(into: Components()) { $0 += $1 }
    }

    /// The same by instalment, counted from 0.
    mutating func lay(_ total: Int64, on day: Day) -> [Int: Components] {
        let penalties = penalties(paidOn: stopped(day))
        var paid: [Int: Components] = [:]
        var left = total
        var touched: [Int] = []
        for index in share.instalments.indices where share.instalments[index].dueOn <= day {
            let open = outstanding(index, penalties)
            if open.total == 0 || left <= 0 { continue }
            touched.append(index)
            settle(index, open, with: &left, on: day, into: &paid[index, default: Components()])
        }
        guard let last = touched.last else {
            unapplied += left
            return paid
        }
        let open = outstanding(last, penalties)
        let tolerance = self.tolerance(touched)
        if left > tolerance {
            unapplied += left
        } else if left > 0 {
            rounding += left
        } else if open.total > 0, open.total <= tolerance {
            rounding -= open.total
            var gift = open.total
            settle(last, open, with: &gift, on: day, into: &paid[last, default: Components()])
        }
        return paid
    }

    /// What is open of instalment `index` for a payment with value date `day`.
    package func outstanding(_ index: Int, paidOn day: Day) -> Outstanding {
        outstanding(index, penalties(paidOn: stopped(day)))
    }

    func outstanding(_ index: Int, _ penalties: [Int64]) -> Outstanding {
        let due = share.instalments[index]
        let standing = standings[index]
        return Outstanding(
            penalty: max(0, penalties[index] - standing.penalty),
            interest: billed(index) - standing.interest,
            principal: due.principal - standing.principal)
    }

    /// The last instalment carries the cents of all earlier ones.
    private func tolerance(_ touched: [Int]) -> Int64 {
        let count = touched.last == standings.count - 1 ? standings.count : touched.count
        return conditions.roundingTolerance * Int64(count)
    }

    private mutating func settle(
        _ index: Int, _ open: Outstanding, with left: inout Int64, on day: Day,
        into paid: inout Components
    ) {
        let isLate = day > share.instalments[index].dueOn
        func take(_ amount: Int64) -> Int64 {
            let taken = min(amount, left)
            left -= taken
            return taken
        }
        let penalty = take(open.penalty)
        let interest = take(open.interest)
        let principal = take(open.principal)
        standings[index].penalty += penalty
        standings[index].interest += interest
        if principal > 0 { standings[index].principalPayments.append((day, principal)) }
        paid.penalty += penalty
        if isLate {
            paid.overdueInterest += interest
            paid.overduePrincipal += principal
        } else {
            paid.interest += interest
            paid.principal += principal
        }
    }
}

/// What is open of an instalment, in minor units.
package struct Outstanding: Equatable {
    /// Penalty on overdue principal.
    package let penalty: Int64
    /// Scheduled interest.
    package let interest: Int64
    /// Scheduled principal.
    package let principal: Int64

    /// All of it.
    package var total: Int64 { penalty + interest + principal }
}

extension Waterfall {
    /// The bank's penalty of every instalment for a payment with value date `day`.
    func penalties(paidOn day: Day) -> [Int64] {
        share.penaltyParts(
            share.instalments.indices.map { index in
                share.instalments[index].dueOn < day ? penalty(index, paidOn: day) : 0
            })
    }

    /// Multiple × contract rate on overdue principal, in days of 1/365 year, rounded once.
    private func penalty(_ index: Int, paidOn day: Day) -> Int64 {
        let dueOn = share.instalments[index].dueOn
        let graceEnds = dueOn.adding(days: conditions.graceDays)
        if day <= graceEnds { return 0 }
        var unpaid = share.instalments[index].principal
        var from = dueOn
        var weighted: Int128 = 0
        for payment in standings[index].principalPayments {
            let on = payment.on <= graceEnds ? dueOn : min(payment.on, day)
            weighted += weight(index, unpaid, days: on.days(since: from))
            unpaid -= payment.amount
            from = on
        }
        weighted += weight(index, unpaid, days: day.days(since: from))
        let rate = share.annualRatePercent
        let multiple = conditions.penaltyMultiple
        return Int64(
            Rounding.halfEven.divide(
                weighted * Int128(rate.units) * Int128(multiple.units),
                by: Int128(rate.scale) * Int128(multiple.scale) * 36_500))
    }

    private func weight(_ index: Int, _ unpaid: Int64, days: Int) -> Int128 {
        Int128(share.scheduledUnpaid(index, unpaid: unpaid)) * Int128(days)
    }
}
