package import LendingRules
internal import Operations

/// Partners' nonces in the store.
package struct SQLNonces: NonceStore {
    private let engine: any SQLEngine

    /// The nonces behind an engine.
    package init(engine: any SQLEngine) { self.engine = engine }

    package func take(_ nonce: String, of party: PartyID, expiresAt: Int64) async throws -> Bool {
        try await engine.write { connection in
            try Self.take(nonce, of: party, expiresAt: expiresAt, connection)
        }
    }

    /// False when the nonce was used before.
    static func take(
        _ nonce: String, of party: PartyID, expiresAt: Int64, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        let key = KeyText.join([party.name, nonce])
        return try connection.execute(
            Table.nonce.insertionUnlessPresent,
            [.int64(shard(of: key)), .text(party.name), .text(nonce), .int64(expiresAt)]) == 1
    }

    package func forget(expiredBefore seconds: Int64) async throws -> Int {
        try await engine.write { connection in
            try connection.execute("DELETE FROM nonce WHERE expires_at < ?1", [.int64(seconds)])
        }
    }
}
