internal import LendingRules
internal import Operations

/// Stores what an exchange about a request led to.
enum RequestResults {
    /// False, and nothing is stored, when the version is no longer the one that was held.
    static func store(
        _ result: RequestResult, now: Int64, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        let key = RequestKey(result.held.request)
        let isCurrent = try connection.execute(
            """
            UPDATE outbox SET version = version + 1, holder = '', lease_until = 0,
                last_attempt_at = CASE WHEN ?5 = 1 THEN ?6 ELSE last_attempt_at END
            """ + RequestKey.condition + " AND version = ?4",
            key.values + [
                .int64(result.held.version), .int64(result.held.state == .sent ? 1 : 0),
                .int64(now),
            ])
        guard isCurrent == 1 else { return false }
        try change(key, result, connection)
        if !result.evidence.isEmpty {
            try connection.execute(
                Table.requestEvidence.insertion,
                key.values + [
                    .int64(result.held.version), .int64(RequestCodes.states.code(result.state)),
                    .int64(now), .text(result.evidence),
                ])
        }
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
