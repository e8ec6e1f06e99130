package import BusinessCalendar
package import LendingRules
package import Operations

/// Payouts in the store: their outbox and what is concluded from them.
package struct SQLPayouts: PayoutOutbox, PayoutCases {
    private let engine: any SQLEngine
    private let openDate: OpenDate
    private let claims: SQLClaims
    /// What a claim becomes whose sender is gone.
    private let orphanState: PayoutState

    /// A store that is empty is open on `firstDate`. Without the claim rule what a dead sender had
    /// claimed is sent again blindly: only for a harness that must notice.
    package init(engine: any SQLEngine, firstDate: BusinessDate, hasClaimRule: Bool = true) {
        self.engine = engine
        openDate = OpenDate(first: firstDate)
        claims = SQLClaims(table: Table.payout.name, isOpen: PayoutCodes.isOpen, engine: engine)
        orphanState = hasClaimRule ? .inDoubt : .planned
    }

    package func takeOver(worker: String, now: Int64) async throws -> Int {
        let state = orphanState
        return try await claims.takeOver(
            worker: worker, now: now, as: PayoutCodes.states.code(state)
        ) { keys, connection throws(StoreError) in
            for key in keys { try Self.setLoan(state.ofLoan, key, connection) }
        }
    }

    package func claim(
        limit: Int, worker: String, leaseUntil: Int64, now: Int64
    ) async throws -> [HeldPayout] {
        let claims = claims
        return try await engine.write { connection in
            var claimed: [HeldPayout] = []
            let keys = try claims.claim(
                limit: limit, worker: worker, leaseUntil: leaseUntil, now: now, connection)
            for key in keys { claimed += try key.heldPayout(connection) }
            return claimed
        }
    }

    package func unsettled() async throws -> [HeldPayout] {
        try await engine.read { connection in
            try connection.all(
                HeldPayouts.select
                    + "WHERE p.\(PayoutCodes.isOpen) AND p.state = 2 ORDER BY p.request_key", [],
                HeldPayouts.read)
        }
    }

    @discardableResult
    package func store(_ results: [PayoutResult], now: Int64) async throws -> [PayoutResult] {
        try await engine.write { connection in
            var stored: [PayoutResult] = []
            for result in results where try Self.store(result, now: now, connection) {
                stored.append(result)
            }
            return stored
        }
    }

    package func openDate() async throws -> BusinessDate {
        let openDate = openDate
        return try await engine.read { connection in try openDate.read(connection) }
    }

    package func decided(after loan: LoanID?, limit: Int) async throws -> [PayoutCase] {
        let openDate = openDate
        return try await engine.read { connection in
            let payouts = try connection.all(
                HeldPayouts.select
                    + "WHERE p.\(PayoutCodes.isOpen) AND p.loan > ?1"
                    + " AND (p.state IN (3, 4) OR p.state = 0 AND p.planned_on < ?3)"
                    + " ORDER BY p.loan LIMIT ?2",
                [
                    .text(loan?.text ?? ""), .int64(Int64(limit)),
                    .date(try openDate.read(connection)),
                ], HeldPayouts.read)
            var cases: [PayoutCase] = []
            for held in payouts {
                cases.append(
                    PayoutCase(
                        funding: try Self.funding(held.payout.loan, connection), held: held))
            }
            return cases
        }
    }

    /// A payout of a loan with a request that has changed since it was read is left alone. Throws
    /// `StoreError.dateNotOpen`, or `.overtaken` when no other is there.
    @discardableResult
    package func conclude(
        _ conclusions: [PayoutConclusion], on date: BusinessDate
    ) async throws -> Set<LoanID> {
        let openDate = openDate
        return try await engine.write { connection in
            try openDate.require(date, connection)
            var concluded: Set<LoanID> = []
            var overtaken: StoreError?
            for conclusion in conclusions {
                let loan = conclusion.held.payout.loan
                if let fault = try Self.overtaken(conclusion, connection) {
                    overtaken = fault
                    continue
                }
                var shift = try LimitShift(
                    of: conclusion.state == .abandoned ? [loan] : [], connection)
                guard try Self.conclude(conclusion, on: date, connection) else { continue }
                try shift.apply(connection)
                concluded.insert(loan)
            }
            if concluded.isEmpty, let overtaken { throw overtaken }
            return concluded
        }
    }
}

