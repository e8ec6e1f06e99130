import Operations
import PostgresEngine
import SQLStore
import SQLiteEngine

extension Application {
    /// `store init`: makes the tables where there are none, and spreads them where the database
    /// can; done once, it changes nothing.
    ///
    /// - Throws: What opening throws, or STORE-035 for tables with rows that lie on one node of
    ///   several.
    package static func makeStore(_ launch: Launch) async throws -> Answer {
        let store = try await OpenStore(launch, for: .founding)
        defer { store.close() }
        let before = try await Schema.layout(store.engine)
        let after = launch.isDryRun ? before : try await Schema.distribute(store.engine)
        let spread =
            launch.isDryRun
            ? before.missing.count
            : after.sharded.count + after.everywhere.count - before.sharded.count
                - before.everywhere.count
        let founding = Founding(
            place: Launch.shown(store: launch.store), engine: try await words(for: store.engine),
            isNew: store.isNew, spread: spread, layout: after, isDryRun: launch.isDryRun)
        return founding.answer
    }

    private static func words(for engine: any SQLEngine) async throws -> String {
        guard let server = engine as? PostgresEngine else {
            return "SQLite \(SQLiteEngine.libraryVersion)"
        }
        return "PostgreSQL \(try await server.health().version)"
    }
}

/// What `store init` found and did.
private struct Founding {
    let place: String
    let engine: String
    /// Whether the tables are new.
    let isNew: Bool
    /// How many tables are newly spread.
    let spread: Int
    let layout: TableLayout
    let isDryRun: Bool

    var answer: Answer {
        Answer(
            .object([
                "store": .text(place), "engine": .text(engine),
                "schemaVersion": .number(Schema.version), "made": .flag(isNew),
                "tables": .object(
                    counts.map { Node.Member(name: $0.name, value: .count($0.count)) }),
                "layout": .text(state), "distributed": .count(spread),
                "dryRun": .flag(isDryRun),
            ]),
            grids: [grid], lines: lines)
    }

    private var counts: [(name: String, count: Int)] {
        let classes = [
            ("loanAnchored", Table.Class.loanAnchored), ("keyAnchored", .keyAnchored),
            ("reference", .reference), ("coordination", .coordination),
        ]
        return classes.map { name, wanted in
            (name, Schema.tables.count { $0.tableClass == wanted })
        }
    }

    private var state: String {
        if !layout.isOffered { return "one node" }
        return layout.missing.isEmpty ? "by shard" : "one node of several"
    }

    private var grid: Grid {
        var grid = Grid(columns: [.words("tables"), .figures("number"), .words("where they lie")])
        let places =
            layout.isOffered
            ? ["by shard", "by shard", "whole on every node", "on the coordinator"]
            : [String](repeating: "on the one node", count: 4)
        for (count, place) in zip(counts, places) {
            grid.add([count.name, "\(count.count)", place])
        }
        return grid
    }

    private var lines: [String] {
        let would = isDryRun ? "would be " : ""
        let made =
            isNew
            ? "\(place): the tables of version \(Schema.version) \(isDryRun ? would : "are ")made"
            : "\(place): the tables of version \(Schema.version) are there"
        guard spread > 0 else { return [made + " (\(engine))"] }
        return [made + " (\(engine))", "\(spread) tables \(isDryRun ? would : "are ")distributed"]
    }
}
