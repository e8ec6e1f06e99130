import BusinessCalendar
import LendingRules
import Operations
import Portfolio
import TestSupport
import Testing

/// A loan that is over is left alone by every later close, and `verify` agrees on each date.
struct FinishedLoanTests {
    /// 1,000.00 from 2026-01-01 on, due 02-01, 03-01 and 04-01; over on 01-05.
    @Test(arguments: [
        "charge-off scope=full", "cancelled charge=none", "cancelled charge=interest",
        "payout-failed", "payout-returned",
    ])
    func `verify agrees after every due date of a loan that is over`(end: String) async throws {
        let house = try await Self.house()
        let words = end.split(separator: " ", maxSplits: 1).map(String.init)
        try await house.take(
            FactFile.line(
                "X1", words[0], words.count > 1 ? words[1] : "", valueDate: "2026-01-05",
                at: "2026-01-05T10:00:00Z"))
        for date in ["2026-01-05", "2026-02-01", "2026-02-02", "2026-03-01", "2026-04-02"] {
            try await house.close(through: date)
            let divergence = try await house.verify.run()
            #expect(divergence == nil, "\(date): \(divergence?.sentence ?? "")")
        }
    }

    @Test func `cash recovered between due dates is seen, and the loan is over again`()
        async throws
    {
        let house = try await Self.house()
        try await house.take(
            FactFile.line(
                "X1", "charge-off", "scope=full", valueDate: "2026-01-05",
                at: "2026-01-05T10:00:00Z"))
        try await house.close(through: "2026-02-09")
        try await house.take(
            FactFile.line(
                "R1", "recovery", "currency=USD amount=50.00", valueDate: "2026-02-10",
                at: "2026-02-10T10:00:00Z"))
        try await house.close(through: "2026-03-02")
        #expect(try await house.verify.run() == nil)
        #expect(house.store.world.anchors.values.map(\.isLive) == [false])
    }

    /// L1 disbursed on 2026-01-01, 2026-01-05 open.
    private static func house() async throws -> TestHouse {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1", firstDueOn: "2026-02-01"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-01-04")
        return house
    }
}
