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
        #expect(house.banks.now.calls.isEmpty)
    }

    @Test func `a doubt after the window ends with its deadline`() async throws {
        let house = try RerouteHouse.house(inDoubtDays: 3, keyWindowDays: 1)
        house.banks.change { $0.fates["L1.harbor.1"] = .lost }
        try await house.book(LoanFile.row("L1", product: "orphan"))
        _ = try await house.fund { $0.patienceSeconds = 0 }.run()
        house.silence("L1.harbor.1")
        try await house.close(through: "2026-01-03")
        house.silence("L1.harbor.1", for: 0)
        let report = try await house.fund().run()
        #expect((report.givenUp, report.disbursed) == (1, 1))
        #expect(house.states == ["L1.harbor.1 reversed", "L1.summit.2 confirmed"])
    }
}
