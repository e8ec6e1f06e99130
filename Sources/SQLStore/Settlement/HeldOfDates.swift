internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations

/// What drafts take out of the dates they cover, break by break.
///
/// A break may hold more between the reading of unsettled dates and their draft; what is held then
/// would be settled now and, once released, again.
struct HeldOfDates {
    private struct Covered: Hashable {
        let party: PartyID
        let currency: Currency
        let date: BusinessDate
    }

    /// Minor units by break of each covered date.
    private var amounts: [Covered: [String: Int64]] = [:]

    /// The covered dates of drafts; where types are settled apart, several share a date.
    init(_ drafts: [SettlementDraft]) {
        for draft in drafts {
            for line in draft.lines where [.obligation, .held].contains(line.kind) {
                let covered = Covered(
                    party: draft.id.party, currency: draft.id.currency, date: line.date)
                var held = amounts[covered] ?? [:]
                if line.kind == .held { held[line.source] = -line.amount }
                amounts[covered] = held
            }
        }
    }

    /// Makes sure that the store holds just that.
    ///
    /// Throws `StoreError.overtaken` when a break holds more or less by now.
    func require(_ connection: borrowing Connection) throws(StoreError) {
        for (covered, drafted) in amounts {
            var held: [String: Int64] = [:]
            try connection.query(
                """
                SELECT break_id, CAST(SUM(amount) AS BIGINT) FROM break_movement
                WHERE party = ?1 AND first_date = ?2 AND currency = ?3 AND kind = 'held'
                GROUP BY break_id HAVING SUM(amount) <> 0
                """,
                [
                    .text(covered.party.name), .date(covered.date),
                    .text(covered.currency.code),
                ]
            ) { row throws(StoreError) in held[try row.text(0)] = try row.int64(1) }
            guard held == drafted else {
                throw .overtaken(
                    record: "what is held of \(covered.party) for \(covered.date)")
            }
        }
    }
}
