import PostgresEngine
import SQLStore
import TestSupport
import Testing

/// Tables spread over nodes, in a database with what stands in for the extension.
@Suite struct TableLayoutTests {
    private static let sharded = Set(
        Schema.tables.filter(\.tableClass.isSharded).map(\.name))
    private static let everywhere = Set(
        Schema.tables.filter { $0.tableClass == .reference }.map(\.name))

    @Test func `loans and keys are spread by shard, side by side, and terms are everywhere`()
        async throws
    {
        let engine = try await store()
        let before = try await Schema.layout(engine)
        #expect(before.isOffered && before.sharded.isEmpty && before.everywhere.isEmpty)
        let after = try await Schema.distribute(engine)
        #expect(after.sharded == Self.sharded && after.everywhere == Self.everywhere)
        #expect(after.missing == [])
        #expect(!Self.sharded.isEmpty && !Self.everywhere.isEmpty)
        let groups = "SELECT count(DISTINCT colocationid) FROM pg_dist_partition"
        #expect(try await number(engine, groups + " WHERE partmethod = 'h'") == 1)
        let keys = "SELECT count(*) FROM pg_dist_partition WHERE partkey = 'shard'"
        #expect(try await number(engine, keys) == Int64(Self.sharded.count))
        #expect(try await Schema.distribute(engine) == after)
    }

    @Test func `from two sides at once is once`() async throws {
        let engine = try await store()
        try await withThrowingTaskGroup(of: TableLayout.self) { group in
            for _ in 0..<4 { group.addTask { try await Schema.distribute(engine) } }
            for try await layout in group { #expect(layout.missing == []) }
        }
    }

    @Test func `what was spread in part is finished`() async throws {
        let engine = try await store()
        try await engine.write { connection in
            _ = try connection.execute(
                "SELECT create_distributed_table('loan', 'shard', colocate_with => 'none')")
        }
        #expect(try await Schema.distribute(engine).sharded == Self.sharded)
    }

    @Test func `tables with rows are left where they are`() async throws {
        let engine = try await store()
        try await engine.write { connection in
            _ = try connection.execute(Table.businessDay.insertion, [1, 0, .null])
        }
        let error = await storeError { _ = try await Schema.distribute(engine) }
        #expect(error == .notDistributed)
        #expect(error?.code == "STORE-035")
        #expect(try await Schema.layout(engine).sharded.isEmpty)
    }

    @Test(arguments: [
        ("CREATE UNIQUE INDEX x ON fact (loan)", "cannot create constraint on \"fact\""),
        (
            "ALTER TABLE payout ADD FOREIGN KEY (loan) REFERENCES cash_batch",
            "not colocated or not referencing"
        ),
        (
            "ALTER TABLE request_key ADD FOREIGN KEY (shard, loan) REFERENCES loan (shard, loan)",
            nil
        ),
        (
            "ALTER TABLE payout ADD FOREIGN KEY (amount, loan) REFERENCES loan (shard, loan)",
            "cannot create foreign key constraint"
        ),
        (
            "ALTER TABLE terms ADD FOREIGN KEY (version) REFERENCES cash_batch",
            "from reference tables and local tables"
        ),
    ])
    func `a schema that breaks the rules is refused as a whole`(
        change: String, words: String?
    ) async throws {
        let engine = try await store()
        try await engine.write { _ = try $0.execute(change) }
        let error = await storeError { _ = try await Schema.distribute(engine) }
        guard let words else {
            #expect(error == nil)
            return
        }
        #expect(error?.sentence.contains(words) == true, "\(error?.sentence ?? "nothing")")
        #expect(try await Schema.layout(engine).sharded.isEmpty)
    }

    @Test(.everyEngine) func `without the extension nothing is spread`() async throws {
        let workspace = try Workspace()
        let engine = try await workspace.engine()
        let layout = try await Schema.distribute(engine)
        #expect(!layout.isOffered && layout.missing.isEmpty)
    }

    private func store() async throws -> PostgresEngine {
        let url = try await CitusStandIn.makeDatabase(on: PostgresCluster.shared())
        let engine = try await PostgresEngine(
            try #require(PostgresAddress(url)), mostConnections: 2)
        try await Schema.migrate(engine, path: url)
        return engine
    }
}
