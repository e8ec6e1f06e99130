import BusinessCalendar
import Operations
import SQLStore
import SQLiteEngine

extension Stores {
    /// Opens the store of a URL and brings its schema up to date.
    ///
    /// - Throws: ``UsageFault`` for a URL of another kind, or a store error with its code.
    static func open(_ url: String, firstDate: BusinessDate, hazards: Hazards) async throws
        -> Stores
    {
        guard url.hasPrefix("sqlite:"), url.utf8.count > 7 else {
            throw UsageFault(
                code: "USAGE-006", "--store '\(url)' is not supported; write sqlite:PATH")
        }
        let path = String(url.dropFirst(7))
        let engine = try SQLiteEngine(path: path)
        try await Schema.migrate(engine, path: path)
        let settlements = SQLSettlements(engine: engine, firstDate: firstDate)
        let reconciliation = SQLReconciliations(engine: engine)
        let seats = SQLWorkerSeats(engine: engine)
        return Stores(
            worker: { try seats.name() },
            intake: SQLLoanIntake(engine: engine, firstDate: firstDate),
            repayments: SQLRepaymentIntake(engine: engine, firstDate: firstDate),
            outbox: SQLFundingOutbox(engine: engine, hasClaimRule: hazards.hasClaimRule),
            cases: SQLFundingCases(engine: engine, firstDate: firstDate),
            days: SQLBusinessDays(engine: engine, firstDate: firstDate),
            lock: SQLCloseLock(engine: engine), book: SQLLoanBook(engine: engine),
            totals: SQLDayTotals(engine: engine), snapshots: SQLTermsSnapshots(engine: engine),
            files: SQLOutgoingFiles(engine: engine), reconciliation: reconciliation,
            settlement: settlements, breaks: reconciliation,
            books: SQLBookQueries(engine: engine), loans: SQLLoanQueries(engine: engine),
            settlements: SQLSettlementQueries(engine: engine), audit: SQLAuditSource(engine: engine)
        )
    }
}
