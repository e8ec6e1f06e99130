package import BusinessCalendar
import Monetary

/// What a payment with a value date would have to bring for nothing to be owed any more.
package struct PayoffQuote: Hashable, Sendable {
    package let date: BusinessDate
    /// Everything that would have to be paid, fees of repaying early included; minor units.
    package let claims: ClaimAmounts
    /// The borrower's cash that waits already.
    package let waiting: Int64

    package init(date: BusinessDate, claims: ClaimAmounts, waiting: Int64) {
        self.date = date
        self.claims = claims
        self.waiting = waiting
    }

    /// What is missing, minor units.
    package var total: Int64 { max(0, claims.clampedTotal - waiting) }
}

extension LoanContract {
    /// The quote for a date from the facts that count by its end.
    ///
    /// Where cash waits for instalments, it is all of them as they will be billed; else what has
    /// fallen due, the interest of the days before the date, and the principal.
    /// - Throws: ``ServicingError`` as the position does.
    package func payoff(facts: [LoanFact], on date: BusinessDate) throws(ServicingError)
        -> PayoffQuote
    {
        if let first = facts.first(where: { $0.kind == .disbursed }), date < disbursedOn {
            throw .beforeDisbursement(id: first.id)
        }
        let replay = try replay(facts, until: date)
        return try ServicingError.amounts { () throws(AmountError) in
            let waiting = replay.payments.reduce(0) { $0 + $1.unallocated }
            return PayoffQuote(date: date, claims: try replay.owed(on: date), waiting: waiting)
        }
    }
}

extension Replay {
    /// All that a payment of a date would pay until nothing is left.
    fileprivate func owed(on date: BusinessDate) throws(AmountError) -> ClaimAmounts {
        var owed = ClaimAmounts()
        for index in firstUnpaid..<dueCount {
            let penalties = try penaltiesDue(index, on: date)
            owed.penalty += penalties.onPrincipal + penalties.onInterest
        }
        let reach = repaysEarly ? instalments[..<dueCount] : instalments[...]
        for state in reach {
            owed.principal += state.unpaidPrincipal
            owed.interest += state.unpaidInterest
            owed.fee += state.unpaidFee
        }
        guard repaysEarly else { return owed }
        let early = try owedInAdvance(on: countedFrom(date))
        owed.principal += early.principal
        owed.interest += early.interest
        owed.fee += contract.servicing.earlyRepayment.fee(
            on: early.principal, after: repaidEarly)
        return owed
    }
}
