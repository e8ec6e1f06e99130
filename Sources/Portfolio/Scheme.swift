import LendingRules
import Monetary

/// Loans whose accruals fall on the same accounts: one agreement, currency and list of lenders.
struct Scheme: Hashable {
    let agreement: String
    let currency: Currency
    /// In agreement order.
    let lenders: [PartyID]

    init(_ anchor: LoanAnchor) {
        agreement = anchor.agreement
        currency = anchor.currency
        lenders = anchor.lenders
    }
}

/// The schemes of a book, numbered in the order of their first loan.
struct SchemeTable {
    private(set) var schemes: [Scheme] = []
    private var numbers: [Scheme: Int32] = [:]
    private var latest: Int32 = 0

    /// The number of a scheme, a new one for a scheme not seen before.
    mutating func number(of scheme: Scheme) -> Int32 {
        // Loans of one scheme come in runs, and comparing is cheaper than hashing three texts.
        if !schemes.isEmpty, schemes[Int(latest)] == scheme { return latest }
        latest = numbers[scheme] ?? Int32(schemes.count)
        if latest == schemes.count {
            schemes.append(scheme)
            numbers[scheme] = latest
        }
        return latest
    }
}
