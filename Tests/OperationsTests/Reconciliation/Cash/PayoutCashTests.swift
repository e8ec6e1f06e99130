import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Payouts from the books to the account's statement, and back.
struct PayoutCashTests {
    private let out: (String, Int64) = ("PAYOUT L1.payout", -100_000)
    private let back: (String, Int64) = ("RETURN L1.payout", 100_000)

    /// L1 paid out over the channel on the first date, or left in doubt about it.
    private func cash(isInDoubt: Bool = false) async throws -> CashHouse {
        let cash = try CashHouse(channel: TestChannel())
        if isInDoubt {
            cash.house.channel?.change {
                $0.fates["L1.payout 1"] = .answerLost(isPaid: true)
                $0.silence["L1.payout"] = 6
            }
        }
        try await cash.house.book(LoanFile.row("L1"))
        _ = try await cash.house.fund().run()
        return cash
    }

    @Test func `a payout is in flight until the statement shows it`() async throws {
        let cash = try await cash()
        try await cash.close()
        #expect(cash.balance(.payoutInFlight) == -100_000)
        #expect(cash.balance(.cash) == 0)
        CashFiles(cash: [out]).offer(cash.house.exchange, on: World.firstDate)
        _ = try await cash.reconcile.run()
        #expect(cash.balance(.payoutInFlight) == 0)
        #expect(cash.balance(.cash) == -100_000)
        #expect(cash.breaks.isEmpty)
        #expect(try await cash.house.verify.run() == nil)
    }

    @Test func `a payout that no statement shows is in transit, then missing`() async throws {
        let cash = try await cash()
        try await cash.live([.none, .none, .none, .none])
        #expect(
            cash.breaks == ["2026-01-01 cash ours-only PAYOUT L1.payout not-on-statement open"])
    }

    @Test func `another amount, a second debit and a strange key are told`() async throws {
        let cash = try await cash()
        try await cash.live([
            CashFiles(cash: [("PAYOUT L1.payout", -100_001), ("PAYOUT L9.payout", -5)]),
            CashFiles(cash: [out]),
        ])
        #expect(
            cash.breaks == [
                "2026-01-01 cash amount PAYOUT L1.payout transfer-differs open",
                "2026-01-01 cash theirs-only BK-PAYOUT L9.payout unknown-receipt open",
                "2026-01-02 cash theirs-only BK-PAYOUT L1.payout unknown-receipt open",
            ])
        #expect(try await cash.house.verify.run() == nil)
    }

    @Test func `money that left before the books knew is known all the same`() async throws {
        let cash = try await cash(isInDoubt: true)
        try await cash.live([CashFiles(cash: [out])])
        #expect(cash.breaks.isEmpty)
        #expect(cash.balance(.payoutInFlight) == 100_000, "paid, and not disbursed yet")
        _ = try await cash.house.fund().run()
        try await cash.live([.none])
        #expect(cash.balance(.payoutInFlight) == 0)
        #expect(cash.balance(.cash) == -100_000)
        #expect(cash.breaks.isEmpty)
        #expect(try await cash.house.verify.run() == nil)
    }

    @Test func `a return is a break until the fact is booked, then healed`() async throws {
        let cash = try await cash()
        try await cash.live([CashFiles(cash: [out]), .none, CashFiles(cash: [back])])
        #expect(
            cash.breaks == ["2026-01-03 cash theirs-only RETURN L1.payout payout-returned open"])
        #expect(cash.balance(.cash) == 0)
        #expect(cash.balance(.payoutInFlight) == -100_000, "owed to nobody yet")
        try await cash.house.take(
            FactFile.line(
                "X1", "payout-returned", valueDate: "2026-01-04", at: "2026-01-04T10:00:00Z"))
        try await cash.live([.none, .none])
        #expect(
            cash.breaks == [
                "2026-01-03 cash theirs-only RETURN L1.payout payout-returned resolved"
            ])
        #expect(cash.balance(.payoutInFlight) == 0 && cash.balance(.cash) == 0)
        #expect(cash.house.store.world.loans[LoanID("L1")]?.state == .payoutFailed)
        #expect(try await cash.house.verify.run() == nil)
    }

    @Test func `a return that was told before it came opens nothing`() async throws {
        let cash = try await cash()
        try await cash.live([CashFiles(cash: [out])])
        try await cash.house.take(
            FactFile.line(
                "X1", "payout-returned", valueDate: "2026-01-02", at: "2026-01-02T10:00:00Z"))
        try await cash.live([.none])
        #expect(cash.balance(.payoutInFlight) == 100_000, "on its way back")
        try await cash.live([CashFiles(cash: [back])])
        #expect(cash.breaks.isEmpty)
        #expect(cash.balance(.payoutInFlight) == 0 && cash.balance(.cash) == 0)
        #expect(try await cash.house.verify.run() == nil)
    }

    /// Reading the same statements again changes nothing.
    @Test func `a statement taken in twice is taken in once`() async throws {
        let cash = try await cash()
        try await cash.live([CashFiles(cash: [out]), .none, CashFiles(cash: [back])])
        let before = cash.house.store.world
        _ = try await cash.reconcile.run(again: true)
        #expect(cash.house.store.world.cashDifference(from: before) == nil)
    }
}
