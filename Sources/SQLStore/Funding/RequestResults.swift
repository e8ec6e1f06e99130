internal import LendingRules
internal import Operations

/// Stores what an exchange about a request led to.
enum RequestResults {
    /// Stores results whose version stands, lets the use of limits follow, and returns those.
    static func storeAll(
        _ results: [RequestResult], now: Int64, _ connection: borrowing Connection
    ) throws(StoreError) -> [RequestResult] {
        try holdDate(for: results, connection)
        var shift = try LimitShift(of: changingLimits(results).map(\.held.request.loan), connection)
        let stored = try store(results, now: now, connection)
        try shift.apply(connection)
        return stored
    }

    /// Holds the open date where results change the use of limits; before any other row.
    static func holdDate(
        for results: [RequestResult], _ connection: borrowing Connection
    ) throws(StoreError) {
        if !changingLimits(results).isEmpty { try OpenDate.hold(connection) }
    }

    private static func changingLimits(_ results: [RequestResult]) -> [RequestResult] {
        results.filter {
            $0.state.holdsLimit != $0.held.state.holdsLimit || $0.heldAmount != nil
        }
    }

    /// False, and nothing is stored, when the version is no longer the one that was held.
    static func store(
        _ result: RequestResult, now: Int64, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        try !store([result], now: now, connection).isEmpty
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
        let current = rows.indices.filter { isCurrent[$0] }.map { rows[$0] }
        try change(current.map { ($0.key, results[$0.index]) }, now: now, connection)
        return zip(rows, isCurrent).filter(\.1).map(\.0.index).sorted().map { results[$0] }
    }

    /// An answer without a reference or reason leaves the earlier one.
    private static func change(
        _ rows: [(key: RequestKey, result: RequestResult)], now: Int64,
        _ connection: borrowing Connection
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
