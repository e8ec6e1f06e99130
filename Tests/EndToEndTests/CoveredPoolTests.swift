import Testing

/// Cash that comes to a vehicle from others than borrowers pays its notes like any other.
struct CoveredPoolTests {
    private let house: PoolHouse

    /// A guarantor pays whoever has a loan that is 20 days past due.
    private static let sharing = """
        lossSharing:
          - {name: first-loss, provider: keystone, trigger: 20, way: invocation}

        """

    init() async throws {
        house = try await PoolHouse(layers: Self.sharing, guarantor: "keystone")
        try await house.sell()
    }

    /// The funds of the first payment date, which `verify` finds again.
    private func funds() async throws -> Object {
        let funds = try #require(try await house.object("pools pay spring")["funds"] as? Object)
        try await house.verified()
        return funds
    }

    /// A2 pays nothing: on 02-21 the vehicle gets its 2,500.00, and the claim stays.
    @Test func `what a cover pays for a loan of the pool is among the funds`() async throws {
        try await house.close("2026-02-01 --until 2026-02-28")
        let funds = try await funds()
        #expect(funds["recoveries"] as? String == "2500.00")
        #expect(funds["available"] as? String == "2587.92")
    }

    /// A2 is two days past due when the pool settles: the close that sells it has it paid for too.
    @Test(arguments: [("invocation", "3420.41"), ("compensation", "920.41")])
    func `what a layer pays on the settlement date is among the first funds`(
        way: String, closing: String
    ) async throws {
        let house = try await PoolHouse(
            layers: Self.sharing.replacing("20, way: invocation", with: "2, way: \(way)"),
            guarantor: "keystone")
        try await house.sell()
        try await house.close("2026-02-01 --until 2026-02-28")
        let report = try await house.object("pools pay spring")
        #expect((report["funds"] as? Object)?["available"] as? String == "2587.92", "\(report)")
        #expect((report["collateral"] as? Object)?["closing"] as? String == closing)
        try await house.verified()
    }

    @Test func `a share that goes back at half its claims brings half of them`() async throws {
        try await house.close("2026-02-01 --until 2026-02-09")
        try await house.fact(
            "O1", "buy-back", "A2", "2026-02-10",
            ["from": "vehicle", "to": "platform", "priceRatio": "50%"])
        try await house.close("2026-02-10 --until 2026-02-28")
        let lines = try #require(try await house.object("loans show A2")["factLines"] as? [Object])
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
