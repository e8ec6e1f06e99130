import BusinessCalendar
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

    /// A conversion waits for its instalments: cash before a due date repays nothing early.
    @Test func `of the next amount of a note it is told what is missing besides waiting cash`()
        async throws
    {
        let house = try await TestLines.house(.nextInstalment)
        house.turn(to: "2026-01-20")
        try await house.lend("S1", "600.00", of: "B1")
        try await house.take(
            house.fact("C1", "conversion", "purchase=S1 instalments=3", of: "B1"))
        house.turn(to: "2026-01-27")
        func next() async throws -> (due: String, amount: Int64) {
            let terms = TermsLibrary(try await house.store.snapshots())
            let line = try #require(try await house.store.lines([LoanID("B1")])[LoanID("B1")])
            let notes = try LineStanding(line, terms, on: SampleLoan.date("2026-01-27")).notes
            return ("\(notes[0].nextDueOn.map { "\($0)" } ?? "")", notes[0].nextAmount)
        }
        let whole = try await next()
        #expect(whole.due == "2026-02-10")
        try await house.pay(house.row("P1", "B1", "50.00"))
        let rest = try await next()
        #expect(rest.due == "2026-02-10" && rest.amount == whole.amount - 50_00)
        try await house.pay(
            house.row("P2", "B1", AmountText.format(rest.amount, decimals: 2)))
        #expect(try await next().amount == 0)
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

    /// Statements of the 25th fall due on the 24th, which moves off holidays past the next 25th.
    @Test func `a holiday moves the due date and not what the statement bills`() async throws {
        let free = [24, 25].map { SampleLoan.date("2026-02-\($0)") }
        let calendar = HolidayCalendar(name: "spring", weekend: [], holidays: Set(free))
        let house = try await TestLines.house(
            dueDay: 24, holidays: HolidayShift(calendar: calendar, rule: .following))
        house.turn(to: "2026-01-20")
        try await house.lend("S1", "600.00", of: "B1")
        try await house.lend("S2", "200.00", of: "B1")
        house.turn(to: "2026-02-01")
        // The minimum of both, and 10.00 of the rest.
        try await house.pay(house.row("P1", "B1", "90.00"))
        #expect(house.paid("B1.S1") == ["P1/B1.S1": 70_00])
        #expect(house.paid("B1.S2") == ["P1/B1.S2": 20_00])
        try await house.lend("S3", "100.00", of: "B1")
        let bill = try await house.standing("B1", on: "2026-02-01").statement
        #expect(bill?.closedOn == SampleLoan.date("2026-01-25"))
        #expect(bill?.dueOn == SampleLoan.date("2026-02-26"))
        #expect([bill?.minimum, bill?.total] == [0, 710_00])
        try await house.take(house.fact("X1", "reversal", "reverses=P1", of: "B1"))
        try await house.pay(house.row("P2", "B1", "30.00"))
        #expect(try await house.standing("B1", on: "2026-02-01").statement?.minimum == 50_00)
    }

    @Test func `a statement has only purchases that were paid out and stand`() async throws {
        let house = try await TestLines.house()
        house.turn(to: "2026-01-20")
        try await house.lend("S1", "600.00", of: "B1")
        try await house.lend("S2", "300.00", of: "B1")
        try await house.take(
            house.fact("S3", "purchase", "currency=USD amount=50.00", of: "B1"))
        house.turn(to: "2026-01-27")
        try await house.pay(house.row("P1", "B1.S2", "20.00"))
        try await house.take(
            FactFile.line(
                "C1", "cancelled", "charge=none", loan: "B1.S2", valueDate: "2026-01-27",
                at: "2026-01-27T12:00:00Z"))
        let bill = try await house.standing("B1", on: "2026-01-27").statement
        #expect([bill?.purchases, bill?.paid] == [600_00, 0])
    }

    @Test func `of several notes of one date the sum is held against the limit`() async throws {
        let house = try await TestLines.house()
        for number in 1...3 { try await house.lend("D\(number)", "300.00") }
        #expect(try await house.verify.run() == nil)
        house.store.write { $0.lower("R1", to: 899_99) }
        let found = try await house.verify.run()
        #expect(
            found?.detail == "with note R1.D1 90000 of the limit of 89999 are lent")
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
