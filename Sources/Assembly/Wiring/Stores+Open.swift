import BusinessCalendar
import LendingRules
import Operations
import SQLStore
import SQLiteEngine

extension Stores {
    /// Opens a store and brings its schema up to date, if it may be written to.
    ///
    /// - Throws: A store error with its code.
    static func open(
        _ place: StorePlace, firstDate: BusinessDate, platform: PartyID, hazards: Hazards
    ) async throws -> Stores {
        let engine = try SQLiteEngine(path: place.path, opening: place.opening)
        try await Schema.migrate(engine, path: place.path)
        return stores(
            on: engine, firstDate: firstDate, platform: platform, hazards: hazards
        ) {
            try? engine.close()
            place.forget()
        }
    }

    private static func stores(
        on engine: any SQLEngine, firstDate: BusinessDate, platform: PartyID, hazards: Hazards,
        close: @escaping @Sendable () -> Void
    ) -> Stores {
        let settlements = SQLSettlements(engine: engine, firstDate: firstDate)
        let reconciliation = SQLReconciliations(
            engine: engine, firstDate: firstDate, platform: platform)
        let seats = SQLWorkerSeats(engine: engine)
        let intake = SQLIntake(engine: engine, firstDate: firstDate)
        return Stores(
            worker: { try seats.name() },
            intake: intake, repayments: intake, facts: intake,
            outbox: SQLFundingOutbox(engine: engine, hasClaimRule: hazards.hasClaimRule),
            cases: SQLFundingCases(engine: engine, firstDate: firstDate),
            payouts: SQLPayouts(
                engine: engine, firstDate: firstDate, hasClaimRule: hazards.hasClaimRule),
            days: SQLBusinessDays(engine: engine, firstDate: firstDate),
            lock: SQLCloseLock(engine: engine), book: SQLLoanBook(engine: engine),
            totals: SQLDayTotals(engine: engine), snapshots: SQLTermsSnapshots(engine: engine),
            files: SQLOutgoingFiles(engine: engine), reconciliation: reconciliation,
            received: SQLReceivedVersions(engine: engine),
            settlement: settlements, instructions: settlements,
            cash: SQLCash(engine: engine, firstDate: firstDate, platform: platform),
            breaks: reconciliation, decisions: reconciliation,
            signOffs: SQLSignOffs(engine: engine, firstDate: firstDate),
            books: SQLBookQueries(engine: engine), sums: SQLLedgerSums(engine: engine),
            loans: SQLLoanQueries(engine: engine),
            settlements: SQLSettlementQueries(engine: engine),
            audit: SQLAuditSource(engine: engine),
            close: close)
    }
}
