internal import LendingRules
internal import Operations

/// How an obligation lies in a row.
enum Obligations {
    /// The obligation in a row that begins with `date, party, currency, kind, amount`.
    static func read(_ row: borrowing Row) throws(StoreError) -> Obligation {
        Obligation(
            date: try row.date(0), party: try row.party(1), currency: try row.currency(2),
            type: try row.named(3), amount: try row.int64(4))
    }
}
