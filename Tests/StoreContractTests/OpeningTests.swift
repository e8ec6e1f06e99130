import Foundation
import Operations
import SQLStore
import SQLiteEngine
import Testing

@Suite struct OpeningTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    @Test func `a missing directory is an input-output error`() throws {
        let error = #expect(throws: StoreError.self) {
            try SQLiteEngine(path: workspace.path("none/store.db"))
        }
        #expect(error?.code == "STORE-001")
        #expect(error?.exit == .inputOutput)
    }

    @Test func `an existing store is not created by asking for it`() throws {
        let error = #expect(throws: StoreError.self) {
            try SQLiteEngine(path: workspace.path("store.db"), opening: .existing)
        }
        #expect(error?.code == "STORE-001")
        #expect(!FileManager.default.fileExists(atPath: workspace.path("store.db")))
    }

    @Test func `a store opened for reading is not changed by a byte`() async throws {
        let path = workspace.path("store.db")
        let writing = try SQLiteEngine(path: path)
        try await Schema.migrate(writing, path: path)
        try writing.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let reading = try SQLiteEngine(path: path, opening: .readOnly)
        try await Schema.migrate(reading, path: path)
        #expect(try await number(reading, "SELECT count(*) FROM schema_version") == 1)
        let error = await #expect(throws: StoreError.self) {
            try await reading.write { try $0.execute("DELETE FROM schema_version") }
        }
        #expect(error == .readOnly)
        try? reading.close()
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test func `a file that is not a database is named as such`() throws {
        let text = String(repeating: "loan_id,principal\n", count: 200)
        try text.write(toFile: workspace.path("loans.csv"), atomically: true, encoding: .utf8)
        let error = #expect(throws: StoreError.self) {
            try SQLiteEngine(path: workspace.path("loans.csv"))
        }
        #expect(error == .notADatabase(path: workspace.path("loans.csv")))
        #expect(error?.code == "STORE-002")
        #expect(error?.exit == .inputOutput)
    }

    @Test func `a directory in the place of the file cannot be opened`() throws {
        let error = #expect(throws: StoreError.self) {
            try SQLiteEngine(path: workspace.directory.path)
        }
        #expect(error?.code == "STORE-001")
    }

    @Test(arguments: [
        (StoreError.corrupt(reason: "page 3"), "STORE-006", Int32(74)),
        (.inputOutput(reason: "disk"), "STORE-010", 74),
        (.unavailable(reason: "gone"), "STORE-018", 75),
        (.commitUnknown(reason: "gone"), "STORE-019", 75),
        (.interrupted(reason: "too long"), "STORE-020", 75),
    ])
    func `errors that need a broken disk or server carry their code`(
        error: StoreError, code: String, exit: Int32
    ) {
        #expect(error.code == code)
        #expect(error.exit.rawValue == exit)
        #expect(!error.sentence.isEmpty)
    }

    @Test func `damage inside the file is found`() async throws {
        let path = workspace.path("store.db")
        do {
            let engine = try await workspace.engine()
            try engine.close()
        }
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: 4_096)
        try handle.write(contentsOf: Data(repeating: 0xAB, count: Int(size) - 4_096))
        try handle.close()
        let error = await #expect(throws: StoreError.self) {
            let engine = try SQLiteEngine(path: path)
            for table in Schema.tables {
                _ = try await number(engine, "SELECT count(*) FROM \(table.name)")
            }
        }
        #expect(error?.code == "STORE-006")
    }
}
