import Foundation
import PostgresEngine
import SQLStore
import TestSupport
import Testing

/// Our loads against those of `psql \copy` in binary: the same rows, the same server, turn by turn.
@Suite(.serialized) struct LoadRateTests {
    #if DEBUG
        // Code without optimisation is no match for a C program.
        private static let (rows, leastRatio, mostRounds) = (20_000, -Double.infinity, 1)
    #else
        private static let (rows, leastRatio, mostRounds) = (150_000, 0.6, 15)
    #endif
    private static let narrow = Table(
        "narrow", .reference, .business, [.int64("k"), .int64("amount")], key: ["k"])
    private static let wide = Table(
        "wide", .reference, .business,
        [
            .int64("shard"), .text("loan"), .text("line"), .text("lender"), .int64("posted_on"),
            .int64("value_date"), .text("reverses").orNull, .blob("hash"), .int64("principal"),
            .int64("interest"), .int64("penalty"), .int64("fee"),
        ], key: ["shard", "loan", "line", "posted_on"])

    @Test(arguments: [narrow, wide])
    func `rows are loaded at no less than 0.6 of the rate of psql`(table: Table) async throws {
        let cluster = try await PostgresCluster.shared()
        let schemas = try await Schemas(on: cluster)
        let engine = try await schemas.engine(mostConnections: 1)
        let folder = try TemporaryFolder()
        let place = "\(schemas.name).\(table.name)"
        let file = folder.path("rows.bin")
        try await engine.write { connection in
            for statement in table.creation(connection.dialect) {
                try connection.execute(statement)
            }
        }
        // The best of each side: what others do to the machine only ever takes time.
        let clock = ContinuousClock()
        let endless = Duration.seconds(86_400)
        var (ours, theirs, starting) = (endless, endless, endless)
        var ratio: Double { (theirs - starting) / ours }
        for round in 0..<Self.mostRounds where round == 0 || ratio < Self.leastRatio {
            try await empty(table, engine)
            ours = min(ours, try await clock.measure { try await load(table, engine) })
            if round == 0 {
                try await cluster.psql("\\copy \(place) to '\(file)' with (format binary)")
            }
            starting = min(
                starting, try await clock.measure { try await cluster.psql("SELECT 1") })
            try await empty(table, engine)
            let copying = try await clock.measure {
                try await cluster.psql("\\copy \(place) from '\(file)' with (format binary)")
            }
            theirs = min(theirs, copying)
        }
        #expect(try await number(engine, "SELECT count(*) FROM \(table.name)") == Self.rows)
        #expect(ratio >= Self.leastRatio, "\(ours) for ours, \(theirs) for theirs")
    }

    private func empty(_ table: Table, _ engine: PostgresEngine) async throws {
        try await engine.write { _ = try $0.execute("TRUNCATE \(table.name)") }
    }

    private func load(_ table: Table, _ engine: PostgresEngine) async throws {
        try await engine.write { connection in
            try connection.bulkInsert(into: table, rows: Self.rows) { row, writer in
                for (index, column) in table.columns.enumerated() {
                    switch column.kind {
                    case .int64: writer.int64(Int64(index == 0 ? row : row * index % 90_000))
                    case .text where column.isNullable: writer.null()
                    case .text: writer.text("LC\(1_000_000 + row)")
                    case .blob: writer.blob([UInt8](repeating: UInt8(row & 255), count: 32))
                    }
                }
            }
        }
    }
}
