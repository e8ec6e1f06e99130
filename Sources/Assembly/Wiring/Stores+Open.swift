import BusinessCalendar
import LendingRules
import Operations
import SQLStore

extension Stores {
    /// Every port over an open store.
    init(_ store: OpenStore, firstDate: BusinessDate, platform: PartyID, hazards: Hazards) {
        let engine = store.engine
        let settlements = SQLSettlements(engine: engine, firstDate: firstDate)
        let reconciliation = SQLReconciliations(
            engine: engine, firstDate: firstDate, platform: platform)
        let seats = SQLWorkerSeats(engine: engine)
        let intake = SQLIntake(
            engine: engine, firstDate: firstDate, hasLimitGuard: hazards.hasLimitGuard)
        self.init(
            worker: { try seats.name() }, holdsSeat: { seats.isHeld },
            intake: intake, repayments: intake, facts: intake,
            reserves: SQLReserves(engine: engine, firstDate: firstDate),
            outbox: SQLFundingOutbox(engine: engine, hasClaimRule: hazards.hasClaimRule),
            cases: SQLFundingCases(engine: engine, firstDate: firstDate),
            transfers: SQLTransfers(engine: engine, firstDate: firstDate),
            resolutions: SQLResolutions(engine: engine, firstDate: firstDate),
            payouts: SQLPayouts(
                engine: engine, firstDate: firstDate, hasClaimRule: hazards.hasClaimRule),
            callbacks: SQLCallbacks(engine: engine), nonces: SQLNonces(engine: engine),
            service: SQLServiceQueries(engine: engine, place: store.shown),
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
            audit: SQLAuditSource(engine: engine), booked: SQLBookedLoans(engine: engine),
            watch: SQLRuleWatch(engine: engine), losses: SQLLosses(engine: engine),
            pools: SQLPools(engine: engine, firstDate: firstDate),
            classes: SQLAssetClasses(engine: engine),
            close: store.close)
    }
}
