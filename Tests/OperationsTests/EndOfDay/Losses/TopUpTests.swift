import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Reserves that closes fill up.
struct TopUpTests {
    /// Harbor's principal is 700.00; two loans are 31 days past due on 4 March, and L3, which paid
    /// its first instalment, on 1 April.
    private func house(_ topUp: CoverTopUp?, through last: String = "2026-04-01") async throws
        -> TestHouse
    {
        let house = try CoveredHouse.house([
            CoveredHouse.layer(.invocation, at: 31, amount: 1000_00, topUp: topUp)
        ])
        try await CoveredHouse.lending(["L1", "L2", "L3"], house)
        try await house.close(through: "2026-01-31")
        try await house.pay(PaymentFile.row("P1", "L3", "340.03", valueDate: "2026-02-01"))
        try await house.close(through: last)
        return house
    }

    private func lastDraw(_ house: TestHouse) -> KeptDraw? {
        house.store.world.lossDraws.first { $0.loan == LoanID("L3") }
    }

    @Test func `a reserve is full again before the date draws on it`() async throws {
        let house = try await house(CoverTopUp(every: .quarter))
        let world = house.store.world
        let draw = try #require(lastDraw(house))
        #expect(draw.date == SampleLoan.date("2026-04-01") && draw.shortfall == "")
        #expect(draw.paid == draw.asked && draw.paid.principal > 400_00)
        let figures = try #require(world.covers.last { $0.date == draw.date }?.figures)
        #expect(figures.toppedUp == 1000_00 && figures.unabsorbed == 400_00)
        #expect(figures.invoked == 1000_00 + draw.paid.principal)
        #expect(
            world.dues(of: CoveredHouse.keystone, on: "2026-04-01")
                == ["invocations -\(World.text(draw.paid.principal))"])
        #expect(try await house.verify.run() == nil)
    }

    @Test func `without a top-up nothing is left, with a limit so much`() async throws {
        let dry = try await house(nil)
        #expect(lastDraw(dry)?.paid.principal == 0 && lastDraw(dry)?.shortfall == "exhausted")
        let limited = try await house(CoverTopUp(every: .month, atMost: 90_00))
        #expect(lastDraw(limited)?.paid.principal == 90_00)
        #expect(try await limited.verify.run() == nil)
    }

    @Test func `a date on which nothing else happens keeps what is added, and nothing is due`()
        async throws
    {
        let house = try await house(CoverTopUp(every: .day), through: "2026-03-05")
        let last = try #require(house.store.world.covers.last)
        #expect(last.date == SampleLoan.date("2026-03-05") && last.figures.toppedUp == 1000_00)
        #expect(house.store.world.dues(of: CoveredHouse.keystone, on: "2026-03-05") == [])
        #expect(try await house.verify.run() == nil)
    }

    @Test func `verify names a top-up that is missing or another one`() async throws {
        let house = try await house(CoverTopUp(every: .day), through: "2026-03-05")
        let covers = house.store.world.covers
        let last = try #require(covers.last)
        house.store.write { _ = $0.covers.removeLast() }
        #expect(try await house.verify.run()?.law == .losses)
        let figures = CoverFigures(
            disbursed: last.figures.disbursed, matured: last.figures.matured,
            toppedUp: 999_99, invoked: last.figures.invoked, unabsorbed: last.figures.unabsorbed)
        house.store.write {
            $0.covers.append(KeptCover(cover: last.cover, date: last.date, figures: figures))
        }
        let found = try await house.verify.run()
        #expect(found?.law == .losses && found?.date == last.date)
        house.store.write { $0.covers = covers }
        #expect(try await house.verify.run() == nil)
    }
}
