import SQLStore
import Testing

@Suite(.everyEngine) struct MigrationTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    @Test func `migrating twice, and from two sides at once, is migrating once`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                let engine = try await workspace.bareEngine("store.db")
                group.addTask { try await Schema.migrate(engine, path: "store.db") }
            }
            try await group.waitForAll()
        }
        let engine = try await workspace.engine()
        #expect(try await number(engine, "SELECT count(*) FROM schema_version") == 1)
    }

    @Test(arguments: [
        ("INSERT INTO schema_version VALUES (99, ?1)", "STORE-004"),
        ("UPDATE schema_version SET fingerprint = ?1", "STORE-005"),
        ("DROP TABLE schema_version", "STORE-003"),
    ])
    func `tables that are not this program's are refused`(
        change: String, code: String
    ) async throws {
        let engine = try await workspace.engine()
        let values: [SQLValue] = change.contains("?1") ? [.blob([0])] : []
        try await engine.write { _ = try $0.execute(change, values) }
        let error = await #expect(throws: StoreError.self) {
            try await Schema.migrate(engine, path: "store.db")
        }
        #expect(error?.code == code)
    }

    @Test func `a database without tables is empty, and no longer when it is migrated`()
        async throws
    {
        let bare = try await workspace.bareEngine("store.db")
        #expect(try await Schema.isEmpty(bare))
        #expect(try await Schema.isEmpty(try await workspace.engine()) == false)
    }
}
