import SQLStore
import Testing

/// Ends a transaction without committing it and carries what was seen.
private struct Rehearsal: Error {
    let digest: [UInt8]
}

@Suite(.everyEngine) struct DigestTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    @Test func `the order of insertion leaves no trace`() async throws {
        let forth = try await workspace.engine("forth.db")
        let back = try await workspace.engine("back.db")
        try await fill(forth, order: [1, 2, 3])
        try await fill(back, order: [3, 1, 2])
        #expect(try await digest(forth) == digest(back))
    }

    @Test(arguments: Schema.tables.filter { $0.role == .operational })
    func `operational tables leave no trace`(table: Table) async throws {
        let engine = try await workspace.engine()
        try await fill(engine, order: [1, 2])
        let before = try await digest(engine)
        try await insert([table], [3], engine)
        #expect(try await digest(engine) == before)
    }

    @Test(arguments: Schema.tables.filter { $0.role == .business })
    func `every business cell counts`(table: Table) async throws {
        let engine = try await workspace.engine()
        try await fill(engine, order: [1, 2])
        let before = try await digest(engine)
        for column in table.columns {
            let after = try await digest(engine, changing: column, of: table)
            #expect(after != before, "\(table.name).\(column.name)")
        }
        #expect(try await digest(engine) == before)
    }

    @Test func `an absent value and an empty one differ`() async throws {
        let engine = try await workspace.engine()
        try await fill(engine, order: [1])
        var seen: Set<[UInt8]> = []
        for value in [SQLValue.null, .blob([]), .blob([0])] {
            try await engine.write { connection in
                try connection.execute("UPDATE business_day SET head = ?1", [value])
            }
            seen.insert(try await digest(engine))
        }
        #expect(seen.count == 3)
    }

    private func digest(_ engine: any SQLEngine) async throws -> [UInt8] {
        try await engine.read { connection in try StoreDigest.compute(connection) }
    }

    @Test func `the canonical bytes of a row are as documented`() async throws {
        let engine = try await workspace.engine()
        let bytes = try await engine.read { connection in
            var canonical = CanonicalRow()
            canonical.begin(.closeStep)
            try connection.query("SELECT NULL, -2, 'é', ?1", [.blob([255, 0])]) {
                row throws(StoreError) in
                try canonical.append(row, columns: 4)
            }
            canonical.end(rows: 1)
            return canonical.bytes
        }
        let name: [UInt8] = [0x54, 2, 0, 0, 0, 0, 0, 0, 0, 10] + Array("close_step".utf8)
        let row: [UInt8] =
            [0x52, 0] + [1, 255, 255, 255, 255, 255, 255, 255, 254]
            + [2, 0, 0, 0, 0, 0, 0, 0, 2, 0xC3, 0xA9] + [3, 0, 0, 0, 0, 0, 0, 0, 2, 0xFF, 0]
        #expect(bytes == name + row + [0x45, 1, 0, 0, 0, 0, 0, 0, 0, 1])
    }

    /// The digest with one cell changed; the change is rolled back, so references may break.
    private func digest(
        _ engine: any SQLEngine, changing column: Column, of table: Table
    ) async throws -> [UInt8] {
        do {
            return try await engine.write { connection in
                try workspace.ignoreReferences(connection)
                let sql = "UPDATE \(table.name) SET \(column.name) = ?1 WHERE \(column.name) = ?2"
                let changed = try connection.execute(sql, [sample(column, 77), sample(column, 1)])
                #expect(changed == 1)
                throw Rehearsal(digest: try StoreDigest.compute(connection))
            }
        } catch let rehearsal as Rehearsal {
            return rehearsal.digest
        }
    }

    private func fill(_ engine: any SQLEngine, order: [Int64]) async throws {
        try await insert(Schema.tables, order, engine)
    }

    private func insert(_ tables: [Table], _ order: [Int64], _ engine: any SQLEngine) async throws {
        try await engine.write { connection in
            for table in tables {
                for row in order {
                    try connection.execute(table.insertion, table.columns.map { sample($0, row) })
                }
            }
        }
    }
}

/// A value for a cell, the same in the same-named columns of one row.
private func sample(_ column: Column, _ row: Int64) -> SQLValue {
    switch column.kind {
    case .int64: .int64(row)
    case .text: .text("v\(row)")
    case .blob: .blob([UInt8(row)])
    }
}
