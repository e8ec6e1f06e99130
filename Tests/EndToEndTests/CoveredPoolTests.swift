import Foundation
import TestSupport
import Testing

/// Cash that comes to a vehicle from others than borrowers pays its notes like any other.
struct CoveredPoolTests {
    private let books: Books

    /// A guarantor pays whoever has a loan that is 20 days past due.
    private static let sharing = """
        lossSharing:
          - {name: first-loss, provider: keystone, trigger: 20, way: invocation}

        """

    init() async throws {
        books = try await Books.new()
        try books.folder.write(
            PoolTests.alone + Self.sharing, to: "Config/agreements/harbor-70-30.yaml")
        for (party, kind) in [("vehicle", "spv"), ("keystone", "guarantor")] {
            try books.folder.write(
                "party: \(party)\nname: P\nkind: \(kind)\n", to: "Config/parties/\(party).yaml")
        }
        try books.folder.write(PoolTests.pool, to: "Config/pools/spring.yaml")
        let booked = try await books.colend(["loans", "import", "-"], input: Books.loans)
        try #require(booked.exit == 0, "\(booked.errors)")
        let funded = try await books.colend("fund")
        try #require(funded.exit == 0, "\(funded.errors)")
        try await close("2026-01-01 --until 2026-01-31")
        _ = try await json("pools select spring --keep")
        let paid = try await books.colend(
            ["repayments", "import", "-"],
            input: "payment_id,loan_id,amount,currency,paid_at,channel\n"
                + "P1,A1,87.92,USD,2026-02-01T09:00:00Z,bank\n")
        try #require(paid.exit == 0, "\(paid.errors)")
        _ = try await json("pools sell spring")
    }

    private func close(_ dates: String) async throws {
        let closed = try await books.colend("eod --date \(dates)")
        try #require([0, 2].contains(closed.exit), "\(closed.errors)")
    }

    private func json(_ words: String) async throws -> Object {
        let outcome = try await books.colend(words + " --output json")
        try #require(outcome.exit == 0, "\(words): \(outcome.errors)")
        return try outcome.json(as: Object.self)
    }

    /// The funds of the first payment date, which `verify` finds again.
    private func funds() async throws -> Object {
        let funds = try #require(try await json("pools pay spring")["funds"] as? Object)
        let verified = try await books.colend("verify")
        #expect(verified.exit == 0, "\(verified.output)")
        return funds
    }

    /// A2 pays nothing: on 02-21 the vehicle gets its 2,500.00, and the claim stays.
    @Test func `what a cover pays for a loan of the pool is among the funds`() async throws {
        try await close("2026-02-01 --until 2026-02-28")
        let funds = try await funds()
        #expect(funds["recoveries"] as? String == "2500.00")
        #expect(funds["available"] as? String == "2587.92")
    }

    @Test func `a share that goes back at half its claims brings half of them`() async throws {
        try await close("2026-02-01 --until 2026-02-09")
        let order = FactLines.json([
            "id": "O1", "kind": "buy-back", "loan": "A2", "valueDate": "2026-02-10",
            "at": "2026-02-10T10:00:00Z", "from": "vehicle", "to": "platform",
            "priceRatio": "50%",
        ])
        let taken = try await books.colend(["facts", "import", "-"], input: order + "\n")
        try #require(taken.exit == 0, "\(taken.errors)")
        try await close("2026-02-10 --until 2026-02-28")
        let lines = try #require(try await json("loans show A2")["factLines"] as? [Object])
        let price = try #require(
            lines.first {
                $0["kind"] as? String == "buy-back" && $0["lender"] as? String == "vehicle"
            }?["price"] as? String)
        let funds = try await funds()
        #expect(cents(funds["available"]) == 87_92 + cents(price))
        #expect(cents(price) > 1_200_00 && cents(price) < 1_300_00)
    }

    private func cents(_ text: Any?) -> Int {
        Int((text as? String ?? "").replacing(".", with: "")) ?? 0
    }
}
