// The bank's buckets of a loan at the end of a business date.

/// A loan's row of the balances file; amounts in minor units.
package struct Balances: Equatable, Sendable {
    /// Principal not yet due.
    package var principal: Int64 = 0
    /// Principal unpaid at the end of its due date.
    package var overduePrincipal: Int64 = 0
    /// Interest accrued in the open period.
    package var interest: Int64 = 0
    /// Interest unpaid at the end of its due date.
    package var overdueInterest: Int64 = 0
    /// Penalty on overdue principal.
    package var penaltyPrincipal: Int64 = 0
    /// Penalty on overdue interest.
    package var penaltyInterest: Int64 = 0
    /// Fees that have fallen due.
    package var fee: Int64 = 0
    /// Days since the oldest unpaid due date.
    package var daysPastDue: Int = 0

    /// Nothing owed.
    package init() {}

    /// `M0` when nothing is past due, `M1` for days 1–30, … `M7+` from day 181.
    package var bucket: String {
        let months = (daysPastDue + 29) / 30
        return months >= 7 ? "M7+" : "M\(months)"
    }

    /// Loans more than 90 days past due earn nothing in the bank's books.
    package var accrualStatus: String { daysPastDue > 90 ? "non-accrual" : "accrual" }

    /// Everything owed.
    package var total: Int64 {
        principal + overduePrincipal + interest + overdueInterest + penalties + fee
    }

    private var penalties: Int64 { penaltyPrincipal + penaltyInterest }

    /// Whether anything that fell due is unpaid, to the bank or to others.
    package var isInArrears: Bool {
        overduePrincipal + overdueInterest + penalties + fee > 0 || daysPastDue > 0
    }

    /// Where the loan stands, in the words of the file of status changes.
    package var standing: String {
        if total == 0 { return "paid-off" }
        return daysPastDue > 0 ? "past-due" : "current"
    }
}

/// What has accrued since the open period began, paid or not, in minor units.
package struct Accruals: Equatable, Sendable {
    package var interest: Int64 = 0
    package var penaltyPrincipal: Int64 = 0
    package var penaltyInterest: Int64 = 0
}

extension LoanStatement {
    /// Interest and penalty since the open period began.
    package func accruals(endOf day: Day) -> Accruals {
        let night = waterfall.stopped(day.adding(days: 1))
        var accruals = Accruals()
        var started: Day?
        for (index, instalment) in share.instalments.enumerated() {
            if instalment.dueOn <= day {
                started = instalment.dueOn
            } else if instalment.startsOn < night {
                accruals.interest += share.accrued(
                    index, elapsed: night.days(since: instalment.startsOn))
                // What has accrued on claims that went is their holder's.
                accruals.interest -= waterfall.moved(of: index).interest
            }
        }
        guard let started else { return accruals }
        let now = waterfall.penalties(paidOn: night)
        let then = waterfall.penalties(paidOn: waterfall.stopped(started))
        accruals.penaltyPrincipal =
            now.principal - then.principal - waterfall.moved(since: started).penalty
        accruals.penaltyInterest = now.interest - then.interest
        return accruals
    }

    /// The buckets at the end of `day`: the night to the next day is included.
    package func balances(endOf day: Day) -> Balances {
        let night = waterfall.stopped(day.adding(days: 1))
        let penalties = waterfall.penalties(paidOn: night)
        var balances = Balances()
        for (index, instalment) in share.instalments.enumerated() {
            if instalment.dueOn > day {
                let standing = waterfall.standings[index]
                balances.principal += instalment.principal - standing.principal
                let elapsed = night.days(since: instalment.startsOn)
                if elapsed > 0 {
                    balances.interest += share.accrued(index, elapsed: elapsed) - standing.interest
                }
                continue
            }
            let open = waterfall.outstanding(index, penalties)
            balances.overduePrincipal += open.principal
            balances.overdueInterest += open.interest
            balances.penaltyPrincipal += open.penalty
            balances.penaltyInterest += open.penaltyOnInterest
            balances.fee += open.fee
            if open.scheduled > 0, balances.daysPastDue == 0 {
                balances.daysPastDue = day.days(since: instalment.dueOn)
            }
        }
        if let lateSince {
            balances.daysPastDue = max(balances.daysPastDue, day.days(since: lateSince))
        }
        return balances
    }
}
