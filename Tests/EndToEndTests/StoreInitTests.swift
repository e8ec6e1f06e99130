import Foundation
import TestSupport
import Testing

/// `store init`: the tables are made once, where nothing is yet.
struct StoreInitTests {
    @Test(arguments: [false, true])
    func `an empty store gets its tables once`(isOnServer: Bool) async throws {
        let folder = try TemporaryFolder()
        let url =
            isOnServer
            ? try await PostgresCluster.shared().makeSchema() : "sqlite:\(folder.path("b.db"))"
        let rehearsed = try await run(url, "--dry-run")
        #expect(rehearsed["made"] as? Bool == true && rehearsed["dryRun"] as? Bool == true)
        let absent = try await Colend.run(["verify", "--digest", "--store", url], in: folder)
        // There is no configuration here either, and that comes first.
        #expect(absent.exit == 78)
        #expect(folder.files().isEmpty)
        let made = try await run(url)
        #expect(made["made"] as? Bool == true)
        #expect(made["schemaVersion"] as? Int == 1)
        #expect(
            (made["engine"] as? String)?.hasPrefix(isOnServer ? "PostgreSQL 1" : "SQLite 3") == true
        )
        #expect(made["layout"] as? String == "one node")
        let tables = try #require(made["tables"] as? [String: Int])
        #expect(tables.values.allSatisfy { $0 > 0 } && tables.count == 4)
        for option in ["", "--dry-run"] {
            #expect(try await run(url, option)["made"] as? Bool == false)
        }
        let shown = try await Colend.run(["store", "init", "--store", url, "--output", "table"])
        #expect(shown.output.contains("the tables of version 1 are there"))
    }

    @Test func `what was made is worked with`() async throws {
        let books = try await Books.new()
        #expect(try await books.colend("store init").exit == 0)
        #expect(try await books.colend("verify").exit == 0)
        #expect(try await books.colend("loans import -", input: Books.loans).exit == 0)
        #expect(try await books.colend("store init").exit == 0)
        #expect(try await books.colend("verify").exit == 0)
    }

    @Test func `a database with the extension is told to spread the tables`() async throws {
        let cluster = try await PostgresCluster.shared()
        let url = try await CitusStandIn.makeDatabase(on: cluster)
        let rehearsed = try await run(url, "--dry-run")
        #expect(rehearsed["layout"] as? String == "one node of several")
        let made = try await run(url)
        #expect(made["layout"] as? String == "by shard")
        #expect(made["distributed"] as? Int == rehearsed["distributed"] as? Int)
        #expect(made["distributed"] as? Int ?? 0 > 10)
        #expect(try await run(url)["distributed"] as? Int == 0)
        let books = try await Books.new()
        let store = ["COLEND_STORE": url]
        for (command, input) in [("loans import -", Books.loans), ("eod --date 2026-01-01", "")] {
            let outcome = try await books.colend(
                command.split(separator: " ").map(String.init), input: input, environment: store)
            #expect([0, 2].contains(outcome.exit), "\(outcome.errors)")
        }
        #expect(try await books.colend(["verify"], environment: store).exit == 0)
    }

    @Test func `tables with rows on one node of several are refused`() async throws {
        let books = try await Books.new()
        let store = [
            "COLEND_STORE": try await CitusStandIn.makeDatabase(on: PostgresCluster.shared())
        ]
        let imported = try await books.colend(
            ["loans", "import", "-"], input: Books.loans, environment: store)
        #expect(imported.exit == 0, "\(imported.errors)")
        let refused = try await books.colend(["store", "init"], environment: store)
        #expect(refused.exit == 1)
        #expect(refused.codes == ["STORE-035"], "\(refused.errors)")
    }

    @Test func `a role without the right to make tables is told so`() async throws {
        let cluster = try await PostgresCluster.shared()
        let url = try await cluster.makeSchema()
        let role = PostgresCluster.newName()
        try await cluster.execute("CREATE ROLE \(role) LOGIN PASSWORD 'weak'")
        let theirs = url.replacing("user=colend", with: "user=\(role)")
        try #require(theirs != url || cluster.directory == nil)
        guard cluster.directory != nil else { return }
        let refused = try await Colend.run("store", "init", "--store", theirs)
        #expect(refused.exit == 74)
        #expect(refused.codes == ["STORE-001"], "\(refused.errors)")
    }

    private func run(_ url: String, _ option: String = "") async throws -> Object {
        let outcome = try await Colend.run(
            ["store", "init", "--store", url] + (option.isEmpty ? [] : [option]))
        try #require(outcome.exit == 0, "\(outcome.errors)")
        return try outcome.json()
    }
}
