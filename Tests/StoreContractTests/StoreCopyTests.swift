import Dispatch
import Operations
import SQLStore
import Synchronization
import Testing

/// Stores copied into others, from and to every engine.
@Suite struct StoreCopyTests {
    static let ways = StoreKind.allCases.flatMap { from in
        StoreKind.allCases.map { (from, $0) }
    }

    @Test(arguments: ways)
    func `every table arrives as it left, and what is in flight too`(
        from: StoreKind, to: StoreKind
    ) async throws {
        let (source, target) = (try await Sample(from), try await Sample(to))
        try await source.fill()
        let report = try await copy(source, target)
        #expect(report.isEqual)
        #expect(report.tables.map(\.table) == Schema.tables)
        #expect(report.tables.allSatisfy { $0.rows == 4 })
        #expect(try await report.digest == source.digest())
        #expect(try await report.digest == target.digest())
        #expect(try await target.rows(of: .outbox) == source.rows(of: .outbox))
        #expect(try await target.rows(of: .keptFile) == source.rows(of: .keptFile))
        #expect(try await Schema.migrate(target.engine, path: "target") == false)
    }

    @Test(arguments: ways)
    func `rows go in pieces of bounded size, in key order`(
        from: StoreKind, to: StoreKind
    ) async throws {
        let (source, target) = (try await Sample(from), try await Sample(to))
        try await source.engine.write { connection in
            try connection.bulkInsert(into: .factKey, rows: 70_000) { row, writer in
                writer.int64(Int64(row / 100))
                writer.text("f\(row + 100_000)")
                writer.text("")
                writer.text("é")
            }
            try connection.bulkInsert(into: .keptFile, rows: 3) { row, writer in
                writer.text("p")
                writer.int64(1)
                writer.text("n\(row)")
                writer.int64(1)
                writer.blob([])
                writer.blob([UInt8](repeating: UInt8(row), count: 5 << 20))
            }
        }
        let line = TestLine()
        let report = try await copy(source, target, line)
        #expect(report.isEqual)
        #expect(line.pieces == 4)
        #expect(try await report.digest == source.digest())
    }

    @Test(arguments: ways)
    func `a copy that broke off is no store, and begins anew`(
        from: StoreKind, to: StoreKind
    ) async throws {
        let (source, target) = (try await Sample(from), try await Sample(to))
        try await source.fill()
        let broken = await storeError { _ = try await copy(source, target, TestLine(failing: 9)) }
        #expect(broken == .diskFull)
        let refused = await storeError {
            try await Schema.migrate(target.engine, path: "target")
        }
        #expect(refused == .unfinishedCopy(of: "source"))
        #expect(refused?.code == "STORE-031")
        try await Schema.migrate(target.engine, path: "target", isCopying: true)
        #expect(try await copy(source, target).isEqual)
        try await Schema.migrate(target.engine, path: "target")
    }

    @Test(arguments: StoreKind.allCases)
    func `a store with rows is not copied into`(kind: StoreKind) async throws {
        let (source, target) = (try await Sample(.sqlite), try await Sample(kind))
        try await source.fill()
        try await target.engine.write { connection in
            _ = try connection.execute(Table.businessDay.insertion, [7, 0, .null])
        }
        let before = try await target.digest()
        for work in [
            { _ = try await copy(source, target) },
            {
                _ = try await plan(source, target, TestLine()).rehearse()
            },
        ] as [() async throws -> Void] {
            #expect(await storeError(work) == .notEmpty(path: "target"))
        }
        #expect(try await target.digest() == before)
        try await Schema.migrate(target.engine, path: "target")
    }

    @Test(arguments: StoreKind.allCases)
    func `nothing is copied while a date is being closed`(kind: StoreKind) async throws {
        let (source, target) = (try await Sample(kind), try await Sample(kind))
        for (busy, name) in [(source, "source"), (target, "target")] {
            let lease = try #require(try busy.engine.lock("close"))
            let error = await storeError { _ = try await copy(source, target) }
            guard case .inUse(let what) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(what.contains(name) && error?.code == "STORE-034")
            lease.release()
        }
        #expect(try await copy(source, target).isEqual)
    }

