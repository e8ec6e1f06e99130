import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Shares on offer for a pool that is cut off on 2026-06-30, written as text.
enum SelectionStory {
    static let cutOff = SampleLoan.date("2026-06-30")

    /// A share such as `L1 harbor ann 1000.00 borrower=ann product=pay-later DPD=31 class=normal`:
    /// loan, seller, borrower and principal; the rest is usual where it is not said.
    static func share(_ text: some StringProtocol) throws -> PoolCandidate {
        let words = String(text).split(separator: " ").map { String($0) }
        var said: [String: String] = [:]
        for word in words.dropFirst(4) {
            let parts = word.split(separator: "=").map { String($0) }
            said[parts[0]] = parts[1]
        }
        let days = Int(said["DPD"] ?? "0") ?? 0
        return PoolCandidate(
            loan: LoanID(words[0]), seller: PartyID(words[1]),
            currency: try #require(Currency(code: said["currency"] ?? "USD")),
            traits: LoanTraits(
                borrower: words[2], region: said["region"] ?? "west",
                grade: said["grade"] ?? "A", product: said["product"] ?? "cash-loan"),
            claims: Components(
                principal: try AmountText.parse(words[3], decimals: 2), interest: 500),
            rate: try AnnualRate(percent: said["rate"] ?? "12"),
            status: LoanStatus(
                standing: days > 0 ? .pastDue : .current, daysPastDue: days,
                accrual: days > 90 ? .nonAccrual : .accrual),
            assetClass: said["class"] ?? "",
            disbursedOn: SampleLoan.date(said["from"] ?? "2026-01-15"),
            lastDueOn: SampleLoan.date(said["until"] ?? "2027-01-15"),
            hasChangedHands: said["moved"] != nil, isOfCreditLine: said["line"] != nil)
    }

    static func shares(_ text: String) throws -> [PoolCandidate] {
        try text.split(separator: "\n").map { try share($0) }
    }

    static func select(
        _ offered: String, limits: [PoolLimit] = [], target: Int64? = nil,
        _ set: (inout PoolCriteria) throws -> Void = { _ in }
    ) throws -> PoolSelection {
        var criteria = PoolCriteria(currency: SampleLoan.dollars)
        try set(&criteria)
        return try PoolTerms(cutOff: cutOff, criteria: criteria, limits: limits, target: target)
            .select(try shares(offered))
    }

    /// What was taken, and why the rest was not.
    static func text(_ selection: PoolSelection) -> String {
        let taken = selection.taken.map(\.loan.text).joined(separator: " ")
        let left = selection.left.map { "; \($0.share.loan): \(text($0.reason))" }.joined()
        return "\(AmountText.format(selection.principal, decimals: 2)) \(taken)\(left)"
    }

    private static func text(_ reason: PoolReason) -> String {
        switch reason {
        case .criteria(let unmet): unmet.map(\.rawValue).joined(separator: ", ")
        case .target(let room): "target, room \(AmountText.format(room, decimals: 2))"
        case .concentrations(let broken):
            broken.map {
                "\($0.group.subject ?? "") \(AmountText.format($0.amount, decimals: 2))"
                    + " of \(AmountText.format($0.whole, decimals: 2))"
            }.joined(separator: ", ")
        }
    }
}
