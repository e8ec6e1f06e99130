import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// What `verify` makes of lines of credit, and what they are told to be.
struct VerifyLinesTests {
    /// R1 of 1,000.00 with 600.00 and, after 300.00 were repaid, 700.00 lent on it.
    private func house() async throws -> TestHouse {
        let house = try await TestLines.house()
        try await house.lend("D1", "600.00")
        house.turn(to: "2026-01-05")
        try await house.pay(house.row("P1", "R1", "301.20"))
        try await house.lend("D2", "700.00")
        return house
    }

    @Test func `what was lent under a line was within its limit when it was booked`()
        async throws
    {
        let house = try await house()
        #expect(try await house.verify.run() == nil)
        // What goes back later makes it more than the limit, and nobody's fault.
        try await house.take(house.fact("X1", "chargeback", "reverses=P1", of: "R1"))
        #expect(try await house.verify.run() == nil)
        house.store.write { $0.lower("R1", to: 999_99) }
        let found = try await house.verify.run()
        #expect(found?.law == .lines)
        #expect(found?.subject == "R1")
        #expect(
            found?.detail == "with note R1.D2 100000 of the limit of 99999 are lent")
    }

    @Test func `a note without its line is found`() async throws {
        let house = try await house()
        house.store.write { $0.lines[LoanID("R1")] = nil }
        let found = try await house.verify.run()
        #expect(found?.law == .lines)
        #expect(found?.detail == "notes name a line that is not there")
    }

    @Test func `a line is told with what is lent, free and due`() async throws {
        let house = try await house()
        let terms = TermsLibrary(try await house.store.snapshots())
        let line = try #require(try await house.store.lines([LoanID("R1")])[LoanID("R1")])
        let before = try LineStanding(line, terms, on: SampleLoan.date("2026-01-04"))
        #expect([before.used, before.free] == [600_00, 400_00])
        #expect(before.notes.map(\.record.loan.text) == ["R1.D1"])
        let after = try LineStanding(line, terms, on: SampleLoan.date("2026-01-05"))
        #expect([after.used, after.free] == [1_000_00, 0])
        #expect(after.notes.map(\.lent) == [300_00, 700_00])
        #expect(after.notes.map(\.payoff) == [300_00, 700_00])
        #expect(after.statement == nil)
    }

    @Test func `the statement says what is due at least and what would pay it all`()
        async throws
    {
        let house = try await TestLines.house()
        house.turn(to: "2026-01-20")
        try await house.lend("S1", "600.00", of: "B1")
        house.turn(to: "2026-01-27")
        try await house.lend("S2", "300.00", of: "B1")
        try await house.pay(house.row("P1", "B1", "20.00"))
        let terms = TermsLibrary(try await house.store.snapshots())
        let line = try #require(try await house.store.lines([LoanID("B1")])[LoanID("B1")])
        let open = try LineStanding(line, terms, on: SampleLoan.date("2026-01-24"))
        #expect(open.statement == nil)
        let bill = try LineStanding(line, terms, on: SampleLoan.date("2026-01-27")).statement
        #expect(bill?.closedOn == SampleLoan.date("2026-01-25"))
        #expect(bill?.dueOn == SampleLoan.date("2026-02-10"))
        #expect([bill?.purchases, bill?.paid] == [600_00, 20_00])
        #expect([bill?.minimum, bill?.total] == [40_00, 580_00])
    }
}

extension World {
    fileprivate mutating func lower(_ line: String, to limit: Int64) {
        guard let old = lines[LoanID(line)] else { return }
        lines[old.line] = LineRecord(
            line: old.line, borrower: old.borrower, product: old.product,
            agreement: old.agreement, currency: old.currency, limit: limit, rate: old.rate,
            instalments: old.instalments, approvedAt: old.approvedAt, bookedOn: old.bookedOn,
            region: old.region, grade: old.grade, channel: old.channel, purpose: old.purpose,
            contentHash: old.contentHash)
    }
}
