import TestSupport
import Testing

/// A house with a pool of its own, a command at a time.
///
/// The platform alone lends three loans on 2026-01-01: 1,000.00 at 10 % and 2,500.00 at 8.5 % sell,
/// 40,000.00 at 12.25 % is larger than the pool takes.
struct PoolHouse: BooksHouse {
    let books: Books

    /// What sells to the vehicle, and when; no notes.
    static let plain = """
        pool: spring
        cutOff: 2026-01-31
        settlesOn: 2026-02-03
        buyer: vehicle
        price: par-plus-accrued
        select:
          sellers: [platform]
          target: "10000.00"

        """

    /// The same with notes.
    static let pool =
        plain + """
            notes:
              tranches:
                - { name: senior, holder: fund, original: "2800.00", rate: 6 }
                - { name: equity, holder: platform, original: "700.00" }
              servicing: { payee: platform, rate: 1.2 }
              cleanUp: { buyer: platform, atMost: "99%" }
              payments: { first: 2026-03-15 }
              final: 2031-03-15
              residual: platform

            """

    /// The platform has all of a loan.
    static let alone = """
        agreement: harbor-70-30
        effectiveFrom: 2026-01-01
        currency: USD
        products: [instalment-loan]
        lenders:
          - {party: platform, share: "100%"}
        onRefusal: platform
        settlement: {lagDays: 1, calendar: US}

        """

    /// Lent on 2026-01-01, nothing closed; `layers` are added to the agreement.
    init(_ pool: String = PoolHouse.pool, layers: String = "", guarantor: String? = nil)
        async throws
    {
        books = try await Books.new()
        try books.folder.write(Self.alone + layers, to: "Config/agreements/harbor-70-30.yaml")
        try books.write(party: "vehicle", kind: "spv")
        if let guarantor { try books.write(party: guarantor, kind: "guarantor") }
        try books.write(pool: pool)
        try await take("loans", Books.loans)
        try await fund()
    }

    /// Sells on 02-01, to be settled on 02-03; 87.92 came for A1 that day.
    func sell() async throws {
        try await close("2026-01-01 --until 2026-01-31")
        try await run("pools select spring --keep")
        try await pay("P1", "A1", "87.92", "2026-02-01")
        try await run("pools sell spring")
    }

    /// Sells, and closes the settlement date.
    func settle() async throws {
        try await sell()
        try await close("2026-02-01 --until 2026-02-03")
    }

    func pay(
        _ id: String, _ loan: String, _ amount: String, _ date: String, reverses: String = ""
    ) async throws {
        try await take(
            "repayments",
            "payment_id,loan_id,amount,currency,paid_at,channel,reverses\n"
                + "\(id),\(loan),\(amount),USD,\(date)T09:00:00Z,bank,\(reverses)\n")
    }

    /// What a loan has cost the vehicle, or brought it above zero: date, kind and amount.
    func prices(of loan: String) async throws -> [String] {
        let lines = try #require(try await object("loans show \(loan)")["factLines"] as? [Object])
        return lines.filter { $0["lender"] as? String == "vehicle" }.map {
            "\($0["valueDate"] ?? "") \($0["kind"] ?? "") \($0["price"] ?? "")"
        }
    }

    /// The state of the pool in the list of all.
    func state() async throws -> String? {
        let outcome = try await books.colend("pools show --output json")
        return try outcome.json(as: [Object].self).first?["state"] as? String
    }
}

extension Books {
    /// Writes a pool into the configuration, under another name than `spring` where one is given.
    func write(pool: String, as name: String = "spring") throws {
        try folder.write(
            pool.replacing("pool: spring", with: "pool: \(name)"), to: "Config/pools/\(name).yaml")
    }
}
