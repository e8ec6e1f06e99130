package import Operations
private import Synchronization

/// Copies a store into an empty one, whatever engines the two are on: every table, those of what is
/// in flight too, out of one snapshot and in key order; then reads it back and compares.
///
/// Until all is compared the target carries a mark by which every other command refuses it. Run
/// again after a kill, the copy begins anew.
package struct StoreCopy: Sendable {
    /// A store and how it is called.
    package struct Place: Sendable {
        let engine: any SQLEngine
        let shown: String

        /// Names an open store.
        package init(_ engine: any SQLEngine, shown: String) {
            (self.engine, self.shown) = (engine, shown)
        }
    }

    /// What came of a table.
    package struct Outcome: Hashable, Sendable {
        /// The table.
        package let table: Table
        /// How many rows were copied.
        package let rows: Int64
        /// Whether the target gives them back byte for byte.
        package let isEqual: Bool
    }

    /// What came of the copy.
    package struct Report: Sendable {
        /// Every table, those that are referred to first.
        package let tables: [Outcome]
        /// The digest of the target's business data.
        package let digest: [UInt8]
        /// Whether the target is a store now; it stays marked when it is not.
        package var isEqual: Bool { tables.allSatisfy(\.isEqual) }
    }

    let source: Place
    let target: Place
    let line: any CopyLine
    let progress: @Sendable (WorkDone) -> Void
    let crashPoint: @Sendable (CrashPoint) -> Void

    /// Prepares a copy; `target` has been migrated.
    package init(
        from source: Place, to target: Place, line: any CopyLine,
        progress: @escaping @Sendable (WorkDone) -> Void,
        crashPoint: @escaping @Sendable (CrashPoint) -> Void
    ) {
        (self.source, self.target, self.line) = (source, target, line)
        (self.progress, self.crashPoint) = (progress, crashPoint)
    }
}

extension StoreCopy {
    /// Copies, compares and, when all is equal, makes the target a store.
    ///
    /// - Throws: `StoreError.inUse` while a close or another copy is under way, `.notEmpty`
    ///   for a target with rows of its own, or what reading and writing throws.
    package func run() async throws -> Report {
        let leases = (
            try hold(source, "close", "a close or a copy of \(source.shown)"),
            try hold(target, "close", "a close of or a copy to \(target.shown)")
        )
        defer {
            leases.1.release()
            leases.0.release()
        }
        try await begin()
        let sent = try await send()
        let total = sent.values.reduce(0) { $0 + $1.rows }
        let found = try await target.engine.read { connection in
            try StoreSums(connection) { rows in
                note("rows compared", rows, of: total)
            }
        }
        let report = Report(
            tables: Schema.tables.map { table in
                Outcome(
                    table: table, rows: sent[table.name]?.rows ?? 0,
                    isEqual: sent[table.name] == found.tables[table.name])
            }, digest: found.digest)
        guard report.isEqual else { return report }
        crashPoint(.copyBeforeFinish)
        try await target.engine.write { connection in try CopyMark.remove(connection) }
        return report
    }

    /// How many rows a copy would have to move; looks and changes nothing.
    ///
    /// - Throws: `StoreError.notEmpty` for a target with rows of its own.
    package func rehearse() async throws -> [Outcome] {
        let target = target
        try await target.engine.read { connection in
            // A database without any tables is as empty as can be.
            guard try !Schema.tableNames(connection).isEmpty else { return }
            guard try CopyMark.source(connection) != nil || Schema.isBare(connection) else {
                throw StoreError.notEmpty(path: target.shown)
            }
        }
        return try await source.engine.read { connection in
            try Self.count(connection).map { Outcome(table: $0, rows: $1, isEqual: true) }
        }
    }

    private func hold(
        _ place: Place, _ name: String, _ what: String
    ) throws(StoreError) -> any SQLLease {
        guard let lease = try place.engine.lock(name) else { throw .inUse(by: what) }
        return lease
    }

    /// Marks the target and empties it of what an earlier attempt left.
    private func begin() async throws {
        let (target, source) = (target, source)
        try await target.engine.write { connection in
            try Schema.lock(connection)
            if try CopyMark.source(connection) != nil {
                for table in Schema.tables.reversed() {
                    try connection.execute("DELETE FROM \(table.name)")
                }
                try CopyMark.remove(connection)
            }
            guard try Schema.isBare(connection) else {
                throw StoreError.notEmpty(path: target.shown)
            }
            try CopyMark.set(source.shown, connection)
        }
    }

    /// Reads every table out of one snapshot and sends its rows to the target.
    private func send() async throws -> [String: TableSum] {
        let hasBegun = Once()
        return try await source.engine.read { connection in
            // An engine may run a body again, and the rows of the first run are sent already.
            guard hasBegun.isFirst() else {
                throw StoreError.unavailable(reason: "the connection to the source was lost")
            }
            do {
                let sums = try sendAll(connection)
                try line.finish()
                return sums
            } catch {
                // A piece that is under way must not outlive the locks; the first error counts.
                try? line.finish()
                throw error
            }
        }
    }

    private func sendAll(_ connection: borrowing Connection) throws -> [String: TableSum] {
        let total = try Self.count(connection).reduce(0) { $0 + $1.1 }
        var sums: [String: TableSum] = [:]
        var done: Int64 = 0
        for table in Schema.tables {
            sums[table.name] = try send(table, after: &done, of: total, connection)
        }
        return sums
    }

    private func send(
        _ table: Table, after done: inout Int64, of total: Int64,
        _ connection: borrowing Connection
    ) throws -> TableSum {
        var summer = TableSummer(table)
        var batch = RowBatch(of: table)
        try connection.scan(table) { row throws(StoreError) in
            try summer.add(row)
            try batch.append(row)
            done += 1
            guard batch.isFull else { return }
            note("rows copied", done, of: total)
            try send(batch)
            batch = RowBatch(of: table)
        }
        if batch.rows > 0 { try send(batch) }
        note("rows copied", done, of: total)
        return summer.finish()
    }

    private func send(_ batch: RowBatch) throws(StoreError) {
        let (engine, crashPoint) = (target.engine, crashPoint)
        do {
            try line.send {
                try await engine.write { connection in try batch.insert(connection) }
                crashPoint(.copyAfterBatch)
            }
        } catch {
            throw error as? StoreError ?? .interrupted(reason: "\(error)")
        }
    }

    private func note(_ noun: String, _ done: Int64, of total: Int64) {
        progress(WorkDone(noun, Int(done), of: Int(total)))
    }

    private static func count(
        _ connection: borrowing Connection
    ) throws(StoreError) -> [(Table, Int64)] {
        var counts: [(Table, Int64)] = []
        for table in Schema.tables {
            let rows = try connection.first("SELECT count(*) FROM \(table.name)") {
                row throws(StoreError) in try row.int64(0)
            }
            counts.append((table, rows ?? 0))
        }
        return counts
    }
}

/// Says yes once.
private final class Once: Sendable {
    private let isDone = Mutex(false)

    func isFirst() -> Bool {
        isDone.withLock { isDone in
            defer { isDone = true }
            return !isDone
        }
    }
}
