import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Keys that a partner keeps for some dates only: after them nothing is sent and nothing proven.
struct KeyWindowTests {
    @Test func `inside the window a request that never arrived is sent again`() async throws {
        let house = try RerouteHouse.house(inDoubtDays: nil, keyWindowDays: 2)
        house.banks.change { $0.fates["L1.harbor.1"] = .lost }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund { $0.patienceSeconds = 0 }.run()
        try await house.close(through: "2026-01-02")
        house.clock.advance(60_000_000)
        #expect(try await house.fund().run().disbursed == 1)
        #expect(house.banks.count("send L1.harbor.1") == 2)
    }

    @Test func `after it a bank that knows no key proves nothing`() async throws {
        let house = try RerouteHouse.house(inDoubtDays: nil, keyWindowDays: 2)
        house.banks.change { $0.fates["L1.harbor.1"] = .lost }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund { $0.patienceSeconds = 0 }.run()
        house.silence("L1.harbor.1")
        try await house.close(through: "2026-01-03")
        house.silence("L1.harbor.1", for: 0)
        house.clock.advance(60_000_000)
        let report = try await house.fund().run()
        #expect(report.open.map(\.state) == [.inDoubt])
        #expect(house.banks.count("send L1.harbor.1") == 1)
        #expect(house.clock.pauses.isEmpty, "nobody waits for a proof that is none")
    }

    @Test func `after it what never left is not sent any more`() async throws {
        let house = try RerouteHouse.house(inDoubtDays: nil, keyWindowDays: 1)
        house.banks.change { $0.down = [TestTerms.harbor] }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-01-02")
        house.banks.change {
            $0.down = []
            $0.calls(keepingOnly: "none")
        }
        let report = try await house.fund().run()
        #expect(report.open.map(\.state) == [.planned])
        #expect(report.open.map(\.isExpired) == [true])
        #expect(
            report.open.map(\.reason) == [
                "its key window ended on 2026-01-02: "
                    + "`colend fund resolve L1.harbor.1 --outcome not-funded`"
            ])
        #expect(house.banks.now.calls.isEmpty)
    }

    /// Its bank executes harbor's share, drops the key and is asked to reverse it.
    private static func dropped(
        _ fate: TestBanks.Fate, fallback: [PartyID] = [TestTerms.summit]
    ) async throws -> TestHouse {
        let house = try RerouteHouse.house(fallback: fallback, inDoubtDays: 3, keyWindowDays: 1)
        house.banks.change {
            $0.keyWindowDays = 1
            $0.fates["L1.harbor.1"] = fate
            $0.fates["L1.meridian.1"] = .lost
            $0.silence = ["L1.harbor.1": 1_000, "L1.meridian.1": 1_000]
        }
        return house
    }

    private static func live(_ house: TestHouse, _ product: String) async throws -> FundingReport {
        try await house.book(LoanFile.row("L1", product: product))
        _ = try await house.fund { $0.patienceSeconds = 0 }.run()
        for date in ["2026-01-01", "2026-01-02", "2026-01-03"] {
            try await house.close(through: date)
            house.banks.change { $0.day += 1 }
        }
        house.banks.change { $0.silence = [:] }
        return try await house.fund().run()
    }

    @Test(arguments: [
        TestBanks.Fate.answerLost(TestBanks.accepted("L1.harbor.1")), .lost,
    ])
    func `a bank that knows a key no more proves nothing by reversing it`(fate: TestBanks.Fate)
        async throws
    {
        let house = try await Self.dropped(fate)
        let report = try await Self.live(house, "orphan")
        #expect((report.givenUp, report.disbursed, report.reversed) == (1, 1, 0))
        #expect(house.states == ["L1.harbor.1 reversal-in-doubt", "L1.summit.2 confirmed"])
        #expect(report.open.map(\.key) == ["L1.harbor.1"])
        #expect(report.open.first?.reason.contains("harbor has dropped the key") == true)
    }

    @Test(arguments: [
        (ResolutionOutcome.accepted, "L1.harbor.1 reversal-refused"),
        (.notFunded, "L1.harbor.1 reversed"),
    ])
    func `an acceptance that is reversed after the window waits for two persons`(
        outcome: ResolutionOutcome, end: String
    ) async throws {
        let house = try await Self.dropped(.accepted, fallback: [])
        let report = try await Self.live(house, "contested")
        #expect(report.declined == 1)
        #expect(house.states.first == "L1.harbor.1 reversal-in-doubt")
        let resolve = ResolveRequest(store: house.store, surroundings: house.surroundings)
        for name in ["ann", "ben"] {
            _ = try await resolve.run(
                "L1.harbor.1", outcome, reason: "its books", by: try Person(name))
        }
        #expect(house.states.first == end)
    }

    @Test func `inside the window a tombstone ends a doubt`() async throws {
        let house = try RerouteHouse.house(inDoubtDays: 1, keyWindowDays: 2)
        house.banks.change { $0.fates["L1.harbor.1"] = .lost }
        house.silence("L1.harbor.1")
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund { $0.patienceSeconds = 0 }.run()
        try await house.close(through: "2026-01-01")
        house.silence("L1.harbor.1", for: 3)
        let report = try await house.fund { $0.patienceSeconds = 0 }.run()
        #expect((report.givenUp, report.disbursed, report.reversed) == (1, 1, 1))
        #expect(house.states == ["L1.harbor.1 reversed", "L1.summit.2 confirmed"])
    }
}
