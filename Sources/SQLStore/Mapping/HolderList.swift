internal import LendingRules

/// Holders of claims with their amounts in one cell, in their order: `platform:300 harbor:700`.
enum HolderList {
    /// The cell of some shares; names of parties hold no blank and no colon.
    static func text(_ shares: [PlannedShare]) -> String {
        shares.map { "\($0.party.name):\($0.amount)" }.joined(separator: " ")
    }

    /// The shares in a cell; throws `StoreError.unexpectedValue` for another text.
    static func read(_ row: borrowing Row, _ column: Int) throws(StoreError) -> [PlannedShare] {
        let text = try row.text(column)
        var shares: [PlannedShare] = []
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let parts = word.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, let amount = Int64(parts[1]), amount >= 0
            else {
                throw .unexpectedValue(
                    column: column, expected: "holders with amounts", found: text)
            }
            shares.append(PlannedShare(party: PartyID(String(parts[0])), amount: amount))
        }
        return shares
    }
}
