package import BusinessCalendar
package import LendingRules
package import Monetary
package import Operations

/// Run 2 in the store: states of partners' dates, claimed lines and breaks.
package struct SQLReconciliations: ReconciliationStore, BreakQueries, FundingClaimStore {
    let engine: any SQLEngine
    private let openDate: OpenDate
    private let platform: PartyID

    /// The reconciliations behind an engine; a store that is empty is open on `firstDate`.
    package init(
        engine: any SQLEngine, firstDate: BusinessDate, platform: PartyID
    ) {
        self.engine = engine
        self.platform = platform
        openDate = OpenDate(first: firstDate)
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
            let values: [SQLValue] = [.text(party.name), .date(date)]
            let open = try connection.all(
                KeptBreaks.select + "WHERE b.party = ?1 AND b.first_date < ?2 AND b.state <= 2"
                    + KeptBreaks.order, values, KeptBreaks.read)
            let healed = try connection.all(
                KeptBreaks.select
                    + "WHERE b.party = ?1 AND b.first_date < ?2 AND b.healed_by >= ?2"
                    + " AND b.healed_by > 0" + KeptBreaks.order, values, KeptBreaks.read)
            let accepted = try connection.all(
                KeptBreaks.select
                    + "WHERE b.party = ?1 AND b.first_date < ?2 AND b.state = 3"
                    + " AND b.kind IN ('ours-only', 'theirs-only') AND b.healed_by = 0"
                    + " AND \(BreakCodes.isAccepted)" + KeptBreaks.order, values, KeptBreaks.read)
            return (open + healed + accepted).sorted {
                ($0.firstDate, $0.id) < ($1.firstDate, $1.id)
            }
        }
    }

    package func breaks(of party: PartyID, on date: BusinessDate) async throws -> [KeptBreak] {
        try await engine.read { connection in
            try connection.all(
                KeptBreaks.select + "WHERE b.party = ?1 AND b.first_date = ?2" + KeptBreaks.order,
                [.text(party.name), .date(date)], KeptBreaks.read)
        }
    }

    package func settled(
        _ party: PartyID, _ date: BusinessDate
    ) async throws -> Set<Currency> {
        try await engine.read { connection in try Self.settled(party, date, connection) }
    }

    package func rounded(
        _ party: PartyID, _ dates: Range<BusinessDate>
    ) async throws -> [Currency: Int64] {
        let rows = try await engine.read { connection in
            try connection.all(
                """
                SELECT currency, CAST(SUM(ABS(rounded)) AS BIGINT) FROM recon_break
                WHERE party = ?1 AND first_date >= ?2 AND first_date < ?3 AND rounded <> 0
                GROUP BY currency
                """, [.text(party.name), .date(dates.lowerBound), .date(dates.upperBound)]
            ) { row throws(StoreError) in (try row.currency(0), try row.int64(1)) }
        }
        return Dictionary(rows) { first, _ in first }
    }

    package func lending(of loans: Set<LoanID>) async throws -> [LoanID: LentLoan] {
        try await engine.read { connection in
            var lending: [LoanID: LentLoan] = [:]
            for loan in loans.sorted() {
                let terms = try connection.first(
                    """
                    SELECT t.content FROM loan l JOIN terms t ON t.version = l.agreement_version
                    WHERE l.shard = ?1 AND l.loan = ?2
                    """, SQLValue.loan(loan)
                ) { row throws(StoreError) in try row.text(0) }
                guard let way = terms.flatMap({ Agreement(canonicalTerms: $0) })?.disbursement
                else { continue }
                lending[loan] = LentLoan(
                    plan: try FundingShares.plan(of: loan, connection), disbursement: way)
            }
            return lending
        }
    }

    private static func settled(
        _ party: PartyID, _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> Set<Currency> {
        Set(
            try connection.all(
                "SELECT currency FROM settled_date WHERE party = ?1 AND date = ?2",
                [.text(party.name), .date(date)]
            ) { row throws(StoreError) in try row.currency(0) })
    }

    /// Throws `StoreError.overtaken` when the date has been settled since it was matched, or a
    /// break has changed.
    package func record(_ result: ReconciledDate) async throws {
        let (openDate, platform) = (openDate, platform)
        try await engine.write { connection in
            let open = try openDate.read(connection)
            try openDate.require(open, connection)
            guard try Self.settled(result.party, result.date, connection) == result.settled else {
                throw StoreError.overtaken(
                    record: "the settlement of \(result.party) for \(result.date)")
            }
            try ReconciliationRows(result).replace(connection, on: open)
            try BreakRows(result.changes, on: open, platform: platform).write(connection)
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

    package func fundingBreaks() async throws -> [KeptBreak] {
        try await engine.read { connection in
            try connection.all(
                KeptBreaks.select + "WHERE b.\(BreakCodes.isFunding)" + KeptBreaks.order, [],
                KeptBreaks.read)
        }
    }

    package func lives() async throws -> [String: [BookedBreakEvent]] {
        try await engine.read { connection in try BreakHistories.lives(connection) }
    }

    package func `break`(_ id: String) async throws -> KeptBreak? {
        try await engine.read { connection in
            try connection.first(
                KeptBreaks.select + "WHERE b.break_id = ?1" + KeptBreaks.order, [.text(id)],
                KeptBreaks.read)
        }
    }

    /// Refused on a date that has closed meanwhile.
    package func apply(_ change: BreakChange) async throws {
        let (openDate, platform) = (openDate, platform)
        try await engine.write { connection in
            let open = try openDate.read(connection)
            try openDate.require(open, connection)
            try BreakRows([change], on: open, platform: platform).write(connection)
        }
    }

    /// What happened to a break, oldest first.
    package func history(of id: String) async throws -> [BreakRecord] {
        try await engine.read { connection in try BreakHistories.events(of: id, connection) }
    }

    /// What a break moved in the books; empty for one that is not there.
    package func movements(of id: String) async throws -> [BookedMovement] {
        guard let kept = try await self.break(id) else { return [] }
        return try await engine.read { connection in
            try BreakHistories.movements(of: kept, connection)
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
