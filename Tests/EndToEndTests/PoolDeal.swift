import Foundation
import TestSupport
import Testing

/// The pool of ``PoolTests`` in a house of its own, a command at a time.
struct PoolDeal {
    let books: Books

    /// Lent on 2026-01-01, nothing closed.
    static func new(_ pool: String = PoolTests.pool) async throws -> PoolDeal {
        let deal = PoolDeal(books: try await Books.new())
        let folder = deal.books.folder
        try folder.write(PoolTests.alone, to: "Config/agreements/harbor-70-30.yaml")
        try folder.write("party: vehicle\nname: V\nkind: spv\n", to: "Config/parties/vehicle.yaml")
        try folder.write(pool, to: "Config/pools/spring.yaml")
        try await deal.take("loans", Books.loans)
        try await deal.run("fund")
        return deal
    }

    /// Sold and settled on 02-03; 87.92 came for A1 on 02-01.
    static func settled(_ pool: String = PoolTests.pool) async throws -> PoolDeal {
        let deal = try await new(pool)
        try await deal.close("2026-01-01 --until 2026-01-31")
        try await deal.run("pools select spring --keep")
        try await deal.pay("P1", "A1", "87.92", "2026-02-01")
        try await deal.run("pools sell spring")
        try await deal.close("2026-02-01 --until 2026-02-03")
        return deal
    }

    func run(_ words: String) async throws {
        let outcome = try await books.colend(words)
        try #require(outcome.exit == 0, "\(words): \(outcome.errors)")
    }

    func close(_ dates: String) async throws {
        let closed = try await books.colend("eod --date \(dates)")
        try #require([0, 2].contains(closed.exit), "\(closed.errors)")
    }

    /// Imports lines of loans, repayments or facts.
    func take(_ kind: String, _ lines: String) async throws {
        let taken = try await books.colend([kind, "import", "-"], input: lines)
        try #require(taken.exit == 0, "\(taken.errors)")
    }

    func pay(
        _ id: String, _ loan: String, _ amount: String, _ date: String, reverses: String = ""
    ) async throws {
        try await take(
            "repayments",
            "payment_id,loan_id,amount,currency,paid_at,channel,reverses\n"
                + "\(id),\(loan),\(amount),USD,\(date)T09:00:00Z,bank,\(reverses)\n")
    }

    func fact(
        _ id: String, _ kind: String, _ loan: String, _ date: String, _ more: [String: String]
    )
        async throws
    {
        let common = [
            "id": id, "kind": kind, "loan": loan, "valueDate": date, "at": "\(date)T10:00:00Z",
        ]
        try await take("facts", FactLines.json(common.merging(more) { $1 }) + "\n")
    }

    func object(_ words: String) async throws -> Object {
        let outcome = try await books.colend(words + " --output json")
        try #require(outcome.exit == 0, "\(words): \(outcome.errors)")
        return try outcome.json(as: Object.self)
    }

    /// The state of the pool in the list of all.
    func state() async throws -> String? {
        let outcome = try await books.colend("pools show --output json")
        return try outcome.json(as: [Object].self).first?["state"] as? String
    }

    func codes(_ words: String) async throws -> [String] {
        try await books.colend(words).codes
    }

    func verified() async throws {
        let verified = try await books.colend("verify")
        #expect(verified.exit == 0, "\(verified.output)")
    }
}
