package import LendingRules
package import Operations

/// Settlements in the store as people ask about them.
package struct SQLSettlementQueries: SettlementQueries {
    private let engine: any SQLEngine

    /// The settlements behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func settlements() async throws -> [Settlement] {
        try await engine.read { connection in try SettlementRows.read(connection) }
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
