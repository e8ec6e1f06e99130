import Foundation
import TestSupport
import Testing

/// Decisions about harbor's claims that turn out wrong: its bank books the difference too.
struct CorrectionBankTests {
    private let house: HarborBooks

    init() async throws { house = try await HarborBooks() }

    /// Of 50.00 harbor has 35.00, which the guarantor has not paid for until they are taken back:
    /// all but six cents of penalty and three of interest since the compensation, which harbor
    /// keeps; whether those are overdue its bank cannot know.
    @Test func `a payment taken back after a compensation has the guarantor pay the rest`()
        async throws
    {
        let bank = try await house.lend(HarborBooks.guarantee())
        defer { bank.signal(SIGKILL) }
        try await takeBack()
        let paid = try await house.lines(of: "compensations", "harbor")
        #expect(paid == ["2026-02-21 674.95", "2026-02-25 34.91"])
        try await holdOnlyCentsDiffer(except: ["compensations", "status-changes"])
        let held = try await house.breaks().map { $0["held"] as? String ?? "0.00" }
        #expect(held.allSatisfy { $0 == "0.00" }, "\(held)")
    }

    private func takeBack() async throws {
        try await house.close("2026-01-01 --until 2026-02-04")
        try await house.pay("P1", "50.00", on: "2026-02-05")
        try await house.close("2026-02-05 --until 2026-02-24")
        try await house.pay("RP1", "50.00", on: "2026-02-25", reverses: "P1")
        try await house.close("2026-02-25 --until 2026-03-09")
    }

    /// What is left over differs by cents at most, and every difference has a name.
    @Test func `a compensation that was too much goes back in part`() async throws {
        let bank = try await house.lend(HarborBooks.guarantee())
        defer { bank.signal(SIGKILL) }
        try await house.close("2026-01-01 --until 2026-02-24")
        try await house.take(
            "D1", "decision-correction", on: "2026-02-25",
            [
                "decision": "A1.guarantee.harbor.2026-02-21", "principal": "-100.00",
                "currency": "USD",
            ])
        try await house.close("2026-02-25 --until 2026-03-09")
        let paid = try await house.lines(of: "compensations", "harbor")
        #expect(paid == ["2026-02-21 709.86", "2026-02-25 -100.00"])
        try await holdOnlyCentsDiffer()
    }

    /// Whether the borrower is late is shared, whose claim is overdue is not.
    @Test func `of instalments that a guarantor has the bank tells the loan's days`() async throws {
        let bank = try await house.lend(HarborBooks.guarantee("    scope: instalment"))
        defer { bank.signal(SIGKILL) }
        try await house.close("2026-01-01 --until 2026-03-20")
        try await house.pay("P1", "100.00", on: "2026-03-21")
        try await house.close("2026-03-21 --until 2026-04-10")
        let breaks = try await house.breaks()
        let statuses = breaks.filter {
            $0["file"] as? String == "status-changes" || $0["kind"] as? String == "field"
        }
        #expect(statuses.isEmpty, "\(statuses)")
        #expect(try await house.lines(of: "compensations", "harbor").isEmpty == false)
        try await holdOnlyCentsDiffer()
    }

    private func holdOnlyCentsDiffer(
        except agreeing: Set<String> = ["compensations", "corrections", "status-changes"]
    ) async throws {
        let breaks = try await house.breaks()
        #expect(breaks.allSatisfy { $0["cause"] as? String != "unknown" }, "\(breaks)")
        let files = Set(breaks.compactMap { $0["file"] as? String })
        #expect(files.isDisjoint(with: agreeing), "\(breaks)")
        try await house.verified()
    }
}
