import Foundation
import TestSupport
import Testing

/// A real bank sells its share of a loan into a pool: both sides book the same, and after the
/// settlement date the vehicle has what the bank had.
struct PoolSellerTests {
    private let house: HarborBooks

    init() async throws {
        house = try await HarborBooks()
        try house.books.write(party: "vehicle", kind: "spv")
        try house.books.write(pool: PoolHouse.plain.replacing("[platform]", with: "[harbor]"))
    }

    /// 700.00 and a month's interest at 10 %, 5.83, are sold at par. Of 87.92 that falls due harbor
    /// has 61.54.
    @Test(arguments: [
        ("87.92", ["2026-02-03 -61.54"]), ("50.00", ["2026-02-03 -35.00"]),
        ("1010.00", ["2026-02-03 -61.54"]), ("", []),
    ])
    func `harbor sells its share, passes on what it collected and has no more of it`(
        paid: String, passed: [String]
    ) async throws {
        let bank = try await house.lend()
        defer { bank.signal(SIGKILL) }
        try await house.close("2026-01-01 --until 2026-01-31")
        _ = try await house.object("pools select spring --keep")
        if !paid.isEmpty { try await house.pay("P1", paid, on: "2026-02-01") }
        let sale = try await house.object("pools sell spring")
        #expect((sale["sellers"] as? [Object])?.first?["price"] as? String == "705.83")
        try await house.close("2026-02-01 --until 2026-02-28")
        try await house.pay("P2", "60.00", on: "2026-03-01")
        try await house.close("2026-03-01 --until 2026-03-12")
        #expect(try await house.lines(of: "pool-sales", "harbor") == ["2026-02-03 705.83"])
        #expect(try await house.lines(of: "pool-collections", "harbor") == passed)
        let before = try await house.lines(of: "repayments", "harbor")
        #expect(before.allSatisfy { $0 < "2026-02-04" }, "\(before)")
        #expect(try await house.lines(of: "repayments", "vehicle").isEmpty == false)
        try await house.holdNothingIsOpen()
    }

    @Test func `what harbor passes on wrongly is found and named`() async throws {
        let bank = try await house.lend(
            conduct: "faults: {files: [{kind: cent-off, file: transfers.csv, probability: 1}]}")
        defer { bank.signal(SIGKILL) }
        try await house.close("2026-01-01 --until 2026-01-31")
        _ = try await house.object("pools select spring --keep")
        try await house.pay("P1", "87.92", on: "2026-02-01")
        _ = try await house.object("pools sell spring")
        try await house.close("2026-02-01 --until 2026-02-05")
        let breaks = try await house.breaks()
        #expect(breaks.contains { $0["file"] as? String == "transfers" }, "\(breaks)")
        #expect(breaks.allSatisfy { $0["cause"] as? String != "unknown" }, "\(breaks)")
    }
}
