package import BusinessCalendar
package import LendingRules
package import Operations

/// The outbox of funding requests in the store.
package struct SQLFundingOutbox: FundingOutbox {
    private let engine: any SQLEngine
    private let claims: SQLClaims
    /// What a claim becomes whose sender is gone.
    private let orphanState: RequestState

    /// The outbox behind an engine.
    ///
    /// Without the claim rule what a dead sender had claimed is sent again blindly: only for a
    /// harness that must notice.
    package init(engine: any SQLEngine, hasClaimRule: Bool = true) {
        self.engine = engine
        claims = SQLClaims(
            table: Table.fundingRequest.name, isOpen: RequestCodes.isOpen, engine: engine)
        orphanState = hasClaimRule ? .inDoubt : .planned
    }

    package func takeOver(worker: String, now: Int64) async throws -> Int {
        try await claims.takeOver(
            worker: worker, now: now, as: RequestCodes.states.code(orphanState)
        ) { _, _ throws(StoreError) in }
    }

    package func claim(
        of party: PartyID?, limit: Int, worker: String, leaseUntil: Int64, now: Int64
    ) async throws -> [HeldRequest] {
        let claims = claims
        return try await engine.write { connection in
            let planned = try connection.all(
                HeldRequests.select(claims.planned("*", of: party?.name))
                    + "ORDER BY r.shard, r.loan, r.request_key",
                SQLClaims.values(limit: limit, of: party?.name), HeldRequests.read)
            try claims.mark(
                planned.map { RequestKey($0.request) }, worker: worker, leaseUntil: leaseUntil,
                now: now, connection)
            return planned.map { $0.claimed(at: now) }
        }
    }

    package func planned() async throws -> [PartyID: Int] {
        try await engine.read { connection in
            var counts: [PartyID: Int] = [:]
            try connection.query(
                """
                SELECT lender, CAST(COUNT(*) AS BIGINT) FROM funding_request
                WHERE state = 0 GROUP BY lender
                """
            ) { row throws(StoreError) in
                counts[try row.party(0)] = try row.count(1)
            }
            return counts
        }
    }

    package func planned(
        of party: PartyID, through date: BusinessDate, limit: Int
    ) async throws -> [HeldRequest] {
        try await engine.read { connection in
            try connection.all(
                HeldRequests.select + """
                    WHERE r.state = 0 AND r.lender = ?1 AND r.value_date <= ?2
                    ORDER BY r.shard, r.loan, r.request_key LIMIT ?3
                    """, [.text(party.name), .date(date), .int64(Int64(limit))],
                HeldRequests.read)
        }
    }

    package func unsettled() async throws -> [HeldRequest] {
        try await engine.read { connection in
            try connection.all(
                HeldRequests.select
                    + "WHERE r.state <= 5 AND r.state >= 2 ORDER BY r.request_key", [],
                HeldRequests.read)
        }
    }

    package func refusedReversals() async throws -> [HeldRequest] {
        try await engine.read { connection in
            try connection.all(
                HeldRequests.select + "WHERE r.state = 10 ORDER BY r.request_key", [],
                HeldRequests.read)
        }
    }

    @discardableResult
    package func store(_ results: [RequestResult], now: Int64) async throws -> [RequestResult] {
        try await engine.write { connection in
            try RequestResults.storeAll(results, now: now, connection)
        }
    }
}

extension HeldRequest {
    /// As a claim has made it.
    fileprivate func claimed(at now: Int64) -> HeldRequest {
        HeldRequest(
            request: request, state: .sent, version: version + 1, attempt: attempt + 1,
            lastAttemptAt: now)
    }
}
