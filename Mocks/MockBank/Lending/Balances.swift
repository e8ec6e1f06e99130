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
    /// Days since the oldest unpaid due date.
    package var daysPastDue: Int = 0

    /// Nothing owed.
    package init() {}

    /// `M0` when nothing is past due, `M1` for days 1–30, … `M7+` from day 181.
    package var bucket: String {
        let months = (daysPastDue + 29) / 30
        return months >= 7 ? "M7+" : "M\(months)"
    }
}

extension LoanStatement {
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
            if open.principal + open.interest > 0, balances.daysPastDue == 0 {
                balances.daysPastDue = day.days(since: instalment.dueOn)
            }
        }
        return balances
    }
}
