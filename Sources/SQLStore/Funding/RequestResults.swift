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
        var stored: [RequestResult] = []
        for result in results where try store(result, now: now, connection) {
            stored.append(result)
        }
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
        results.filter { $0.state.holdsLimit != $0.held.state.holdsLimit }
    }

    /// False, and nothing is stored, when the version is no longer the one that was held.
    static func store(
        _ result: RequestResult, now: Int64, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        let key = RequestKey(result.held.request)
        let held = result.held
        let isCurrent = try SQLClaims.release(
            key, version: held.version, wasSent: held.state == .sent, now: now, connection)
        guard isCurrent else { return false }
        try change(key, result, connection)
        try SQLClaims.keep(
            result.evidence, of: key, version: held.version,
            state: RequestCodes.states.code(result.state), now: now, connection)
        return true
    }

    /// An answer without a reference or reason leaves the earlier one.
    private static func change(
        _ key: RequestKey, _ result: RequestResult, _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.execute(
            RequestKey.update + """
                 SET state = ?4,
                    reference = CASE WHEN ?5 = '' THEN reference ELSE ?5 END,
                    reason_code = CASE WHEN ?6 = '' THEN reason_code ELSE ?6 END,
                    reason = CASE WHEN ?7 = '' THEN reason ELSE ?7 END
                """ + RequestKey.condition,
            key.values + [
                .int64(RequestCodes.states.code(result.state)), .text(result.reference),
                .text(result.reasonCode), .text(result.reason),
            ])
    }
}
