import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// Shares that their banks will not take back: claimed, told as breaks, collected or let go.
struct FundingClaimTests {
    /// A loan that was declined while harbor had paid its share out.
    private static func house(
        crashPoint: @escaping @Sendable (CrashPoint) -> Void = { _ in }
    ) async throws -> TestHouse {
        let house = try RerouteHouse.house(fallback: [], crashPoint: crashPoint)
        house.banks.change {
            $0.fates["L1.meridian.1"] = .refused
            $0.reversalsRefused = ["L1.harbor.1"]
        }
        try await house.book(LoanFile.row("L1", product: "contested"))
        _ = try await house.fund().run()
        return house
    }

    private static func claim(in house: TestHouse) throws -> KeptBreak {
        let breaks = house.store.world.breaks.values.filter { $0.kind == .funding }
        #expect(breaks.count == 1)
        return try #require(breaks.first)
    }

    private static func ledger(_ house: TestHouse) -> [String] {
        house.store.world.ledgerRows.filter { $0.kind != .commitment }.map { row in
            let other = row.posting.counterparty.map { " \($0)" } ?? ""
            return "\(row.posting.book) \(row.posting.account)\(other) \(row.posting.amount)"
        }.sorted()
    }

    private static func accept(_ acceptance: Acceptance, in house: TestHouse) async throws {
        let desk = BreakDesk(store: house.store, surroundings: house.surroundings)
        let (ann, ben) = (try Person("ann"), try Person("ben"))
        try await desk.apply(
            try desk.propose(try claim(in: house), acceptance, note: "", by: ann))
        try await desk.apply(try desk.approve(try claim(in: house), note: "", by: ben))
    }

    @Test func `a refused reversal books a claim and opens a break, once`() async throws {
        let house = try await Self.house()
        let kept = try Self.claim(in: house)
        #expect(kept.party == TestTerms.harbor && kept.loan == "L1" && kept.state == .open)
        #expect(kept.key == ["L1.harbor.1"])
        #expect(kept.sentence.contains("500.00"))
        #expect(
            Self.ledger(house) == [
                "harbor 1190 50000", "harbor 1320 platform -50000", "platform 1190 -50000",
                "platform 1320 harbor 50000",
            ])
        let before = house.store.world
        _ = try await house.fund().run()
        _ = try await house.fund().askAll()
        #expect(house.store.world.difference(from: before) == nil)
        #expect(try await house.verify.run() == nil)
    }

    @Test func `it is reported until people have settled it`() async throws {
        let house = try await Self.house()
        #expect(try await house.fund().run().open.map(\.state) == [.reversalRefused])
        try await Self.accept(.ours, in: house)
        #expect(try await house.fund().run().open.isEmpty)
    }

    @Test func `what is accepted as the bank's figure is collected by the next settlement`()
        async throws
    {
        let house = try await Self.house()
        try await Self.accept(.theirs, in: house)
        try await house.close(through: "2026-01-01")
        let obligations = house.store.world.obligations[World.firstDate] ?? []
        #expect(obligations.map(\.type) == [.breakCorrections])
        #expect(obligations.map(\.amount) == [-500_00], "harbor pays what it says it funded")
        #expect(try await house.verify.run() == nil)
    }

    @Test func `what is accepted as ours is let go, and nothing is settled`() async throws {
        let house = try await Self.house()
        try await Self.accept(.ours, in: house)
        #expect(Self.ledger(house).isEmpty)
        try await house.close(through: "2026-01-01")
        #expect(house.store.world.obligations[World.firstDate]?.isEmpty ?? true)
        #expect(try await house.verify.run() == nil)
    }

    @Test(arguments: [nil, Acceptance.theirs])
    func `a bank that takes the share back after all heals the break`(accepted: Acceptance?)
        async throws
    {
        let house = try await Self.house()
        if let accepted { try await Self.accept(accepted, in: house) }
        house.store.write { world in
            world.requests["L1.harbor.1"] = world.requests["L1.harbor.1"]?.with(.reversed)
        }
        #expect(try await house.fund().run().open.isEmpty)
        let kept = try Self.claim(in: house)
        #expect(kept.state == .resolved)
        #expect(kept.lifecycle.resolution == (accepted == nil ? .healed : .booked))
        #expect(Self.ledger(house).isEmpty)
        #expect(try await house.verify.run() == nil)
        house.store.write { world in
            world.requests["L1.harbor.1"] = world.requests["L1.harbor.1"]?.with(.reversalRefused)
        }
        _ = try await house.fund().run()
        #expect(try Self.claim(in: house).state.isOpen, "it is refused once more")
        #expect(Self.ledger(house).count == 4)
    }

    @Test func `reconciling files of the same date leaves the break alone`() async throws {
        let house = try await Self.house()
        try await house.close(through: "2026-01-01")
        for date in 2...4 {
            _ = try await house.deliver.run(through: World.firstDate)
            _ = try await house.reconcile.run(
                openDate: World.firstDate.adding(days: date), again: true)
        }
        #expect(try Self.claim(in: house).state == .open)
        #expect(Self.ledger(house).count == 4)
    }

    @Test func `verify notices a claim about what was never asked`() async throws {
        for change in [
            { $0.requests["L1.harbor.1"] = $0.requests["L1.harbor.1"]?.with(.refused) },
            { $0.requests["L1.harbor.1"] = nil },
        ] as [@Sendable (inout World) -> Void] {
            let house = try await Self.house()
            #expect(try await house.verify.run() == nil)
            house.store.write { change(&$0) }
            #expect(try await house.verify.run()?.law == .breaks)
        }
    }
}
