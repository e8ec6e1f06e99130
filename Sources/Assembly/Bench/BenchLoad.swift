import Foundation
import PostgresEngine
import SQLStore

/// `colend bench load`: makes tables of a size and times how their rows are loaded.
package struct BenchLoad: Sendable {
    private let launch: Launch
    private let rows: Int
    private let keepsTables: Bool

    /// The largest tables that are made: some ten gigabytes.
    private static let mostRows = 50_000_000

    /// - Throws: ``UsageFault`` for a number of rows that is none.
    package init(_ launch: Launch, rows: Int, keepsTables: Bool) throws(UsageFault) {
        guard (1...BenchLoad.mostRows).contains(rows) else {
            throw UsageFault(
                code: "USAGE-025", "--rows \(rows) is not within 1 to \(BenchLoad.mostRows)")
        }
        self.launch = launch
        self.rows = rows
        self.keepsTables = keepsTables
    }

    /// Makes each table anew in the schema of `--store`, and drops it again unless it is kept.
    ///
    /// - Throws: ``UsageFault`` USAGE-006 for a store of another kind, or a store error.
    package func run() async throws -> Answer {
        guard let address = PostgresAddress(launch.store) else {
            throw UsageFault(
                code: "USAGE-006",
                "a load is timed on a PostgreSQL server; write --store "
                    + "postgres://USER@HOST:PORT/DATABASE?OPTION=VALUE")
        }
        let engine = try await PostgresEngine(address, mostConnections: 1)
        defer { engine.close() }
        var loads: [Node] = []
        var lines: [String] = []
        for table in BenchTable.all {
            let seconds = try await load(table, engine)
            let perSecond = Int64(Double(rows) / seconds)
            loads.append(
                .object([
                    "table": .text(table.table.name), "rows": .count(rows),
                    "seconds": .decimal(String(format: "%.3f", seconds)),
                    "rowsPerSecond": .number(perSecond),
                ]))
            lines.append("\(table.table.name): \(rows) rows, \(perSecond) a second")
        }
        return Answer(.array(loads), lines: lines)
    }

    /// Seconds from the first row to the end of the commit.
    private func load(_ bench: BenchTable, _ engine: PostgresEngine) async throws -> Double {
        let (table, rows) = (bench.table, rows)
        try await engine.write { connection in
            try connection.execute("DROP TABLE IF EXISTS \(table.name)")
            for statement in table.creation(connection.dialect) {
                try connection.execute(statement)
            }
        }
        let started = ContinuousClock.now
        try await engine.write { connection in
            try connection.bulkInsert(into: table, rows: rows) { row, writer in
                bench.write(row, writer)
            }
        }
        let taken = ContinuousClock.now - started
        if !keepsTables {
            try await engine.write { _ = try $0.execute("DROP TABLE \(table.name)") }
        }
        return taken / .seconds(1)
    }
}
