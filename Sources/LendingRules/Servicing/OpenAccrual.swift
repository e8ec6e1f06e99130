import BusinessCalendar
import Monetary

/// What a lender has accrued in the period open at the end of a date, minor units, paid or not.
package struct OpenAccrual: Hashable, Sendable {
    /// Contract interest since the period's first day; nothing after the last due date.
    package var interest: Int64 = 0
    /// Penalty on overdue principal since the period's first day, the last due date's once no
    /// period is open.
    package var penalty: Int64 = 0
    /// The same on overdue interest.
    package var penaltyOnInterest: Int64 = 0

    package init(interest: Int64 = 0, penalty: Int64 = 0, penaltyOnInterest: Int64 = 0) {
        self.interest = interest
        self.penalty = penalty
        self.penaltyOnInterest = penaltyOnInterest
    }
}

extension LoanContract {
    /// Each lender's accruals of the open period, in agreement order.
    ///
    /// A cumulative target like any other: what the position has accrued, less what the same
    /// payments would have accrued by the morning on which the period began.
    /// - Parameter facts: those that `position` was computed from.
    /// - Throws: ``ServicingError`` as the position does.
    package func openAccruals(_ position: LoanPosition, facts: [LoanFact]) throws(ServicingError)
        -> [OpenAccrual]
    {
        if position.isUndone { return lenders.map { _ in OpenAccrual() } }
        let due = position.dueCount
        let accrued = position.lenders.reduce(0) { $0 + $1.accruedInterest }
        // After a charge-off instalments fall due that nothing has accrued for.
        // Of what was accrued before claims changed hands the present holders have bought the rest.
        let settled = position.holding.settledInterest
        let billed = max(0, min(accrued, schedule.cumulativeInterest[due]) - settled)
        let interest = try amounts { () throws(AmountError) in
            try position.holding.scale.parts(from: billed, to: accrued - settled)
        }
        var accruals = zip(position.lenders, interest).map { lender, interest in
            OpenAccrual(interest: interest, penalty: lender.chargedPenalty)
        }
        if due == 0 || accruals.allSatisfy({ $0.penalty == 0 }) { return accruals }
        let eve = schedule.instalments[due - 1].dueOn.adding(days: -1)
        let effective = try effectiveFacts(of: facts, at: position.date)
        let before = try amounts { () throws(AmountError) in
            var replay = Replay(self)
            try replay.run(effective, until: eve)
            return replay.lenders
        }
        for (lender, earlier) in before.enumerated() {
            accruals[lender].penalty -= earlier.chargedPenalty
        }
        return accruals
    }

    private func amounts<Result>(_ body: () throws(AmountError) -> Result) throws(ServicingError)
        -> Result
    {
        do { return try body() } catch { throw .amount(error) }
    }
}

extension LenderPosition {
    /// Penalty accrued for this lender or bought by it.
    fileprivate var chargedPenalty: Int64 { accruedPenalty + transferred.penalty }
}
