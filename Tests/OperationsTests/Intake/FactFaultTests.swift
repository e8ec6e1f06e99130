import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Every reason for which a facts file is refused, by its code and place; nothing is recorded.
struct FactFaultTests {
    /// A line on the open date 2026-02-10, and where its fault is.
    struct Case: Sendable, CustomTestStringConvertible {
        let code: String
        let column: String
        let line: String

        init(_ code: String, _ column: String, _ line: String) {
            (self.code, self.column, self.line) = (code, column, line)
        }

        var testDescription: String { "\(code): \(column) in \(line.prefix(80))" }
    }

    static let waiver = "currency=USD interest=1.00 borneBy=shares"

    static func line(_ kind: String, _ rest: String = "", id: String = "F1") -> String {
        FactImportTests.line(id, kind, rest, on: "2026-02-10")
    }

    static let formCases = [
        Case("FACT-001", "kind", line("forgiveness")),
        Case("FACT-001", "kind", line("disbursed")),
        Case("FACT-002", "amount", line("payout-failed", "amount=1.00")),
        Case("FACT-002", "colour", line("waiver", waiver + " colour=red")),
        Case("FACT-002", "principal", line("charge-off", "scope=full principal=1.00")),
        Case("FACT-002", "fee", line("cancelled", "charge=none fee=1.00")),
        Case("FACT-003", "amount", line("refund", "currency=USD")),
        Case("FACT-003", "principal", line("decision-correction", "currency=USD decision=D1")),
        Case(
            "FACT-016", "decision",
            line("decision-correction", "currency=USD decision=D1 principal=-1.00")),
        Case(
            "INTAKE-003", "currency",
            line("decision-correction", "currency=CNY decision=D1 principal=-1.00")),
        Case("FACT-003", "borneBy", line("waiver", "currency=USD interest=1.00")),
        Case("FACT-003", "principal", line("waiver", "currency=USD borneBy=shares")),
        Case("FACT-003", "fee", line("cancelled", "charge=fee currency=USD")),
        Case("FACT-004", "scope", line("charge-off", "scope=half")),
        Case("FACT-004", "scope", line("charge-off")),
        Case("FACT-004", "charge", line("cancelled", "charge=all")),
        Case("FACT-004", "borneBy", line("waiver", "currency=USD interest=1.00 borneBy=summit")),
        Case("INTAKE-002", "id", line("payout-failed", id: "F~1")),
        Case("INTAKE-003", "currency", line("refund", "currency=CNY amount=1.00")),
        Case("INTAKE-003", "currency", line("refund", "currency=usd amount=1.00")),
        Case("INTAKE-004", "amount", line("refund", "currency=USD amount=1.001")),
        Case("INTAKE-005", "amount", line("refund", "currency=USD amount=99999999999999.99")),
        Case("INTAKE-006", "interest", line("waiver", waiver.replacing("1.00", with: "0"))),
        Case("INTAKE-006", "amount", line("refund", "currency=USD amount=-1.00")),
        Case("INTAKE-007", "amount", line("refund", "currency=USD amount=1e3")),
        Case("INTAKE-008", "at", line("payout-failed").replacing("T10:00:00Z", with: "T10")),
        Case("INTAKE-008", "valueDate", line("payout-failed").replacing("2026-02-10 ", with: "x ")),
        Case("INTAKE-016", "loan", line("payout-failed").replacing("L1", with: "L9")),
        Case("INTAKE-017", "loan", line("payout-failed").replacing("L1", with: "L2")),
        Case(
            "INTAKE-018", "valueDate",
            line("payout-failed").replacing("2026-02-10 ", with: "2025-12-31 ")),
        Case(
            "INTAKE-018", "valueDate",
            line("payout-failed").replacing("2026-02-10 ", with: "2026-02-11 ")),
        Case(
            "FACT-006", "at",
            line("payout-failed").replacing("10T10:00:00Z", with: "10T23:00:00Z")),
        Case(
            "FACT-007", "valueDate",
            line("payout-failed").replacing("2026-02-10 ", with: "2026-02-04 ")),
    ]

