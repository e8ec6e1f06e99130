internal import LendingRules
package import Operations

/// The outbox of funding requests in the store.
package struct SQLFundingOutbox: FundingOutbox {
    private let engine: any SQLEngine
    /// What a claim becomes whose sender is gone.
    private let orphanState: RequestState

    /// The outbox behind an engine.
    ///
    /// Without the claim rule what a dead sender had claimed is sent again blindly: only for a
    /// harness that must notice.
    package init(engine: any SQLEngine, hasClaimRule: Bool = true) {
        self.engine = engine
        orphanState = hasClaimRule ? .inDoubt : .planned
    }

    /// A worker's own earlier claims are over as well: it has just started, so it is not sending.
    /// So are those from a seat that nobody sits on. A taken seat proves that its process lives,
    /// however late it is; the lease is for holders that have no seat.
    package func takeOver(worker: String, now: Int64) async throws -> Int {
        let orphanState = orphanState
        let abandoned = try await abandonedSeats(except: worker)
        defer { for seat in abandoned.values { seat.release() } }
        let gone = Set(abandoned.keys).union([worker])
        return try await engine.write { connection in
            let claims = try connection.all(
                """
                SELECT r.request_key, r.loan, o.holder, o.lease_until FROM funding_request r
                JOIN outbox o ON o.shard = r.shard AND o.loan = r.loan
                    AND o.request_key = r.request_key
                WHERE r.state = 1 AND r.state <= 5 ORDER BY r.request_key {lock}
                """
            ) { row throws(StoreError) in
                (
                    key: try RequestKey.read(row), holder: try row.text(2),
                    leaseUntil: try row.int64(3)
                )
            }
            let orphans = claims.filter {
                let isLapsed = $0.leaseUntil < now && !SQLWorkerSeats.isSeat($0.holder)
                return isLapsed || gone.contains($0.holder)
            }
            for key in orphans.map(\.key) {
                try connection.execute(
                    RequestKey.update + " SET state = ?4" + RequestKey.condition,
                    key.values + [.int64(RequestCodes.states.code(orphanState))])
                try connection.execute(
                    """
                    UPDATE outbox SET version = version + 1, holder = '', lease_until = 0,
                        last_attempt_at = ?4
                    """ + RequestKey.condition, key.values + [.int64(now)])
            }
            return orphans.count
        }
    }

    /// The seats of claims, by name, whose processes are gone; held until they are released.
    private func abandonedSeats(except worker: String) async throws -> [String: any SQLLease] {
        let holders = try await engine.read { connection in
            try connection.all(
                """
                SELECT DISTINCT o.holder FROM funding_request r
                JOIN outbox o ON o.shard = r.shard AND o.loan = r.loan
                    AND o.request_key = r.request_key
                WHERE r.state = 1 AND r.state <= 5
                """
            ) { row throws(StoreError) in try row.text(0) }
        }
        return try holders.filter { $0 != worker }.reduce(into: [:]) { seats, holder in
            seats[holder] = try SQLWorkerSeats.abandoned(holder, engine)
        }
    }

    package func claim(
        limit: Int, worker: String, leaseUntil: Int64, now: Int64
    ) async throws -> [HeldRequest] {
        try await engine.write { connection in
            let keys = try connection.all(
                """
                SELECT request_key, loan FROM funding_request WHERE state = 0 AND state <= 5
                ORDER BY request_key LIMIT ?1 {lock} {skip}
                """, [.int64(Int64(limit))], RequestKey.read)
            var claimed: [HeldRequest] = []
            for key in keys {
                try connection.execute(
                    RequestKey.update + " SET state = 1" + RequestKey.condition, key.values)
                try connection.execute(
                    """
                    UPDATE outbox SET attempt = attempt + 1, version = version + 1, holder = ?4,
                        lease_until = ?5, last_attempt_at = ?6
                    """ + RequestKey.condition,
                    key.values + [.text(worker), .int64(leaseUntil), .int64(now)])
                claimed += try key.held(connection)
            }
            return claimed
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
            var stored: [RequestResult] = []
            for result in results where try RequestResults.store(result, now: now, connection) {
                stored.append(result)
            }
            return stored
        }
    }
}
