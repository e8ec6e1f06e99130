internal import LendingRules
internal import Operations

/// Stores what an exchange about a request led to.
enum RequestResults {
    /// Stores results whose version stands, lets the use of limits and the memorandum of loans
    /// undone follow, and returns those.
    static func storeAll(
        _ results: [RequestResult], now: Int64, _ connection: borrowing Connection
    ) throws(StoreError) -> [RequestResult] {
        try holdDate(for: results, connection)
        var shift = try LimitShift(of: changingLimits(results).map(\.held.request.loan), connection)
        let stranded = try StrandedShares(in: results, connection)
        let stored = try store(results, now: now, connection)
        try stranded.release(after: stored, connection)
        try shift.apply(connection)
        return stored
    }

    /// Holds the open date where results change the use of limits, or may be the last that a loan
    /// waits for: nobody undoes it meanwhile. Before any other row.
    static func holdDate(
        for results: [RequestResult], _ connection: borrowing Connection
    ) throws(StoreError) {
        if changingLimits(results).isEmpty, !results.contains(where: \.endsWaiting) { return }
        try OpenDate.hold(connection)
    }

    private static func changingLimits(_ results: [RequestResult]) -> [RequestResult] {
        results.filter {
            $0.state.holdsLimit != $0.held.state.holdsLimit || $0.heldAmount != nil
        }
    }

    /// Stores results whose version is the one that was held, and returns those.
    static func store(
        _ results: [RequestResult], now: Int64, _ connection: borrowing Connection
    ) throws(StoreError) -> [RequestResult] {
        // Rows are locked in one order by everybody, and lie beside one another.
        let rows = results.indices.map {
            (key: RequestKey(results[$0].held.request), index: $0)
        }.sorted { $0.key < $1.key }
        let keys = rows.map(\.key)
        let isCurrent = try SQLClaims.release(keys, connection) { row, writer in
            let held = results[rows[row].index].held
            writer.int64(held.version)
            writer.int64(held.state == .sent ? 1 : 0)
            writer.int64(now)
        }
        let current = rows.indices.filter { isCurrent[$0] }
            .map { (key: rows[$0].key, result: results[rows[$0].index]) }
        try change(current.filter(\.result.isChange), connection)
        try keepEvidence(of: current, now: now, connection)
        return zip(rows, isCurrent).filter(\.1).map(\.0.index).sorted().map { results[$0] }
    }

    /// Stores what conclusions make of requests that stand as they did: whatever else their banks
    /// have said of them since, which changed nothing, counts for nothing here.
    ///
    /// Throws `StoreError.overtaken` for the first that stands otherwise.
    static func conclude(
        _ results: [RequestResult], _ connection: borrowing Connection
    ) throws(StoreError) {
        let rows = results.map { (key: RequestKey($0.held.request), result: $0) }
            .sorted { $0.key < $1.key }
        try SQLClaims.raise(rows.map(\.key), connection)
        let changes = try connection.changesOfEach(
            RequestKey.update + " SET state = ?4" + RequestKey.condition
                + " AND state = ?5 AND held_amount = ?6", rows: rows.count
        ) { row, writer throws(StoreError) in
            let result = rows[row].result
            rows[row].key.write(writer)
            writer.int64(RequestCodes.states.code(result.state))
            writer.int64(RequestCodes.states.code(result.held.state))
            writer.int64(result.held.heldAmount)
        }
        if let stale = changes.firstIndex(of: 0) {
            throw .overtaken(record: "request \(rows[stale].result.held.request.key)")
        }
    }

    /// An answer without a reference or reason leaves the earlier one.
    private static func change(
        _ rows: [(key: RequestKey, result: RequestResult)], _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.batch(
            RequestKey.update + """
                 SET state = ?4,
                    reference = CASE WHEN ?5 = '' THEN reference ELSE ?5 END,
                    reason_code = CASE WHEN ?6 = '' THEN reason_code ELSE ?6 END,
                    reason = CASE WHEN ?7 = '' THEN reason ELSE ?7 END,
                    held_amount = CASE WHEN ?8 = 0 THEN held_amount ELSE ?8 END
                """ + RequestKey.condition, rows: rows.count
        ) { row, writer throws(StoreError) in
            let result = rows[row].result
            rows[row].key.write(writer)
            writer.int64(RequestCodes.states.code(result.state))
            writer.text(result.reference)
            writer.text(result.reasonCode)
            writer.text(result.reason)
            writer.int64(result.heldAmount ?? 0)
        }
    }

    private static func keepEvidence(
        of rows: [(key: RequestKey, result: RequestResult)], now: Int64,
        _ connection: borrowing Connection
    ) throws(StoreError) {
        let shown = rows.filter { !$0.result.evidence.isEmpty }
        try connection.batch(Table.requestEvidence.insertion, rows: shown.count) {
            row, writer throws(StoreError) in
            let result = shown[row].result
            shown[row].key.write(writer)
            writer.int64(result.held.version)
            writer.int64(RequestCodes.states.code(result.state))
            writer.int64(now)
            writer.text(result.evidence)
        }
    }
}

extension RequestResult {
    /// What leaves a request as it is may rest on an earlier look than its version tells of: only
    /// its evidence is kept.
    fileprivate var isChange: Bool { state != held.state || heldAmount != nil }
}