    /// 330.03 principal and 10.00 interest are due, 1.46 of penalty is owed; nothing waits.
    static let amountCases = [
        Case(
            "FACT-005", "principal",
            line(
                "waiver",
                waiver.replacing(
                    "interest=1.00", with: "principal=330.04"))),
        Case("FACT-005", "interest", line("waiver", waiver.replacing("1.00", with: "10.01"))),
        Case(
            "FACT-005", "penalty",
            line(
                "waiver",
                waiver.replacing(
                    "interest=1.00", with: "penalty=1.47"))),
        Case(
            "FACT-005", "interest",
            line(
                "charge-off", "scope=partial currency=USD interest=10.01 penalty=1.46")),
        Case("FACT-005", "amount", line("refund", "currency=USD amount=0.01")),
        Case("FACT-005", "amount", line("recovery", "currency=USD amount=0.01")),
        Case("FACT-008", "valueDate", line("cancelled", "charge=none")),
        Case("FACT-009", "loan", line("due-date-change", "nextDueOn=2026-02-05")),
        Case("INTAKE-007", "instalments", line("extension", "instalments=0")),
        Case("INTAKE-008", "nextDueOn", line("due-date-change", "nextDueOn=soon")),
        Case("INTAKE-006", "annualRatePercent", line("rate-change", "annualRatePercent=-1")),
        Case("FACT-004", "capitalise", line("restructure", "capitalise=maybe instalments=3")),
        Case("FACT-003", "instalments", line("restructure", "capitalise=no")),
        Case("INTAKE-019", "reverses", line("chargeback", "reverses=P9")),
        Case("INTAKE-019", "reverses", line("reversal", "reverses=P9")),
    ]

