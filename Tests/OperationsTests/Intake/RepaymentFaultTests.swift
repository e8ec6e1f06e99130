import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Every reason for which a repayments file is refused, by its code and place.
struct RepaymentFaultTests {
    /// One field of a sound row made unsound.
    struct Case: Sendable, CustomTestStringConvertible {
        let code: String
        let column: String
        let text: String

        var testDescription: String { "\(code): \(column) '\(text.prefix(20))'" }
    }

    static let cases = [
        Case(code: "INTAKE-002", column: "payment_id", text: "P~1"),
        Case(code: "INTAKE-003", column: "currency", text: "dollars"),
        Case(code: "INTAKE-003", column: "currency", text: "CNY"),
        Case(code: "INTAKE-004", column: "amount", text: "1.005"),
        Case(code: "INTAKE-005", column: "amount", text: "92233720368547758.08"),
        Case(code: "INTAKE-006", column: "amount", text: "0"),
        Case(code: "INTAKE-006", column: "amount", text: "-10.00"),
        Case(code: "INTAKE-007", column: "amount", text: "ten"),
        Case(code: "INTAKE-008", column: "paid_at", text: "yesterday"),
        Case(code: "INTAKE-008", column: "value_date", text: "20260102"),
        Case(code: "INTAKE-016", column: "loan_id", text: "L9"),
        Case(code: "INTAKE-016", column: "loan_id", text: ""),
        Case(code: "INTAKE-017", column: "loan_id", text: "L2"),
        Case(code: "INTAKE-018", column: "value_date", text: "2025-12-31"),
        Case(code: "INTAKE-018", column: "value_date", text: "2026-01-21"),
        Case(code: "INTAKE-019", column: "reverses", text: "P9"),
        Case(code: "INTAKE-020", column: "paid_at", text: "2026-01-21T23:00:00Z"),
        Case(code: "INTAKE-020", column: "paid_at", text: "2031-06-06T12:00:00Z"),
    ]

    @Test(arguments: cases)
    func `a bad field is refused with its code and place`(fault: Case) async throws {
        let found = try await refusal(of: [PaymentFile.row(with: fault.column, fault.text)])
        let index = try #require(PaymentFile.columns.firstIndex(of: fault.column))
        let place = [fault.code, "2", "\(10 * index + 1)"]
        #expect(found.faults.map { [$0.code, "\($0.line)", "\($0.column)"] } == [place])
    }

    @Test func `a payment below zero is told how one is taken back`() async throws {
        let found = try await refusal(of: [PaymentFile.row("P1", "L1", "-10.00")])
        #expect(found.faults[0].what.hasSuffix("by a row that names it in column reverses"))
    }

    @Test(arguments: ["0", "-0.00", "-10.01", "--10.00"])
    func `a reversal takes back the whole payment`(amount: String) async throws {
        let found = try await refusal(
            of: [PaymentFile.row("P1"), PaymentFile.row("R1", "L1", amount, reverses: "P1")])
        let codes = ["-10.01": "INTAKE-019", "--10.00": "INTAKE-007"]
        #expect(found.faults.map(\.code) == [codes[amount] ?? "INTAKE-006"])
    }

    @Test func `a wrong header is refused`() async throws {
        let house = try await TestServicing.house()
        let error = await #expect(throws: ImportRefused.self) {
            try await house.repaymentImport.run(PaymentFile.table([], columns: ["payment_id"]))
        }
        #expect(error?.faults.map(\.code) == Array(repeating: "INTAKE-001", count: 4))
    }

    @Test func `an id that stands twice is refused`() async throws {
        let found = try await refusal(of: [PaymentFile.row("P1"), PaymentFile.row("P1")])
        #expect(found.faults.map { "\($0.line) \($0.code)" } == ["3 INTAKE-009"])
        #expect(found.faults[0].what.contains("first on line 2"))
    }

    @Test(arguments: [
        PaymentFile.row("P1", "L1", "10.01"),
        PaymentFile.row("P1", "L1", "10.00", paidAt: "2026-01-02T10:00:01Z"),
        PaymentFile.row("P1", "L1", "10.00", valueDate: "2026-01-02"),
    ])
    func `a recorded id with other content is refused`(row: [String]) async throws {
        let house = try await TestServicing.house()
        try await house.pay(PaymentFile.row("P1"))
        let error = await #expect(throws: ImportRefused.self) { try await house.pay(row) }
        #expect(error?.faults.map(\.code) == ["INTAKE-010"])
    }

    @Test func `one bad row keeps the whole file out`() async throws {
        let found = try await refusal(
            of: [PaymentFile.row("P1"), PaymentFile.row("P2", "L9"), PaymentFile.row("P3")])
        #expect(found.faults.map { "\($0.line) \($0.code)" } == ["3 INTAKE-016"])
    }

    @Test func `of many faults a hundred are kept and all are counted`() async throws {
        let found = try await refusal(of: (0..<120).map { PaymentFile.row("P\($0)", "L9") })
        #expect(found.count == 120)
        #expect(found.faults.count == 100)
    }

    private func refusal(of rows: [[String]]) async throws -> ImportRefused {
        let house = try await TestServicing.house()
        let calls = house.store.journal
        let error = await #expect(throws: ImportRefused.self) {
            try await house.repaymentImport.run(PaymentFile.table(rows))
        }
        #expect(house.store.journal == calls, "nothing is written")
        return try #require(error)
    }
}
