package import BusinessCalendar
private import Crypto
package import LendingRules
package import Operations

/// Our files of a date for partners, in the store.
package struct SQLOutgoingFiles: OutgoingFiles {
    private let engine: any SQLEngine

    /// The files behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func lines(
        for party: PartyID, on date: BusinessDate
    ) async throws -> DetailLines {
        try await engine.read { connection in
            DetailLines(
                disbursements: try DetailRows.disbursements(party, date, connection)
                    + DetailRows.returns(party, date, connection),
                repayments: try DetailRows.repayments(party, date, connection),
                balances: try DetailRows.balances(party, date, connection),
                facts: try DetailRows.facts(party, date, connection),
                inFlight: try DetailRows.inFlight(party, date, connection),
                parts: try DetailRows.parts(party, date, connection),
                statusChanges: try DetailRows.statusChanges(party, date, connection))
        }
    }

    package func keep(
        _ files: [FileContent], for party: PartyID, on date: BusinessDate
    ) async throws {
        try await engine.write { connection in
            let isKept = try connection.first(
                "SELECT 1 FROM kept_file" + Self.ours + " LIMIT 1", Self.values(party, date)
            ) { row throws(StoreError) in try row.int64(0) }
            if isKept != nil { return }
            try connection.bulkInsert(into: .keptFile, rows: files.count) {
                index, writer throws(StoreError) in
                writer.text(party.name)
                writer.date(date)
                writer.text(files[index].name)
                writer.int64(Int64(index))
                writer.blob([UInt8](SHA256.hash(data: files[index].bytes)))
                writer.blob(files[index].bytes)
            }
        }
    }

    package func undelivered(
        to party: PartyID, through date: BusinessDate
    ) async throws -> [BusinessDate] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT DISTINCT f.date FROM kept_file f
                WHERE f.party = ?1 AND f.date <= ?2 AND NOT EXISTS
                    (SELECT 1 FROM file_delivery d WHERE d.party = f.party AND d.date = f.date)
                ORDER BY f.date
                """, Self.values(party, date)
            ) { row throws(StoreError) in try row.date(0) }
        }
    }

    package func kept(for party: PartyID, on date: BusinessDate) async throws -> [FileContent] {
        try await engine.read { connection in
            try connection.all(
                "SELECT name, content FROM kept_file" + Self.ours + " ORDER BY position",
                Self.values(party, date)
            ) { row throws(StoreError) in
                FileContent(name: try row.text(0), bytes: try row.blob(1))
            }
        }
    }

    package func markDelivered(to party: PartyID, on date: BusinessDate) async throws {
        try await engine.write { connection in
            try connection.execute(
                Table.fileDelivery.insertionUnlessPresent, Self.values(party, date))
        }
    }

    private static let ours = " WHERE party = ?1 AND date = ?2"

    private static func values(_ party: PartyID, _ date: BusinessDate) -> [SQLValue] {
        [.text(party.name), .date(date)]
    }
}