    @Test(arguments: formCases + amountCases)
    func `a bad record is refused with its code and place`(fault: Case) async throws {
        let found = try await refusal(of: [fault.line])
        let names = fault.line.split(separator: " ").map { $0.prefix { $0 != "=" } }
        let place = names.firstIndex { $0 == fault.column }.map { 10 * $0 + 1 } ?? 0
        let id = fault.line.split(separator: " ")[0].dropFirst(3)
        #expect(
            found.faults.map { "\($0.code) \($0.line):\($0.column) \($0.record)" }
                == ["\(fault.code) 1:\(place) \(id)"], "\(found.faults.map(\.sentence))")
    }

    @Test(arguments: ["waiver", "charge-off"])
    func `whoever asks for too much is told all that is owed`(kind: String) async throws {
        let asked =
            kind == "waiver"
            ? Self.waiver.replacing("interest=1.00", with: "principal=330.04")
            : "scope=partial currency=USD principal=330.04"
        let found = try await refusal(of: [Self.line(kind, asked)])
        #expect(
            found.faults.map(\.sentence).allSatisfy {
                $0.contains("principal 330.03, interest 10.00, penalty 1.46, fee 0.00")
            }, "\(found.faults.map(\.sentence))")
    }

    @Test(arguments: [
        // A second reversal, in the file or before it.
        (
            "INTAKE-019 3",
            [
                line("reversal", "reverses=P1", id: "R1"),
                line("payout-failed", id: "X1").replacing("L1", with: "L9"),
                line("reversal", "reverses=P1", id: "R2"),
            ]
        ),
        ("INTAKE-009 2", [line("waiver", waiver, id: "W1"), line("waiver", waiver, id: "W1")]),
        ("FACT-008 2", [line("payout-failed", id: "X1"), line("payout-returned", id: "X2")]),
        ("FACT-008 2", [line("payout-failed", id: "X1"), line("waiver", waiver, id: "X2")]),
        (
            "FACT-005 2",
            [
                line("charge-off", "scope=full", id: "C1"),
                line("charge-off", "scope=full", id: "C2"),
            ]
        ),
        // Together they ask for more than there is.
        (
            "FACT-005 2",
            [
                line("waiver", waiver.replacing("1.00", with: "6.00"), id: "W1"),
                line("waiver", waiver.replacing("1.00", with: "4.01"), id: "W2"),
            ]
        ),
    ])
    func `facts of one file are held against each other`(expected: String, lines: [String])
        async throws
    {
        let found = try await refusal(of: lines, payment: true)
        let faults = found.faults.map { "\($0.code) \($0.line)" }
        #expect(faults.contains(expected), "\(found.faults.map(\.sentence))")
    }

    /// Disbursed on 01-01 with 14 days to cool off; the other loan's first instalment is due on
    /// 01-08.
    @Test(arguments: [
        ("L1", "2026-01-15", ""), ("L1", "2026-01-16", "FACT-008"),
        ("L3", "2026-01-07", ""), ("L3", "2026-01-08", "FACT-008"),
    ])
    func `a loan is given back in the cooling-off period, and before anything falls due`(
        loan: String, date: String, code: String
    ) async throws {
        let house = try TestHouse()
        try await house.book(
            LoanFile.row("L1"), LoanFile.row("L3", firstDueOn: "2026-01-08"))
        _ = try await house.fund().run()
        house.store.write { $0.open = SampleLoan.date(date) }
        let line = FactFile.line(
            "X1", "cancelled", "charge=none", loan: loan, valueDate: date, at: "\(date)T10:00:00Z")
        var codes: [String] = []
        do { try await house.take(line) } catch let refused as ImportRefused {
            codes = refused.faults.map(\.code)
        }
        #expect(codes == (code.isEmpty ? [] : [code]))
    }

    @Test func `a decision is the last word on what was before it`() async throws {
        let house = try await FactImportTests.house(on: "2026-02-10")
        try await house.take(Self.line("charge-off", "scope=full", id: "C1"))
        let early = Self.line("waiver", Self.waiver, id: "W1")
            .replacing("T10:00:00Z", with: "T09:00:00Z")
        let error = await #expect(throws: ImportRefused.self) { try await house.take(early) }
        #expect(error?.faults.map(\.code) == ["FACT-007"])
    }

    @Test func `a backdated waiver takes nothing from one recorded before`() async throws {
        let house = try await FactImportTests.house(on: "2026-02-10")
        try await house.take(
            Self.line("waiver", Self.waiver.replacing("1.00", with: "10.00"), id: "W1"))
        let early = FactFile.line(
            "W0", "waiver", Self.waiver, valueDate: "2026-02-08", at: "2026-02-08T10:00:00Z")
        let error = await #expect(throws: ImportRefused.self) { try await house.take(early) }
        #expect(error?.faults.map(\.code) == ["FACT-005"])
        #expect(house.facts(of: "L1").count == 2)
    }

    @Test func `an id recorded with other content is refused, also that of a payment`()
        async throws
    {
        let house = try await FactImportTests.house(on: "2026-02-10")
        try await house.pay(PaymentFile.row("P1", paidAt: "2026-02-10T09:00:00Z"))
        try await house.take(Self.line("waiver", Self.waiver, id: "W1"))
        for line in [
            Self.line("waiver", Self.waiver.replacing("1.00", with: "1.01"), id: "W1"),
            Self.line("waiver", Self.waiver, id: "P1"), Self.line("payout-failed", id: "W1"),
        ] {
            let error = await #expect(throws: ImportRefused.self) { try await house.take(line) }
            #expect(error?.faults.map(\.code) == ["INTAKE-010"])
        }
    }

    @Test func `of many faults a hundred are kept and all are counted`() async throws {
        let lines = (0..<120).map {
            Self.line("recovery", "currency=USD amount=1.00", id: "R\($0)")
        }
        let found = try await refusal(of: lines)
        #expect(found.count == 120 && found.faults.count == 100)
    }

    @Test func `an unknown kind is told those that there are`() async throws {
        let found = try await refusal(of: [Self.line("forgiveness")])
        #expect(FactForm.kinds.allSatisfy(found.faults[0].what.contains))
    }

    private func refusal(of lines: [String], payment: Bool = false) async throws -> ImportRefused {
        let house = try await FactImportTests.house(on: "2026-02-10")
        if payment {
            try await house.pay(
                PaymentFile.row("P1", "L1", "1.00", paidAt: "2026-02-10T08:00:00Z"))
        }
        let calls = house.store.journal
        let error = await #expect(throws: ImportRefused.self) {
            try await house.factImport.run(FactFile.table(lines))
        }
        #expect(house.store.journal == calls, "nothing is written")
        return try #require(error)
    }
}
