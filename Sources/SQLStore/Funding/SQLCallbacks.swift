internal import LendingRules
package import Operations

/// What partners said on their own, in the store.
package struct SQLCallbacks: CallbackStore {
    private let engine: any SQLEngine

    /// The callbacks behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func heard(_ key: String, sequence: Int64) async throws -> HeardRequest? {
        try await engine.read { connection in
            let loan = try connection.first(
                "SELECT loan FROM request_key WHERE shard = ?1 AND request_key = ?2",
                [.int64(shard(of: key)), .text(key)]
            ) { row throws(StoreError) in try row.loan(0) }
            guard let loan else { return nil }
            let place = RequestKey(key: key, loan: loan)
            guard let held = try place.held(connection).first else { return nil }
            return HeardRequest(
                held: held, isUndecided: try HeardWords.isUndecided(loan, connection),
                lastSequence: try HeardWords.lastSequence(place, connection),
                lastFitting: try HeardWords.lastFitting(place, connection),
                sameSequence: try HeardWords.digests(place, sequence, connection))
        }
    }

    package func keep(_ judged: JudgedCallback, now: Int64) async throws -> CallbackKeeping {
        do {
            return try await engine.write { connection in
                try Self.keep(judged, now: now, connection)
            }
        } catch StoreError.overtaken {
            return .overtaken
        }
    }

    package func contradictions() async throws -> [Contradiction] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT c.request_key, r.lender, c.word, c.sequence, r.state
                FROM request_callback c
                JOIN funding_request r ON r.shard = c.shard AND r.loan = c.loan
                    AND r.request_key = c.request_key
                WHERE c.\(CallbackCodes.isContradiction) AND NOT EXISTS (
                    SELECT 1 FROM request_callback n
                    WHERE n.shard = c.shard AND n.loan = c.loan AND n.request_key = c.request_key
                        AND n.sequence > c.sequence)
                ORDER BY c.request_key, c.sequence, c.digest
                """
            ) { row throws(StoreError) in
                Contradiction(
                    key: try row.text(0), party: try row.party(1),
                    word: try CallbackCodes.words.value(row, 2), sequence: try row.int64(3),
                    state: try RequestCodes.states.value(row, 4))
            }
        }
    }

    /// Throws `StoreError.overtaken`, so that nothing of it is kept.
    private static func keep(
        _ judged: JudgedCallback, now: Int64, _ connection: borrowing Connection
    ) throws(StoreError) -> CallbackKeeping {
        let request = judged.held.request
        try RequestResults.holdDate(for: judged.result.map { [$0] } ?? [], connection)
        let proof = judged.callback.proof
        let isNew = try SQLNonces.take(
            proof.nonce, of: judged.callback.party, expiresAt: proof.expiresAt, connection)
        guard isNew else { return .replayed }
        if judged.outcome == .duplicate { return .kept }
        // The loan's row is locked first, as a conclusion locks it.
        if judged.needsUndecided,
            try !HeardWords.isUndecided(request.loan, connection, lock: " {lock}")
        {
            throw .overtaken(record: "loan \(request.loan)")
        }
        guard try HeardWords.insert(judged, now: now, connection) else {
            throw .overtaken(record: "request \(request.key)")
        }
        let results = judged.result.map { [$0] } ?? []
        guard try RequestResults.storeAll(results, now: now, connection) == results else {
            throw .overtaken(record: "request \(request.key)")
        }
        return .kept
    }
}
