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
}
