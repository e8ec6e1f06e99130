internal import LendingRules
internal import Operations

/// Stores what an exchange about a request led to.
enum RequestResults {
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
