internal import Operations

/// Claims of what is to be sent, of one table beside the outbox.
struct SQLClaims: Sendable {
    /// `funding_request` or `payout`: both hold state 0 planned and 1 sent.
    let table: String
    /// The condition of the table's index over what is open.
    let isOpen: String
    let engine: any SQLEngine

    /// Marks what gone senders had claimed and returns it.
    ///
    /// A worker's own earlier claims are over as well: it has just started, so it is not sending.
    /// So are those from a seat that nobody sits on. A taken seat proves that its process lives,
    /// however late it is; the lease is for holders that have no seat.
    func takeOver(
        worker: String, now: Int64, as orphanState: Int64,
        _ body: @escaping @Sendable ([RequestKey], borrowing Connection) throws(StoreError) -> Void
    ) async throws -> Int {
        let abandoned = try await abandonedSeats(except: worker)
        defer { for seat in abandoned.values { seat.release() } }
        let gone = Set(abandoned.keys).union([worker])
        return try await engine.write { connection in
            let claims = try connection.all(
                "SELECT r.request_key, r.loan, o.holder, o.lease_until \(claimed)"
                    + " ORDER BY r.request_key {lock}"
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
                    "UPDATE \(table) SET state = ?4" + RequestKey.condition,
                    key.values + [.int64(orphanState)])
                try connection.execute(
                    """
                    UPDATE outbox SET version = version + 1, holder = '', lease_until = 0,
                        last_attempt_at = ?4
                    """ + RequestKey.condition, key.values + [.int64(now)])
            }
            try body(orphans.map(\.key), connection)
            return orphans.count
        }
    }

    /// The seats of claims, by name, whose processes are gone; held until they are released.
    private func abandonedSeats(except worker: String) async throws -> [String: any SQLLease] {
        let holders = try await engine.read { connection in
            try connection.all("SELECT DISTINCT o.holder \(claimed)") {
                row throws(StoreError) in try row.text(0)
            }
        }
        return try holders.filter { $0 != worker }.reduce(into: [:]) { seats, holder in
            seats[holder] = try SQLWorkerSeats.abandoned(holder, engine)
        }
    }

    private var claimed: String {
        """
        FROM \(table) r
        JOIN outbox o ON o.shard = r.shard AND o.loan = r.loan AND o.request_key = r.request_key
        WHERE r.state = 1 AND r.\(isOpen)
        """
    }

    /// The rows of up to `limit` that are planned, for one lender if one is named: `?1` is the
    /// limit and `?2` the lender.
    ///
    /// In the order in which rows lie in their tables, so that a claim touches few of their pages.
    func planned(_ columns: String, of lender: String?) -> String {
        """
        SELECT \(columns) FROM \(table)
        WHERE state = 0 AND \(isOpen)\(lender == nil ? "" : " AND lender = ?2")
        ORDER BY shard, loan, request_key LIMIT ?1 {lock} {skip}
        """
    }

    /// The values of that statement.
    static func values(limit: Int, of lender: String?) -> [SQLValue] {
        [.int64(Int64(limit))] + (lender.map { [.text($0)] } ?? [])
    }

    /// Marks what is planned as claimed.
    func mark(
        _ keys: [RequestKey], worker: String, leaseUntil: Int64, now: Int64,
        _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.batch(
            "UPDATE \(table) SET state = 1" + RequestKey.condition, rows: keys.count
        ) { index, writer throws(StoreError) in
            keys[index].write(writer)
        }
        try connection.batch(
            """
            UPDATE outbox SET attempt = attempt + 1, version = version + 1, holder = ?4,
                lease_until = ?5, last_attempt_at = ?6
            """ + RequestKey.condition, rows: keys.count
        ) { index, writer throws(StoreError) in
            keys[index].write(writer)
            writer.text(worker)
            writer.int64(leaseUntil)
            writer.int64(now)
        }
    }

    /// Claims up to `limit` of what is planned.
    func claim(
        limit: Int, worker: String, leaseUntil: Int64, now: Int64,
        _ connection: borrowing Connection
    ) throws(StoreError) -> [RequestKey] {
        let keys = try connection.all(
            planned("request_key, loan", of: nil), Self.values(limit: limit, of: nil),
            RequestKey.read)
        try mark(keys, worker: worker, leaseUntil: leaseUntil, now: now, connection)
        return keys
    }

    /// Gives a claim back, or a result's row its next version; false when the version is no longer
    /// the one that was held.
    static func release(
        _ key: RequestKey, version: Int64, wasSent: Bool, now: Int64,
        _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        try release([key], connection) { _, writer in
            writer.int64(version)
            writer.int64(wasSent ? 1 : 0)
            writer.int64(now)
        }[0]
    }

    /// The same for several, each of which is told by itself.
    ///
    /// - Parameter fill: Writes what follows a key: the version that was held, 1 where it was sent,
    ///   and the time.
    static func release(
        _ keys: [RequestKey], _ connection: borrowing Connection,
        _ fill: (Int, any RowWriter) -> Void
    ) throws(StoreError) -> [Bool] {
        try connection.changesOfEach(
            """
            UPDATE outbox SET version = version + 1, holder = '', lease_until = 0,
                last_attempt_at = CASE WHEN ?5 = 1 THEN ?6 ELSE last_attempt_at END
            """ + RequestKey.condition + " AND version = ?4", rows: keys.count
        ) { index, writer throws(StoreError) in
            keys[index].write(writer)
            fill(index, writer)
        }.map { $0 == 1 }
    }

    /// Gives rows their next version, so that whoever has read them before is overtaken.
    static func raise(
        _ keys: [RequestKey], _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.batch(
            "UPDATE outbox SET version = version + 1, holder = '', lease_until = 0"
                + RequestKey.condition, rows: keys.count
        ) { index, writer throws(StoreError) in
            keys[index].write(writer)
        }
    }

    /// Keeps what the wire showed, under the version it was stored at.
    static func keep(
        _ evidence: String, of key: RequestKey, version: Int64, state: Int64, now: Int64,
        _ connection: borrowing Connection
    ) throws(StoreError) {
        if evidence.isEmpty { return }
        try connection.execute(
            Table.requestEvidence.insertion,
            key.values + [.int64(version), .int64(state), .int64(now), .text(evidence)])
    }
}
