import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Loans paid out over a payment channel: one key for life, whatever happens on the way.
struct PayoutTests {
    private let loan = LoanID("L1")

    private func house(_ fates: [String: TestChannel.Fate] = [:]) async throws -> TestHouse {
        let house = try TestHouse(channel: TestChannel())
        house.channel?.change { $0.fates = fates }
        try await house.book(LoanFile.row("L1"))
        return house
    }

    /// Closes the open date; the channel lives by the same calendar.
    private func nextDay(_ house: TestHouse) async throws {
        _ = try await house.closeDay().run(house.store.world.open)
        house.channel?.change { $0.date = house.store.world.open }
    }

    @Test func `a loan is disbursed when the channel confirms`() async throws {
        let house = try await house()
        let report = try await house.fund().run()
        #expect(report.disbursed == 1 && report.payouts.sent == 1 && report.payouts.paid == 1)
        #expect(report.isSettled)
        let world = house.store.world
        #expect(world.loans[loan]?.state == .disbursed)
        #expect(world.payouts[loan]?.state == .disbursed)
        #expect(world.payoutAnswers[loan] == "PO-L1")
        #expect(world.facts[loan]?.map(\.kind) == [.disbursed])
        #expect(world.requests.values.allSatisfy { $0.state == .confirmed })
        #expect(world.ledgerRows.isEmpty, "the commitments are released")
        #expect(house.channel?.now.calls == ["pay L1.payout 1"])
    }

    @Test func `a payout that is left open is told with what its last exchange showed`()
        async throws
    {
        let down = try await house()
        down.channel?.change { $0.isDown = true }
        let unsent = try await down.fund().run().payouts.open
        #expect(unsent.map(\.key) == ["L1.payout"])
        #expect(unsent.map(\.state) == [.planned] && unsent.map(\.reason) == ["refused"])
        let silent = try await house(["L1.payout 1": .lost])
        silent.channel?.change { $0.silence["L1.payout"] = 100 }
        let doubts = try await silent.fund().run().payouts.open
        #expect(doubts.map(\.state) == [.inDoubt] && doubts.map(\.reason) == ["silence"])
    }

    @Test func `nothing is paid out while a share is open, and nothing of a declined loan`()
        async throws
    {
        let house = try TestHouse(channel: TestChannel())
        house.banks.change {
            $0.fates = ["L1.harbor.1": .pending, "L2.meridian.1": .refused]
        }
        try await house.book(
            LoanFile.row("L1"), LoanFile.row("L2", product: "equal-principal-loan"))
        let report = try await house.fund().run()
        #expect(report.declined == 1 && report.disbursed == 0)
        #expect(house.channel?.now.calls == [])
        #expect(house.store.world.payouts.isEmpty)
    }

    @Test func `a failed payout is tried again on a later date under the same key`() async throws {
        let house = try await house(["L1.payout 1": .failed])
        let report = try await house.fund().run()
        #expect(report.payouts.failed == 1 && report.isSettled)
        #expect(house.store.world.loans[loan]?.state == .payoutFailed)
        #expect(house.store.world.requests["L1.harbor.1"]?.state == .accepted)
        _ = try await house.fund().run()
        #expect(house.channel?.now.calls == ["pay L1.payout 1"], "not again on the same date")
        try await nextDay(house)
        #expect(try await house.fund().run().disbursed == 1)
        #expect(house.channel?.now.calls == ["pay L1.payout 1", "pay L1.payout 2"])
        #expect(house.store.world.loans[loan]?.disbursedOn == house.store.world.open)
        #expect(try await house.verify.run() == nil)
    }

    @Test func `after its last try every share is reversed and the loan ends payout-failed`()
        async throws
    {
        let house = try await house([
            "L1.payout 1": .failed, "L1.payout 2": .failed, "L1.payout 3": .failed,
        ])
        for _ in 0..<3 {
            _ = try await house.fund().run()
            try await nextDay(house)
        }
        let world = house.store.world
        #expect(world.payouts[loan]?.state == .abandoned)
        #expect(world.loans[loan]?.state == .payoutFailed)
        #expect(world.requests["L1.harbor.1"]?.state == .reversed)
        #expect(house.banks.count("reverse L1.harbor.1") == 1)
        #expect(world.facts[loan] == nil)
        let promised = world.ledgerRows.filter { $0.posting.account == .commitments }
        #expect(promised.map(\.posting.amount) == [70_000, -70_000], "and released")
        #expect(try await house.fund().run() == FundingReport())
        #expect(house.channel?.now.calls.count == 3)
        #expect(try await house.verify.run() == nil)
    }