    @Test func `a target that gives other rows back is told, and stays unfinished`() async throws {
        let (source, target) = (try await Sample(.postgres), try await Sample(.sqlite))
        try await source.fill()
        try await target.engine.write { connection in
            _ = try connection.execute(
                """
                CREATE TRIGGER spoil AFTER INSERT ON outbox BEGIN
                    UPDATE outbox SET attempt = 5 WHERE request_key = new.request_key;
                END
                """)
        }
        let report = try await copy(source, target)
        #expect(report.tables.filter { !$0.isEqual }.map(\.table) == [.outbox])
        let refused = await storeError { try await Schema.migrate(target.engine, path: "target") }
        #expect(refused == .unfinishedCopy(of: "source"))
    }

    @Test func `a text that the target cannot hold ends the copy`() async throws {
        let (source, target) = (try await Sample(.sqlite), try await Sample(.postgres))
        try await source.engine.write { connection in
            // Past what the engine refuses, as another program could have written it.
            try connection.execute("INSERT INTO terms VALUES ('v', CAST(x'610062' AS TEXT))")
        }
        let error = await storeError { _ = try await copy(source, target) }
        #expect(error?.code == "STORE-013")
    }

    @Test func `a rehearsal counts and changes nothing`() async throws {
        let (source, target) = (try await Sample(.sqlite), try await Sample(.postgres))
        try await source.fill()
        let outcomes = try await plan(source, target, TestLine()).rehearse()
        #expect(outcomes.allSatisfy { $0.rows == 4 })
        try await Schema.migrate(target.engine, path: "target")
        #expect(try await target.rows(of: .loan).isEmpty)
    }

    private func copy(
        _ source: Sample, _ target: Sample, _ line: TestLine = TestLine()
    ) async throws -> StoreCopy.Report {
        try await plan(source, target, line).run()
    }

    private func plan(_ source: Sample, _ target: Sample, _ line: TestLine) -> StoreCopy {
        StoreCopy(
            from: StoreCopy.Place(source.engine, shown: "source"),
            to: StoreCopy.Place(target.engine, shown: "target"), line: line, progress: { _ in },
            crashPoint: { _ in })
    }
}

/// A store of one engine with rows in every table.
private struct Sample {
    let workspace: Workspace
    let engine: any SQLEngine

    init(_ kind: StoreKind) async throws {
        workspace = try StoreKind.$current.withValue(kind) { try Workspace() }
        engine = try await workspace.engine()
    }

    /// Four rows a table, with the least and the greatest of everything.
    func fill() async throws {
        try await engine.write { connection in
            for table in Schema.tables {
                for row in 0..<4 {
                    try connection.execute(
                        table.insertion, table.columns.map { Self.value($0, row, table) })
                }
            }
        }
    }

    func digest() async throws -> [UInt8] {
        try await engine.read { connection in try StoreDigest.compute(connection) }
    }

    /// A table's rows as the canonical bytes of each.
    func rows(of table: Table) async throws -> [[UInt8]] {
        try await engine.read { connection in
            try connection.all(table.selectionInKeyOrder) { row throws(StoreError) in
                var canonical = CanonicalRow()
                try canonical.append(row, columns: table.columns.count)
                return canonical.bytes
            }
        }
    }

    private static func value(_ column: Column, _ row: Int, _ table: Table) -> SQLValue {
        if column.isNullable, row == 1 { return .null }
        return switch column.kind {
        case .int64: .int64([0, .min, .max, -1][row])
        case .text: .text(["", "Å é 贷", "a'b\"\\\n\t", String(repeating: "x", count: 999)][row])
        case .blob: .blob([[], [0], [255, 0, 10], [UInt8](repeating: 7, count: 70_000)][row])
        }
    }
}

/// One piece at a time, as the command line has it; one of them may fail.
private final class TestLine: CopyLine {
    private struct State {
        var pieces = 0
        var failure: (any Error)?
    }

    private let free = DispatchSemaphore(value: 1)
    private let failing: Int?
    private let state = Mutex(State())

    init(failing: Int? = nil) { self.failing = failing }

    var pieces: Int { state.withLock(\.pieces) }

    func send(_ piece: @escaping @Sendable () async throws -> Void) throws {
        free.wait()
        let (number, failure) = state.withLock { state in
            state.pieces += 1
            return (state.pieces, state.failure)
        }
        if let failure {
            free.signal()
            throw failure
        }
        Task {
            do {
                if number == failing { throw StoreError.diskFull }
                try await piece()
            } catch {
                state.withLock { $0.failure = error }
            }
            free.signal()
        }
    }

    func finish() throws {
        free.wait()
        free.signal()
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }
}
