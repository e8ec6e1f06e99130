internal import LendingRules
internal import Operations

/// The rows of what partners said of a request.
enum HeardWords {
    /// Whether the loan's funding, or the transfer of its shares, is not concluded.
    static func isUndecided(
        _ loan: LoanID, _ connection: borrowing Connection, lock: String = ""
    ) throws(StoreError) -> Bool {
        try connection.first(
            "SELECT 1 FROM loan WHERE shard = ?1 AND loan = ?2 AND (\(LoanCodes.isUndecided)"
                + " OR \(LoanCodes.isTransferring))" + lock,
            SQLValue.loan(loan)
        ) { row throws(StoreError) in try row.int64(0) } != nil
    }

    static func lastSequence(
        _ place: RequestKey, _ connection: borrowing Connection
    ) throws(StoreError) -> Int64? {
        try connection.first(
            "SELECT sequence FROM request_callback" + RequestKey.condition
                + " ORDER BY sequence DESC LIMIT 1", place.values
        ) { row throws(StoreError) in try row.int64(0) }
    }

    static func lastFitting(
        _ place: RequestKey, _ connection: borrowing Connection
    ) throws(StoreError) -> PartnerWord? {
        try connection.first(
            "SELECT word FROM request_callback" + RequestKey.condition
                + " AND \(CallbackCodes.isFitting) ORDER BY sequence DESC LIMIT 1", place.values
        ) { row throws(StoreError) in try CallbackCodes.words.value(row, 0) }
    }

    static func digests(
        _ place: RequestKey, _ sequence: Int64, _ connection: borrowing Connection
    ) throws(StoreError) -> Set<String> {
        Set(
            try connection.all(
                "SELECT digest FROM request_callback" + RequestKey.condition
                    + " AND sequence = ?4", place.values + [.int64(sequence)]
            ) { row throws(StoreError) in try row.text(0) })
    }

    /// False when the same word is there already.
    static func insert(
        _ judged: JudgedCallback, now: Int64, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        let (callback, proof) = (judged.callback, judged.callback.proof)
        return try connection.execute(
            Table.requestCallback.insertionUnlessPresent,
            RequestKey(judged.held.request).values + [
                .int64(callback.sequence), .text(proof.digest),
                .int64(CallbackCodes.words.code(callback.word)),
                .int64(CallbackCodes.outcomes.code(judged.outcome)), .int64(now),
                .text(proof.content), .text(proof.nonce), .text(proof.signature),
            ]) == 1
    }
}