    @Test func `in doubt reverses nothing, and is asked again at the close and the next run`()
        async throws
    {
        let house = try await house(["L1.payout 1": .answerLost(isPaid: false)])
        house.channel?.change { $0.silence["L1.payout"] = 7 }
        let report = try await house.fund().run()
        #expect(report.payouts.open.map(\.key) == ["L1.payout"])
        #expect(house.store.world.loans[loan]?.state == .payoutInDoubt)
        let closed = try await house.closeDay().run(World.firstDate)
        #expect(closed.funding.payouts.open.map(\.state) == [.inDoubt])
        #expect(house.store.world.requests["L1.harbor.1"]?.state == .accepted)
        #expect(house.banks.count("reverse L1.harbor.1") == 0)
        let next = try await house.fund().run()
        #expect(next.payouts.doubtsResolved == 1)
        // The first date's try failed; on the second date the next may go out.
        #expect(next.disbursed == 1)
        let calls = house.channel?.now.calls ?? []
        #expect(calls.count { $0 == "ask L1.payout 1" } == 8)
        #expect(calls.suffix(1) == ["pay L1.payout 2"])
    }

    @Test func `a payout learned late counts from the date on which the channel paid`()
        async throws
    {
        let house = try await house(["L1.payout 1": .answerLost(isPaid: true)])
        house.channel?.change { $0.silence["L1.payout"] = 3 }
        _ = try await house.fund().run()
        try await nextDay(house)
        #expect(house.store.world.payouts[loan]?.state == .confirmed, "the close has asked")
        #expect(house.store.world.facts[loan] == nil, "and concluded nothing")
        #expect(try await house.fund().run().disbursed == 1)
        let fact = try #require(house.store.world.facts[loan]?.first)
        #expect(fact.valueDate == World.firstDate)
        #expect(fact.bookingDate == World.firstDate.adding(days: 1))
        try await nextDay(house)
        #expect(try await house.verify.run() == nil)
        #expect(house.channel?.paid == ["L1.payout"])
    }

    @Test func `never seen after the settling time lets the same try be sent again`() async throws {
        let house = try await house(["L1.payout 1": .lost])
        #expect(try await house.fund().run().disbursed == 1)
        #expect(house.clock.pauses == [10_000_000])
        #expect(
            house.channel?.now.calls == [
                "pay L1.payout 1", "ask L1.payout 1", "ask L1.payout 1", "pay L1.payout 1",
            ])
    }

    @Test func `a channel that is down holds its payouts back and nothing else`() async throws {
        let house = try await house()
        house.channel?.change { $0.isDown = true }
        let report = try await house.fund().run()
        #expect(report.accepted == 1 && report.payouts.isDown)
        #expect(report.payouts.open.map(\.state) == [.planned])
        #expect(house.store.world.loans[loan]?.state == .payingOut)
        house.channel?.change { $0.isDown = false }
        #expect(try await house.fund().run().disbursed == 1)
    }

    @Test func `what was not sent until no schedule exists any more is given up`() async throws {
        let house = try TestHouse(channel: TestChannel())
        house.channel?.change { $0.isDown = true }
        try await house.book(LoanFile.row("L1", firstDueOn: "2026-01-02"))
        _ = try await house.fund().run()
        try await nextDay(house)
        house.channel?.change { $0.isDown = false }
        let report = try await house.fund().run()
        #expect(report.payouts.abandoned == 1 && report.payouts.sent == 0)
        #expect(house.store.world.requests["L1.harbor.1"]?.state == .reversed)
        #expect(try await house.verify.run() == nil)
    }

    @Test func `without a channel a loan is disbursed at once`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1"))
        #expect(try await house.fund().run().disbursed == 1)
        #expect(house.store.world.payouts.isEmpty)
    }
}
