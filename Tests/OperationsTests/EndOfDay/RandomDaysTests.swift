import BusinessCalendar
import LendingRules
import Operations
import Portfolio
import TestSupport
import Testing

/// Sixty random days end in the same books however they are cut, computed or interrupted.
struct RandomDaysTests {
    static let cases =
        (0..<2).map { RandomDays(seeded: SeededCase(number: $0)) } + [
            RandomDays(seeded: SeededCase(number: 2), isClassed: true)
        ]

    @Test(arguments: cases)
    func `every recomputation agrees with what was posted`(days: RandomDays) async throws {
        let house = try await Self.lived(days)
        let divergence = try await house.verify.run()
        #expect(divergence == nil, "\(days.seeded.repeatCommand("OperationsTests"))")
    }

    @Test func `these days hold everything that makes a close hard`() async throws {
        let days = RandomDays(seeded: SeededCase(seed: 20_260_101, number: 0))
        Self.expectEventful(try await Self.lived(days).store.world)
    }

    @Test(arguments: cases)
    func `the cut of the slices changes nothing`(days: RandomDays) async throws {
        let whole = try await Self.lived(days)
        let cut = try await Self.lived(days, MemoryStore(sliceWidth: 700))
        Self.expectSame(whole, cut, days)
    }

    @Test(arguments: cases)
    func `the kernel posts what positions post`(days: RandomDays) async throws {
        let whole = try await Self.lived(days)
        let scalar = try await Self.lived(days, MemoryStore(isEverythingTouched: true))
        Self.expectSame(whole, scalar, days)
    }

    @Test(arguments: cases)
    func `a kill on every day changes nothing`(days: RandomDays) async throws {
        let whole = try await Self.lived(days)
        var random = days.seeded.generator
        var (world, banks) = (World(), TestBanks.State())
        for number in 0..<RandomDays.days {
            let date = World.firstDate.adding(days: number)
            let points = try await Self.points(days, date, world, banks)
            let killed = random.pick(points)
            let house = try days.house(MemoryStore(killed.world), killed.banks)
            if killed.world.open == date { try await days.live(date, in: house) }
            _ = try await house.closeDay().run(date)
            (world, banks) = (house.store.world, house.banks.now)
        }
        Self.expectSame(whole, try days.house(MemoryStore(world)), days)
    }

    private static func lived(_ days: RandomDays, _ store: MemoryStore = MemoryStore())
        async throws -> TestHouse
    {
        let house = try days.house(store)
        for number in 0..<RandomDays.days {
            let date = World.firstDate.adding(days: number)
            try await days.live(date, in: house)
            _ = try await house.closeDay().run(date)
        }
        return house
    }

    /// What a kill at each crash point of a day would leave.
    private static func points(
        _ days: RandomDays, _ date: BusinessDate, _ world: World, _ banks: TestBanks.State
    ) async throws -> [Snapshots.Point] {
        let clock = TestClock()
        let snapshots = Snapshots(
            store: MemoryStore(world), banks: days.banks(banks, clock), clock: clock)
        let house = try snapshots.house(days.catalogue)
        try await days.live(date, in: house)
        _ = try await house.closeDay().run(date)
        return snapshots.points
    }

    private static func expectSame(_ one: TestHouse, _ other: TestHouse, _ days: RandomDays) {
        let difference = other.store.world.difference(from: one.store.world)
        #expect(difference == nil, "\(days.seeded.repeatCommand("OperationsTests"))")
    }

    private static func expectEventful(_ world: World) {
        let rows = world.distributions
        #expect(rows.contains { !$0.correctionOf.isEmpty })
        #expect(rows.contains { !$0.reverses.isEmpty })
        #expect(rows.contains { $0.components.penalty > 0 })
        #expect(rows.contains { $0.components.overduePrincipal > 0 })
        #expect(Dictionary(grouping: rows) { "\($0.line) \($0.lender)" }.contains { $1.count > 1 })
        #expect(world.loans.values.contains { $0.state == .declined })
        #expect(world.requests.values.contains { $0.state == .reversed })
        #expect(world.anchors.values.contains { !$0.isLive })
        #expect(world.anchors.values.contains { $0.isQuiet })
        #expect(world.facts.values.joined().contains { $0.valueDate < $0.bookingDate })
        Self.expectEventful(world.factLines, world.facts.values.flatMap { $0 })
    }

    /// Claims went by every route, some of them afterwards otherwise.
    private static func expectEventful(_ lines: [FactLine], _ facts: [LoanFact]) {
        // The shares of these loans are funded before their payout, and their lenders bear their
        // own losses: nothing passes between them.
        let kinds: [FactLine.Kind] = [.waiver, .chargeOff, .partialChargeOff, .recovery]
        for kind in kinds { #expect(lines.contains { $0.kind == kind }, "\(kind)") }
        #expect(lines.contains { !$0.corrects.isEmpty })
        #expect(lines.contains { $0.price != 0 && $0.kind == .waiver })
        #expect(facts.contains { $0.undoesLoan })
        #expect(
            facts.contains {
                if case .refund = $0.kind { true } else { false }
            })
    }
}
