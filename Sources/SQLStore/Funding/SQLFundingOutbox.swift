internal import BusinessCalendar
internal import LendingRules
package import Operations

/// The outbox of funding requests in the store.
package struct SQLFundingOutbox: FundingOutbox {
    private let engine: any SQLEngine

    /// The outbox behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    /// A worker's own earlier claims are over as well: it has just started, so it is not sending.
    package func takeOver(worker: String, now: Int64) async throws -> Int {
        try await engine.write { connection in
            let keys = try connection.all(
                """
                SELECT r.request_key, r.loan FROM funding_request r
                JOIN outbox o ON o.shard = r.shard AND o.loan = r.loan
                    AND o.request_key = r.request_key
                WHERE r.state = 1 AND r.state <= 5 AND (o.holder = ?1 OR o.lease_until < ?2)
                ORDER BY r.request_key {lock}
                """, [.text(worker), .int64(now)], RequestKey.read)
            for key in keys {
                try connection.execute(
                    RequestKey.update + " SET state = 3" + RequestKey.condition, key.values)
                try connection.execute(
                    """
                    UPDATE outbox SET version = version + 1, holder = '', lease_until = 0
                    """ + RequestKey.condition, key.values)
            }
            return keys.count
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

    package func store(_ results: [RequestResult], now: Int64) async throws {
        try await engine.write { connection in
            for result in results {
                _ = try RequestResults.store(result, now: now, connection)
            }
        }
    }
}
