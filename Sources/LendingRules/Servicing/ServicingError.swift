package import Monetary

/// Why a position cannot be computed.
package enum ServicingError: Error, Hashable, Sendable {
    /// An amount left the 64-bit range.
    case amount(AmountError)
    /// A payment, or another fact with an amount, of nothing or less.
    case unusablePayment(id: String)
    /// The reversal names no payment of the loan.
    case unknownPayment(id: String, reversal: String)
    /// The payment was reversed before.
    case reversedTwice(id: String, reversal: String)
    /// The fact counts from before the disbursement.
    case beforeDisbursement(id: String)
    /// Claims go to a party that the contract does not name.
    case unknownHolder(id: String, party: PartyID)
    /// The loan was cancelled, or its payout came back, before.
    case undoneTwice(id: String)
    /// A bucket of this lender is below zero: the rules are broken, and nothing is posted.
    case belowZero(PartyID)
    /// The plan cannot be changed as the fact says.
    case plan(id: String, ScheduleError)
}

extension ServicingError {
    /// What a body gives, its errors told as those of a position.
    ///
    /// - Throws: ``amount(_:)``.
    static func amounts<Result>(_ body: () throws(AmountError) -> Result)
        throws(ServicingError) -> Result
    {
        do { return try body() } catch { throw .amount(error) }
    }

    /// The same for a change of plan by a fact.
    ///
    /// - Throws: ``plan(id:_:)``.
    static func plan<Result>(of fact: LoanFact, _ body: () throws(ScheduleError) -> Result)
        throws(ServicingError) -> Result
    {
        do { return try body() } catch { throw .plan(id: fact.id, error) }
    }
}
