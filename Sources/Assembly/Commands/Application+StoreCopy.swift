import Foundation
import Operations
import PostgresEngine
import SQLStore

extension Application {
    /// `store copy --from --to`.
    ///
    /// - Throws: STORE-031 to STORE-034, or what opening, reading and writing throws.
    package static func copyStore(from: String, to: String, _ launch: Launch) async throws
        -> Answer
    {
        let begun = ContinuousClock.now
        let source = try await OpenStore(launch.at(from), for: .reading)
        defer { source.close() }
        try requireOther(from, to)
        let target = try await OpenStore(launch.at(to), for: .receiving)
        defer { target.close() }
        try requireOther(source, target)
        let progress = Progress(isQuiet: launch.isQuiet)
        defer { progress.finish() }
        let crash = Crash(environment: launch.variables)
        let copy = StoreCopy(
            from: StoreCopy.Place(source.engine, shown: Launch.shown(store: from)),
            to: StoreCopy.Place(target.engine, shown: Launch.shown(store: to)),
            line: PieceLine(), progress: { progress.report($0) },
            crashPoint: { crash?.reach($0) })
        var telling = CopyTelling(from: Launch.shown(store: from), to: Launch.shown(store: to))
        if launch.isDryRun {
            telling.tables = try await copy.rehearse()
        } else {
            let report = try await copy.run()
            telling.tables = report.tables
            telling.digest = Hashing.hexadecimal(report.digest)
        }
        telling.elapsed = ContinuousClock.now - begun
        return telling.answer
    }

    /// Before anything is made: a file is the same by any path.
    private static func requireOther(_ from: String, _ to: String) throws(StoreError) {
        let paths = [from, to].filter { $0.hasPrefix("sqlite:") }.map {
            URL(fileURLWithPath: String($0.dropFirst(7))).resolvingSymlinksInPath().path
        }
        if paths.count == 2, paths[0] == paths[1] { throw .samePlace(path: from) }
    }

    /// A schema is the same by any address when a lock in it by one keeps the other out.
    private static func requireOther(
        _ source: OpenStore, _ target: OpenStore
    ) throws(StoreError) {
        guard source.engine is PostgresEngine, target.engine is PostgresEngine else { return }
        let probe = "copy \(UUID().uuidString)"
        guard let lease = try source.engine.lock(probe) else { return }
        defer { lease.release() }
        guard let other = try target.engine.lock(probe) else {
            throw .samePlace(path: source.shown)
        }
        other.release()
    }
}

extension Launch {
    /// The same for another store.
    fileprivate func at(_ store: String) -> Launch {
        var launch = Launch(
            configDirectory: configDirectory, store: store, isDryRun: isDryRun, isQuiet: isQuiet)
        launch.environment = environment
        return launch
    }
}

/// What `store copy` has to say.
private struct CopyTelling {
    let from: String
    let to: String
    var tables: [StoreCopy.Outcome] = []
    /// Nil in a rehearsal.
    var digest: String?
    var elapsed = Duration.zero

    private var differing: [String] { tables.filter { !$0.isEqual }.map(\.table.name) }
    private var rows: Int64 { tables.reduce(0) { $0 + $1.rows } }

    var answer: Answer {
        Answer(
            .object([
                "from": .text(from), "to": .text(to), "state": .text(state),
                "rows": .number(rows), "digest": .optional(digest),
                "differing": .array(differing.map { .text($0) }),
                "seconds": .decimal(seconds), "dryRun": .flag(digest == nil),
                "tables": .array(records),
            ]),
            grids: [grid], lines: [line], records: records,
            columns: ["table", "role", "rows", "equal"],
            exit: differing.isEmpty ? nil : .findings)
    }

    private var state: String {
        if digest == nil { return "rehearsed" }
        return differing.isEmpty ? "copied" : "different"
    }

    private var records: [Node] {
        tables.map { outcome in
            .object([
                "table": .text(outcome.table.name),
                "role": .text(outcome.table.role == .business ? "business" : "operational"),
                "rows": .number(outcome.rows), "equal": .flag(outcome.isEqual),
            ])
        }
    }

    private var grid: Grid {
        var grid = Grid(columns: [.words("table"), .figures("rows"), .words("comparison")])
        for outcome in tables where outcome.rows > 0 || !outcome.isEqual {
            let words = digest == nil ? "" : outcome.isEqual ? "equal" : "different"
            grid.add(
                [outcome.table.name, outcome.rows.groupedCount, words],
                tones: outcome.isEqual ? [:] : [2: .bad])
        }
        return grid
    }

    private var line: String {
        let what = "\(rows.groupedCount) rows from \(from) to \(to)"
        guard let digest else { return "would copy \(what)" }
        guard differing.isEmpty else {
            return "the copy differs in \(differing.joined(separator: ", ")) and stays unfinished"
        }
        return "copied \(what) in \(seconds) s, digest \(digest)"
    }

    private var seconds: String {
        let parts = elapsed.components
        let tenths = parts.seconds * 10 + parts.attoseconds / 100_000_000_000_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
