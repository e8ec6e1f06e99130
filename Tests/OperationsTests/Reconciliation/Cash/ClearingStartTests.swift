import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// A clearing that comes later: what was before it is neither awaited nor missing.
struct ClearingStartTests {
    @Test func `dates before the clearing's first are not awaited`() async throws {
        let cash = try CashHouse(clearing: CashHouse.clearing(from: "2026-01-03"))
        for _ in 0..<6 {
            try await cash.close()
            _ = try await cash.reconcile.run()
        }
        let dates = cash.house.store.world.reconciled.keys.map(\.date)
        #expect(dates.min() == SampleLoan.date("2026-01-03"))
        #expect(cash.house.store.world.inTransit.min() == SampleLoan.date("2026-01-03"))
        #expect(!cash.breaks.contains { $0.hasPrefix("2026-01-02") })
    }

    @Test func `dates closed before a clearing was configured are not awaited`() async throws {
        let before = try TestHouse()
        try await before.close(through: "2026-01-04")
        let cash = try CashHouse(store: before.store)
        #expect(try await cash.reconcile.run().isEmpty)
        try await cash.close()
        let outcomes = try await cash.reconcile.run()
        #expect(Set(outcomes.map { "\($0.date)" }) == ["2026-01-05"])
        #expect(try await cash.reconcile.run(again: true).count == 2)
    }
}

extension CashHouse {
    /// The clearing from a later date on.
    static func clearing(from date: String) -> Clearing {
        Clearing(
            channel: channel, account: account, from: SampleLoan.date(date), fee: fee,
            transitDays: 1, lateDays: 3, filesDeadlineDays: 2)
    }
}