extension SQLPayouts {
    private static func store(
        _ result: PayoutResult, now: Int64, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        let (key, held) = (RequestKey(result.held.payout), result.held)
        let isCurrent = try SQLClaims.release(
            key, version: held.version, wasSent: held.state == .sent, now: now, connection)
        guard isCurrent else { return false }
        let state = PayoutCodes.states.code(result.state)
        try connection.execute(
            RequestKey.updatePayout + """
                 SET state = ?4, answered_on = ?5,
                    reference = CASE WHEN ?6 = '' THEN reference ELSE ?6 END,
                    reason = CASE WHEN ?7 = '' THEN reason ELSE ?7 END
                """ + RequestKey.condition,
            key.values + [
                .int64(state), .date(result.answeredOn), .text(result.reference),
                .text(result.reason),
            ])
        try setLoan(result.state.ofLoan, key, connection)
        try SQLClaims.keep(
            result.evidence, of: key, version: held.version, state: state, now: now, connection)
        return true
    }

    /// Only while the loan is being paid out.
    private static func setLoan(
        _ state: LoanState, _ key: RequestKey, _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.execute(
            "UPDATE loan SET state = ?3 WHERE shard = ?1 AND loan = ?2 AND state IN (3, 4, 5)",
            key.values.dropLast() + [.int64(LoanCodes.states.code(state))])
    }

    private static func funding(
        _ loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> FundingCase {
        let found = try connection.first(
            "SELECT \(LoanRecords.columns), l.state FROM loan l WHERE shard = ?1 AND loan = ?2",
            SQLValue.loan(loan)
        ) { row throws(StoreError) in
            (
                record: try LoanRecords.read(row),
                state: try LoanCodes.states.value(row, LoanRecords.end)
            )
        }
        guard let found else { throw .overtaken(record: "loan \(loan)") }
        return FundingCase(
            record: found.record, state: found.state,
            plan: try FundingShares.plan(of: loan, connection),
            requests: try HeldRequests.all(of: found.record, connection))
    }

    /// Why a conclusion counts no more: one of its requests has changed. Nil also for a payout that
    /// has moved on.
    private static func overtaken(
        _ conclusion: PayoutConclusion, _ connection: borrowing Connection
    ) throws(StoreError) -> StoreError? {
        let held = conclusion.held
        let version = try connection.first(
            "SELECT version FROM outbox" + RequestKey.condition, RequestKey(held.payout).values
        ) { row throws(StoreError) in try row.int64(0) }
        if version != held.version { return nil }
        do throws(StoreError) {
            try RequestKey.require(conclusion.requests.map(\.held), connection)
            return nil
        } catch {
            guard case .overtaken = error else { throw error }
            return error
        }
    }

    /// False when the payout has moved on.
    private static func conclude(
        _ conclusion: PayoutConclusion, on date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        let held = conclusion.held
        let key = RequestKey(held.payout)
        let isCurrent = try SQLClaims.release(
            key, version: held.version, wasSent: false, now: 0, connection)
        guard isCurrent else { return false }
        let now = conclusion.retry ?? held.payout
        try connection.execute(
            RequestKey.updatePayout + " SET state = ?4, try_number = ?5, planned_on = ?6"
                + RequestKey.condition,
            key.values + [
                .int64(PayoutCodes.states.code(conclusion.state)), .int64(Int64(now.number)),
                .date(now.plannedOn),
            ])
        try setLoan(
            conclusion.asked.isEmpty ? conclusion.state.ofLoan : .transferring, key, connection)
        try RequestRows.insertRules(for: conclusion.asked, connection)
        try RequestRows.insert(conclusion.asked.sorted { $0.key < $1.key }, connection)
        try RequestResults.conclude(conclusion.requests, connection)
        let agreement = try connection.first(
            "UPDATE loan SET disbursed_on = ?3 WHERE shard = ?1 AND loan = ?2 RETURNING agreement",
            SQLValue.loan(held.payout.loan) + [.date(conclusion.disbursement?.valueDate)]
        ) { row throws(StoreError) in try row.text(0) }
        try FundingRows.post(
            conclusion.releases, conclusion.disbursement, of: held.payout.loan, agreement ?? "",
            on: date, connection)
        return true
    }
}
