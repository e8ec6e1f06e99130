package import BusinessCalendar
package import LendingRules
package import Operations

/// Partners' files as they came, in the store.
package struct SQLReceivedVersions: ReceivedVersions {
    private let engine: any SQLEngine

    /// The versions behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func versions(
        from party: PartyID, on date: BusinessDate
    ) async throws -> [ReceivedVersion] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT name, version, sha256, LENGTH(content), in_force FROM received_file
                WHERE party = ?1 AND date = ?2 ORDER BY name, version
                """, [.text(party.name), .date(date)]
            ) { row throws(StoreError) in
                ReceivedVersion(
                    name: try row.text(0), version: try row.count(1),
                    sha256: Self.hexadecimal(try row.blob(2)), bytes: try row.count(3),
                    isInForce: try row.flag(4))
            }
        }
    }

    package func content(
        of name: String, version: Int, from party: PartyID, on date: BusinessDate
    ) async throws -> [UInt8]? {
        try await engine.read { connection in
            try connection.first(
                """
                SELECT content FROM received_file
                WHERE party = ?1 AND date = ?2 AND name = ?3 AND version = ?4
                """, [.text(party.name), .date(date), .text(name), .int64(Int64(version))]
            ) { row throws(StoreError) in try row.blob(0) }
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
