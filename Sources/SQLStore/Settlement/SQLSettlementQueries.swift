package import LendingRules
internal import Monetary
package import Operations

/// Settlements in the store as people ask about them.
package struct SQLSettlementQueries: SettlementQueries {
    private let engine: any SQLEngine

    /// The settlements behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    /// Without their postings: those stand in the ledger, under the kind of settlements.
    package func instructions() async throws -> [SettlementInstruction] {
        try await engine.read { connection in
            let dates = try connection.all(
                """
                SELECT settles_on, party, currency, instructed_on, first_date, date
                FROM settled_date
                ORDER BY settles_on, party, currency, instructed_on, first_date, date
                """
            ) { row throws(StoreError) in (try SettlementKey(row), try row.date(5)) }
            let covered = Dictionary(grouping: dates, by: \.0).mapValues { $0.map(\.1) }
            return try connection.all(
                """
                SELECT settles_on, party, currency, instructed_on, first_date, amount
                FROM settlement
                ORDER BY settles_on, party, currency, instructed_on, first_date
                """
            ) { row throws(StoreError) in
                let key = try SettlementKey(row)
                return SettlementInstruction(
                    settlesOn: key.settlesOn, party: key.party, currency: key.currency,
                    amount: try row.int64(5), dates: covered[key] ?? [], postings: [])
            }
        }
    }

    package func obligations(party: PartyID?) async throws -> [Obligation] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT o.date, o.party, o.currency, o.kind, o.amount
                FROM obligation o JOIN business_day b ON b.date = o.date AND b.state = 2
                WHERE ?1 = '' OR o.party = ?1 ORDER BY o.date, o.party, o.currency, o.kind
                """, [.text(party?.name ?? "")], Obligations.read)
        }
    }
}
