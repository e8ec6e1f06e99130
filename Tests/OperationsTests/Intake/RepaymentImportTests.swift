import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

struct RepaymentImportTests {
    @Test func `a payment becomes a fact of the open date`() async throws {
        let house = try await TestServicing.house()
        try await house.pay(PaymentFile.row("P1", "L1", "12.34", valueDate: "2026-01-18"))
        let fact = try #require(house.facts(of: "L1")["P1"])
        #expect(fact.kind == .repayment(amount: 12_34))
        #expect(fact.valueDate == SampleLoan.date("2026-01-18"))
        #expect(fact.bookingDate == TestServicing.openDate)
        #expect(fact.instant == Instant.microseconds("2026-01-02T10:00:00Z"))
    }

    /// `backdateDays` is 5 and the open date 2026-01-20: what is older counts from today.
    @Test(arguments: [
        ("2026-01-20", "2026-01-20"), ("2026-01-16", "2026-01-16"),
        ("2026-01-15", "2026-01-15"), ("2026-01-14", "2026-01-20"),
        ("2026-01-01", "2026-01-20"),
    ])
    func `a value date goes back as far as the agreement allows`(given: String, used: String)
        async throws
    {
        let house = try await TestServicing.house()
        try await house.pay(PaymentFile.row("P1", valueDate: given))
        #expect(house.facts(of: "L1")["P1"]?.valueDate == SampleLoan.date(used))
    }

    /// The cut-off is 23:00 UTC.
    @Test(arguments: [
        ("2026-01-19T22:59:59.999999Z", "2026-01-19"), ("2026-01-19T23:00:00Z", "2026-01-20"),
        ("2026-01-20T06:59:59+08:00", "2026-01-19"), ("2026-01-20T07:00:00+08:00", "2026-01-20"),
    ])
    func `without a value date the cut-off decides`(paidAt: String, used: String) async throws {
        let house = try await TestServicing.house()
        try await house.pay(PaymentFile.row("P1", paidAt: paidAt))
        #expect(house.facts(of: "L1")["P1"]?.valueDate == SampleLoan.date(used))
    }

    @Test func `what is paid after the cut-off waits for the next date`() async throws {
        let house = try await TestServicing.house()
        let row = PaymentFile.row("P1", paidAt: "2026-01-20T23:00:00Z")
        let error = await #expect(throws: ImportRefused.self) { try await house.pay(row) }
        #expect(error?.faults.map(\.code) == ["INTAKE-018"])
        house.store.write { $0.open = TestServicing.openDate.adding(days: 1) }
        try await house.pay(row)
    }

    /// The open date is 2026-01-20, the cut-off 23:00 UTC.
    @Test func `a payment of the next date counts when its value date is open`() async throws {
        let house = try await TestServicing.house()
        try await house.pay(
            PaymentFile.row("P1", paidAt: "2026-01-21T22:59:59Z", valueDate: "2026-01-20"))
        let fact = try #require(house.facts(of: "L1")["P1"])
        #expect(fact.valueDate == TestServicing.openDate)
        #expect(fact.bookingDate == TestServicing.openDate)
    }

    @Test(arguments: [("10.00", "-10.00"), ("-10.00", "10.00"), ("-10.00", "-10.00")])
    func `a reversal is written with either sign and is the same`(first: String, again: String)
        async throws
    {
        let house = try await TestServicing.house()
        try await house.pay(
            PaymentFile.row("P1"), PaymentFile.row("R1", "L1", first, reverses: "P1"))
        #expect(house.facts(of: "L1")["R1"]?.kind == .reversal(of: "P1"))
        let summary = try await house.repaymentImport.run(
            PaymentFile.table([PaymentFile.row("R1", "L1", again, reverses: "P1")]))
        #expect(summary.imported == 0 && summary.alreadyThere == 1)
    }

    @Test func `the same file again records nothing`() async throws {
        let house = try await TestServicing.house()
        let table = PaymentFile.table([
            PaymentFile.row("P1"), PaymentFile.row("R1", reverses: "P1"), PaymentFile.row("P2"),
        ])
        #expect(try await house.repaymentImport.run(table).imported == 3)
        let calls = house.store.journal
        house.store.write { $0.open = TestServicing.openDate.adding(days: 9) }
        let summary = try await house.repaymentImport.run(table)
        #expect(summary == ImportSummary(file: "payments.csv", imported: 0, alreadyThere: 3))
        #expect(house.store.journal == calls)
    }

    @Test func `a dry run checks and writes nothing`() async throws {
        let house = try await TestServicing.house()
        let calls = house.store.journal
        let table = PaymentFile.table([PaymentFile.row("P1")])
        #expect(try await house.repaymentImport.run(table, dryRun: true).imported == 1)
        #expect(house.store.journal == calls)
    }

    @Test func `a reversal may stand before its payment in the file`() async throws {
        let house = try await TestServicing.house()
        try await house.pay(PaymentFile.row("R1", reverses: "P1"), PaymentFile.row("P1"))
        #expect(house.facts(of: "L1")["R1"]?.kind == .reversal(of: "P1"))
    }

    @Test(arguments: [
        [PaymentFile.row("R1", "L1", "10.00", reverses: "P8")],
        [PaymentFile.row("R1", "L1", "10.00", reverses: "R0")],
        [PaymentFile.row("R1", "L1", "10.00", reverses: "P0")],
        [PaymentFile.row("R1", "L1", "9.99", reverses: "P7")],
        [
            PaymentFile.row("R1", "L1", "10.00", reverses: "P7"),
            PaymentFile.row("R2", "L1", "10.00", reverses: "P7"),
        ],
        [
            PaymentFile.row("P5", "L1", "10.00"),
            PaymentFile.row("R1", "L1", "10.01", reverses: "P5"),
        ],
        [
            PaymentFile.row("R1", "L1", "10.00", reverses: "P7"),
            PaymentFile.row("R2", "L1", "10.00", reverses: "R1"),
        ],
    ])
    func `only a payment that stands is reversed, once and as a whole`(rows: [[String]])
        async throws
    {
        let house = try await TestServicing.house()
        try await house.pay(
            PaymentFile.row("P0"), PaymentFile.row("R0", reverses: "P0"), PaymentFile.row("P7"))
        let error = await #expect(throws: ImportRefused.self) {
            try await house.repaymentImport.run(PaymentFile.table(rows))
        }
        #expect(error?.faults.map(\.code) == ["INTAKE-019"])
        #expect(error?.faults.map(\.line) == [rows.count + 1])
    }

    @Test func `a reversal belongs to the loan of its payment`() async throws {
        let house = try await TestServicing.house()
        house.store.write { $0.open = World.firstDate }
        try await house.book(LoanFile.row("L3", firstDueOn: "2026-02-01"))
        _ = try await house.fund().run()
        house.store.write { $0.open = TestServicing.openDate }
        try await house.pay(PaymentFile.row("P1"))
        let error = await #expect(throws: ImportRefused.self) {
            try await house.pay(PaymentFile.row("R1", "L3", "10.00", reverses: "P1"))
        }
        #expect(error?.faults.map(\.code) == ["INTAKE-019"])
    }
}
