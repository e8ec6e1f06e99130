import Foundation
import TestSupport
import Testing

/// Where a store is looked for, made, left alone and refused.
struct StoreTests {
    static let queries = [
        "loans list", "loans show A1", "eod status", "recon status", "breaks list",
        "breaks show 0123456789abcdef", "limits", "settlement show", "ledger trial-balance",
        "ledger entries", "verify", "verify --digest",
        "files export --partner harbor --date 2026-01-01",
    ]
    static let writersOfWhatIsThere = [
        "fund", "repayments import -", "recon run", "files deliver",
        "eod --date 2026-01-02",
    ]

    private static let repayments = "payment_id,loan_id,amount,currency,paid_at\n"

    @Test(arguments: queries + writersOfWhatIsThere)
    func `a store that is not there is not made by asking`(command: String) async throws {
        let books = try await Books.new()
        for option in ["", " --dry-run"] {
            let outcome = try await books.colend(command + option, input: Self.repayments)
            #expect(outcome.exit == 74)
            #expect(outcome.codes == ["IO-003"], "\(outcome.errors)")
            #expect(outcome.errors.contains("no store at colend.db"))
            #expect(outcome.output == "")
        }
        #expect(books.folder.files().keys.allSatisfy { $0.hasPrefix("Config/") })
    }

    @Test(arguments: queries.filter { !$0.contains("show ") && !$0.contains("export") })
    func `a query answers and changes nothing`(command: String) async throws {
        let books = try await Books.withLoans()
        let before = try await books.digest()
        let outcome = try await books.colend(command)
        #expect(outcome.exit == 0, "\(outcome.errors)")
        #expect(outcome.errors == "")
        #expect(try await books.digest() == before)
    }

    @Test(arguments: [
        "loans show X9", "breaks show x", "files export --partner harbor --date 2026-01-01",
    ])
    func `what is not in the store is said with a way to find it`(command: String) async throws {
        let outcome = try await Books.withLoans().colend(command)
        #expect(outcome.exit == 1)
        #expect(outcome.codes == ["QUERY-001"])
    }

    @Test func `the first date closed makes the store`() async throws {
        let books = try await Books.new()
        let outcome = try await books.colend("eod --date 2026-01-01")
        #expect([0, 2].contains(outcome.exit), "\(outcome.errors)")
        let status: Object = try await books.colend("eod status").json()
        #expect(status["lastClosed"] as? String == "2026-01-01")
        #expect(status["open"] as? String == "2026-01-02")
    }

    @Test func `a date after an open one is not closed`() async throws {
        let outcome = try await Books.withLoans().colend("eod --date 2026-01-02")
        #expect(outcome.exit == 1)
        #expect(outcome.codes == ["CLOSE-001"])
    }

    @Test(arguments: [
        ("sqlite:absent/books.db", "STORE-001"), ("sqlite:Config", "STORE-001"),
        ("sqlite:Config/platform.yaml", "STORE-002"),
    ])
    func `a place that can hold no store is an input and output fault`(
        store: String, code: String
    ) async throws {
        let books = try await Books.new()
        let outcome = try await books.colend(
            ["loans", "import", "-", "--store", store], input: Books.loans)
        #expect(outcome.exit == 74)
        #expect(outcome.codes == [code], "\(outcome.errors)")
    }

    @Test func `options come before variables, variables before defaults`() async throws {
        let books = try await Books.withLoans()
        let moved = books.folder.path("books.db")
        try FileManager.default.moveItem(atPath: books.folder.path("colend.db"), toPath: moved)
        let elsewhere = ["COLEND_STORE": "sqlite:\(moved)"]
        #expect(try await books.colend(["loans", "list"]).exit == 74)
        #expect(try await books.colend(["loans", "list"], environment: elsewhere).exit == 0)
        let refused = try await books.colend(
            ["loans", "list", "--store", "sqlite:colend.db"], environment: elsewhere)
        #expect(refused.exit == 74)
        let unset = try await books.colend(["loans", "list"], environment: ["COLEND_STORE": ""])
        #expect(unset.exit == 74)
    }

    @Test func `the loan list says when it stops early`() async throws {
        let books = try await Books.withLoans()
        let outcome = try await books.colend("loans list --limit 2")
        #expect(try outcome.json(as: [Object].self).map { $0["loan"] as? String } == ["A1", "A2"])
        #expect(outcome.errors == "more loans follow: --after A2, or a larger --limit\n")
        #expect(try await books.colend("loans list --limit 2 --quiet").errors == "")
        let rest = try await books.colend("loans list --limit 2 --after A2")
        #expect(try rest.json(as: [Object].self).count == 1)
        #expect(rest.errors == "")
    }
}
