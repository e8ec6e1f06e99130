package import BusinessCalendar
package import LendingRules
package import Operations

/// Run 2 in the store: states of partners' dates, claimed lines and breaks.
package struct SQLReconciliations: ReconciliationStore, BreakQueries {
    private let engine: any SQLEngine

    /// The reconciliations behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func due(for parties: [PartyID]) async throws -> [PartnerDate] {
        try await dates(of: parties, where: "COALESCE(r.state, 0) <= 1")
    }

    package func states(of parties: [PartyID]) async throws -> [PartnerDate] {
        try await dates(of: parties, where: "TRUE")
    }

    package func openBreaks(
        of party: PartyID, before date: BusinessDate
    ) async throws -> [KeptBreak] {
        try await engine.read { connection in
            try connection.all(
                KeptBreaks.select + "WHERE b.party = ?1 AND b.first_date < ?2 AND b.state = 0"
                    + KeptBreaks.order, [.text(party.name), .date(date)], KeptBreaks.read)
        }
    }

    package func record(_ result: ReconciledDate) async throws {
        try await engine.write { connection in
            try ReconciliationRows(result).replace(connection)
        }
    }

    package func breaks(party: PartyID?, state: KeptBreak.State?) async throws -> [KeptBreak] {
        let code = state.map { BreakCodes.states.code($0) } ?? -1
        return try await engine.read { connection in
            try connection.all(
                KeptBreaks.select
                    + "WHERE (?1 = '' OR b.party = ?1) AND (?2 = -1 OR b.state = ?2)"
                    + KeptBreaks.order, [.text(party?.name ?? ""), .int64(code)], KeptBreaks.read)
        }
    }

    package func `break`(_ id: String) async throws -> KeptBreak? {
        try await engine.read { connection in
            try connection.first(
                KeptBreaks.select + "WHERE b.break_id = ?1" + KeptBreaks.order, [.text(id)],
                KeptBreaks.read)
        }
    }

    /// Closed dates of each party, oldest first, then by party.
    private func dates(
        of parties: [PartyID], where condition: String
    ) async throws -> [PartnerDate] {
        let dates = try await engine.read { connection in
            var dates: [PartnerDate] = []
            for party in parties {
                dates += try connection.all(
                    """
                    SELECT b.date, COALESCE(r.state, 0) FROM business_day b
                    LEFT JOIN reconciliation r ON r.party = ?1 AND r.date = b.date
                    WHERE b.state = 2 AND \(condition)
                    """, [.text(party.name)]
                ) { row throws(StoreError) in
                    PartnerDate(
                        party: party, date: try row.date(0),
                        state: try ReconciliationCodes.states.value(row, 1))
                }
            }
            return dates
        }
        return dates.sorted { ($0.date, $0.party) < ($1.date, $1.party) }
    }
}
