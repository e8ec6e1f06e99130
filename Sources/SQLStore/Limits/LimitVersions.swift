internal import LendingRules

/// Versions of the agreements whose shares count in another way than usual.
struct LimitVersions: Sendable {
    /// Those that take shares from deposits.
    private(set) var drawing: Set<String> = []
    /// Those that transfer shares after the payout.
    private(set) var transferring: Set<String> = []

    /// None.
    init() {}

    /// Those among the terms that loans carry.
    init(_ connection: borrowing Connection) throws(StoreError) {
        var (drawing, transferring): (Set<String>, Set<String>) = ([], [])
        try connection.query(Table.terms.selectionInKeyOrder) { row throws(StoreError) in
            guard let agreement = Agreement(canonicalTerms: try row.text(1)) else { return }
            if agreement.disbursement == .reserve { drawing.insert(try row.text(0)) }
            if agreement.fundingMode != .beforePayout { transferring.insert(try row.text(0)) }
        }
        (self.drawing, self.transferring) = (drawing, transferring)
    }
}
