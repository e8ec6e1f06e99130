// Money received, laid on the bank's own dues in the order that was agreed.

/// What has been paid on one instalment.
struct Standing {
    var penalty: Int64 = 0
    var penaltyOnInterest: Int64 = 0
    var fee: Int64 = 0
    /// Principal payments in order of value date.
    var principalPayments: [(on: Day, amount: Int64)] = []
    /// Interest payments in order of value date.
    var interestPayments: [(on: Day, amount: Int64)] = []
    /// Of the interest: what came before the due date.
    var early: Int64 = 0

    var principal: Int64 { principalPayments.reduce(0) { $0 + $1.amount } }
    var interest: Int64 { interestPayments.reduce(0) { $0 + $1.amount } }
}

/// A loan's dues and what has been paid on them so far.
package struct Waterfall {
    /// The plan as early repayments and notices have left it.
    var share: ShareOfLoan
    let conditions: Conditions
    var standings: [Standing]
    /// Cash less claims settled within the tolerance; negative when the bank gave up cents.
    package internal(set) var rounding: Int64 = 0
    /// Cash beyond everything due.
    package internal(set) var unapplied: Int64 = 0
    /// The day from which nothing accrues, all having been written off or handed over.
    var stoppedOn: Day?
    /// Everything was written off.
    var isWrittenOff = false
    /// All principal has gone to another holder.
    var isHandedOver = false
    /// Claims that went to others at the end of days, by instalment; below zero those that came.
    var moves: [Move] = []
    /// Principal repaid before it fell due.
    var repaidEarly: Int64 = 0
    /// Fees charged for it.
    var earlyFees: Int64 = 0
    /// The plans that the platform has sent again, in order.
    var notices: [PlanNotice] = []
    /// Those that the bank goes or went by.
    var followed: Set<Day> = []

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
        var slip = Slip(left: total, day: day)
        let reach = share.instalments.indices.filter { share.instalments[$0].dueOn <= day }
        let late = reach.filter { share.instalments[$0].dueOn < day }
        for group in [late, reach.filter { !late.contains($0) }] { pay(group, &slip) }
        let hasEnough = reach.allSatisfy { outstanding($0, paidOn: day).total == 0 }
        if slip.left > 0, hasEnough, repaysEarly, let open = share.open(on: day),
            slip.paid.isEmpty || slip.left > tolerance(slip.paid.keys.sorted())
        {
            payInAdvance(open, &slip)
        }
        round(&slip)
        return slip.paid
    }

    private mutating func pay(_ group: [Int], _ slip: inout Slip) {
        if conditions.isByComponent {
            for claim in conditions.order {
                for index in group { settle(claim, index, &slip) }
            }
        } else {
            for index in group {
                for claim in conditions.order { settle(claim, index, &slip) }
            }
        }
    }

    /// What is left over, or missing, by no more than the tolerance is rounding.
    private mutating func round(_ slip: inout Slip) {
        guard slip.left != 0 || !slip.paid.isEmpty else { return }
        guard let last = slip.paid.keys.max() else {
            unapplied += slip.left
            return
        }
        let tolerance = tolerance(slip.paid.keys.sorted())
        if slip.left > tolerance {
            unapplied += slip.left
        } else if slip.left > 0 {
            rounding += slip.left
        } else if share.instalments[last].dueOn <= slip.day {
            let open = outstanding(last, paidOn: slip.day)
            guard open.total > 0, open.total <= tolerance else { return }
            rounding -= open.total
            slip.left = open.total
            for claim in conditions.order { settle(claim, last, &slip) }
        }
    }

    /// What is open of instalment `index` for a payment with value date `day`.
    package func outstanding(_ index: Int, paidOn day: Day) -> Outstanding {
        outstanding(index, penalties(paidOn: stopped(day)))
    }

    func outstanding(_ index: Int, _ penalties: Penalties) -> Outstanding {
        let due = share.instalments[index]
        let standing = standings[index]
        return Outstanding(
            penalty: max(0, penalties.onPrincipal[index] - standing.penalty),
            penaltyOnInterest: max(
                0, penalties.onInterest[index] - standing.penaltyOnInterest),
            fee: due.fee - standing.fee,
            interest: billed(index) - standing.interest,
            principal: due.principal - standing.principal)
    }

    /// The last instalment carries the cents of all earlier ones.
    func tolerance(_ touched: [Int]) -> Int64 {
        let count = touched.last == standings.count - 1 ? standings.count : touched.count
        return conditions.roundingTolerance * Int64(max(1, count))
    }

    private mutating func settle(_ claim: Claim, _ index: Int, _ slip: inout Slip) {
        if slip.left <= 0 { return }
        let open = outstanding(index, paidOn: slip.day)
        let isLate = slip.day > share.instalments[index].dueOn
        var paid = Components()
        switch claim {
        case .penalty:
            let onPrincipal = slip.take(open.penalty)
            let onInterest = slip.take(open.penaltyOnInterest)
            standings[index].penalty += onPrincipal
            standings[index].penaltyOnInterest += onInterest
            paid.penalty = onPrincipal + onInterest
        case .fee:
            paid.fee = slip.take(open.fee)
            standings[index].fee += paid.fee
        case .interest:
            let interest = slip.take(open.interest)
            standings[index].pay(interest: interest, on: slip.day)
            if isLate { paid.overdueInterest = interest } else { paid.interest = interest }
        case .principal:
            let principal = slip.take(open.principal)
            standings[index].pay(principal: principal, on: slip.day)
            if isLate { paid.overduePrincipal = principal } else { paid.principal = principal }
        }
        if !paid.isNothing { slip.paid[index, default: Components()] += paid }
    }
}

extension Standing {
    mutating func pay(interest: Int64, on day: Day) {
        if interest > 0 { interestPayments.append((day, interest)) }
    }

    mutating func pay(principal: Int64, on day: Day) {
        if principal > 0 { principalPayments.append((day, principal)) }
    }
}

/// A payment while it is laid on dues.
struct Slip {
    var left: Int64
    let day: Day
    var paid: [Int: Components] = [:]

    mutating func take(_ amount: Int64) -> Int64 {
        let taken = max(0, min(amount, left))
        left -= taken
        return taken
    }
}

/// What is open of an instalment, in minor units.
package struct Outstanding: Equatable {
    /// Penalty on overdue principal.
    package let penalty: Int64
    /// Penalty on overdue interest.
    package let penaltyOnInterest: Int64
    /// The fee that fell due with it.
    package let fee: Int64
    /// Scheduled interest.
    package let interest: Int64
    /// Scheduled principal.
    package let principal: Int64

    /// All of it.
    package var total: Int64 { penalty + penaltyOnInterest + fee + interest + principal }
    /// What makes an instalment past due.
    var scheduled: Int64 { fee + interest + principal }
}
