internal import BusinessCalendar
internal import LendingRules
internal import Monetary
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

/// What names a settlement, in a row that begins with `settles_on, party, currency,
/// instructed_on, first_date`.
struct SettlementKey: Hashable, Sendable {
    let settlesOn: BusinessDate
    let party: PartyID
    let currency: Currency
    let instructedOn: BusinessDate
    private let firstDate: BusinessDate

    init(_ row: borrowing Row) throws(StoreError) {
        settlesOn = try row.date(0)
        party = try row.party(1)
        currency = try row.currency(2)
        instructedOn = try row.date(3)
        firstDate = try row.date(4)
    }
}
