import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Every reason for which a loans file is refused, by its code and place.
struct LoanFaultTests {
    /// One field of a sound row made unsound.
    struct Case: Sendable, CustomTestStringConvertible {
        let code: String
        let column: String
        let text: String
        /// The column that is blamed, when it is another one.
        var blames: String?

        var testDescription: String { "\(code): \(column) '\(text.prefix(20))'" }
    }

    static let cases = [
        Case(code: "INTAKE-002", column: "loan_id", text: ""),
        Case(code: "INTAKE-002", column: "loan_id", text: "a/b"),
        Case(code: "INTAKE-002", column: "loan_id", text: String(repeating: "x", count: 65)),
        Case(code: "INTAKE-002", column: "borrower_id", text: "贷"),
        Case(code: "INTAKE-002", column: "borrower_id", text: "a b"),
        Case(code: "INTAKE-003", column: "currency", text: "XXX"),
        Case(code: "INTAKE-003", column: "currency", text: "usd"),
        Case(code: "INTAKE-004", column: "principal", text: "1000.001"),
        Case(code: "INTAKE-004", column: "annual_rate_percent", text: "1.0000001"),
        Case(code: "INTAKE-005", column: "principal", text: "99999999999999999999"),
        Case(code: "INTAKE-005", column: "annual_rate_percent", text: "99999999999999999999"),
        Case(code: "INTAKE-006", column: "principal", text: "0.00"),
        Case(code: "INTAKE-006", column: "principal", text: "-5.00"),
        Case(code: "INTAKE-006", column: "annual_rate_percent", text: "1000.01"),
        Case(code: "INTAKE-007", column: "principal", text: "1,000"),
        Case(code: "INTAKE-007", column: "principal", text: ""),
        Case(code: "INTAKE-006", column: "annual_rate_percent", text: "-1"),
        Case(code: "INTAKE-006", column: "annual_rate_percent", text: "-0.000001"),
        Case(code: "INTAKE-007", column: "annual_rate_percent", text: "--1"),
        Case(code: "INTAKE-007", column: "instalments", text: "0"),
        Case(code: "INTAKE-007", column: "instalments", text: "1201"),
        Case(code: "INTAKE-007", column: "instalments", text: "+3"),
        Case(code: "INTAKE-008", column: "approved_at", text: "2026-01-01"),
        Case(code: "INTAKE-008", column: "first_due_on", text: "2026-02-30"),
        Case(code: "INTAKE-011", column: "product", text: "mortgage"),
        Case(code: "INTAKE-012", column: "product", text: "orphan"),
        Case(code: "INTAKE-012", column: "currency", text: "CNY", blames: "product"),
        Case(code: "INTAKE-012", column: "agreement", text: "unheard-of"),
        Case(code: "INTAKE-012", column: "agreement", text: "trio"),
        Case(code: "INTAKE-012", column: "agreement", text: "later"),
        Case(code: "INTAKE-013", column: "product", text: "contested"),
        Case(code: "INTAKE-014", column: "principal", text: "9.99"),
        Case(code: "INTAKE-014", column: "principal", text: "50000.01"),
        Case(code: "INTAKE-014", column: "instalments", text: "25"),
        Case(code: "INTAKE-015", column: "first_due_on", text: "2026-01-01"),
        Case(code: "INTAKE-015", column: "first_due_on", text: "9999-12-01"),
        Case(code: "INTAKE-020", column: "approved_at", text: "2026-01-02T23:00:00Z"),
        Case(code: "INTAKE-020", column: "approved_at", text: "2027-09-06T12:00:00Z"),
        Case(code: "INTAKE-020", column: "approved_at", text: "9999-12-31T23:59:59Z"),
    ]

    @Test(arguments: cases)
    func `a bad field is refused with its code and place`(fault: Case) async throws {
        let found = try await refusal(of: [LoanFile.row(with: fault.column, fault.text)])
        let blamed = fault.blames ?? fault.column
        let index = try #require(LoanFile.columns.firstIndex(of: blamed))
        let place = [fault.code, "2", "\(10 * index + 1)"]
        #expect(found.faults.map { [$0.code, "\($0.line)", "\($0.column)"] } == [place])
        #expect(found.faults.first?.exit == .badInput)
        #expect(found.faults.first?.sentence.contains("loans.csv:2:") == true)
    }

    /// The open date is 2026-01-01, the cut-off 23:00 UTC.
    @Test(arguments: [
        "2026-01-02T22:59:59.999999Z", "2026-01-03T06:59:59+08:00", "2019-06-01T09:00:00Z",
    ])
    func `an approval may be of the next date, or of any date past`(approvedAt: String)
        async throws
    {
        let house = try TestLending.house()
        try await house.book(LoanFile.row(with: "approved_at", approvedAt))
        let record = house.store.world.loans[LoanID("L1")]?.record
        #expect(record?.approvedAt == Instant.microseconds(approvedAt))
        #expect(record?.bookedOn == World.firstDate)
    }

    @Test func `the limits of a product are inside it`() async throws {
        let house = try TestLending.house()
        for (id, principal, count) in [("A", "10.00", "1"), ("B", "50000.00", "24")] {
            try await house.book(LoanFile.row(id, principal: principal, instalments: count))
        }
        #expect(house.store.world.loans.count == 2)
    }

    @Test(arguments: [
        (LoanFile.columns + ["colour"], "unknown column 'colour'"),
        (Array(LoanFile.columns.dropFirst()), "column 'loan_id' is missing"),
        (LoanFile.columns + ["grade"], "column 'grade' stands twice"),
        (["Loan_ID"] + LoanFile.columns.dropFirst(), "column 'loan_id' is missing"),
    ])
    func `a wrong header is refused before any row`(columns: [String], what: String) async throws {
        let house = try TestLending.house()
        let error = await #expect(throws: ImportRefused.self) {
            try await house.loanImport.run(LoanFile.table([["x"]], columns: columns))
        }
        let faults = try #require(error?.faults)
        #expect(faults.allSatisfy { $0.code == "INTAKE-001" && $0.line == 1 })
        #expect(faults.contains { $0.what.hasPrefix(what) })
    }

    @Test func `faults of a header stand where the names stand`() async throws {
        let house = try TestLending.house()
        let names = LoanFile.columns.dropFirst() + ["colour", "grade", "grade"]
        let table = ImportTable(
            file: "loans.csv", columns: Array(names),
            columnPlaces: names.indices.map { 10 * $0 - 9 }, rows: [])
        let error = await #expect(throws: ImportRefused.self) {
            try await house.loanImport.run(table)
        }
        let places = error?.faults.map { "\($0.line):\($0.column) \($0.what.prefix(18))" }
        #expect(
            places == [
                "1:1 column 'loan_id' i", "1:131 unknown column 'co", "1:141 column 'grade' sta",
            ])
    }

    @Test func `a rate below zero is told so`() async throws {
        let found = try await refusal(of: [LoanFile.row("L1", rate: "-12")])
        #expect(found.faults.map(\.what) == ["annual_rate_percent -12 is below zero"])
    }

    @Test func `an id that stands twice is refused where it stands again`() async throws {
        let rows = ["L1", "L2", "L1", "L1"].map { LoanFile.row($0) }
        let found = try await refusal(of: rows)
        #expect(found.faults.map(\.code) == ["INTAKE-009", "INTAKE-009"])
        #expect(found.faults.map(\.line) == [4, 5])
        #expect(found.faults.allSatisfy { $0.what.contains("first on line 2") })
    }

    @Test func `a used id with other content is refused`() async throws {
        let house = try TestLending.house()
        try await house.book(LoanFile.row("L1"))
        let error = await #expect(throws: ImportRefused.self) {
            try await house.book(LoanFile.row("L2"), LoanFile.row("L1", rate: "12.0"))
        }
        #expect(error?.faults.map(\.code) == ["INTAKE-010"])
        #expect(error?.faults.map(\.line) == [3])
        #expect(house.store.world.loans.count == 1)
    }

    @Test func `every fault of a file is told in the order of the file`() async throws {
        var twice = LoanFile.row(with: "currency", "XXX")
        twice[LoanFile.columns.firstIndex(of: "loan_id") ?? 0] = "?"
        let found = try await refusal(
            of: [LoanFile.row("L9", instalments: "0"), twice, LoanFile.row(with: "principal", "x")])
        #expect(
            found.faults.map { "\($0.line) \($0.code)" } == [
                "2 INTAKE-007", "3 INTAKE-002", "3 INTAKE-003", "4 INTAKE-007",
            ])
    }

    @Test func `of many faults a hundred are kept and all are counted`() async throws {
        let found = try await refusal(of: (0..<250).map { LoanFile.row("L\($0)", rate: "x") })
        #expect(found.count == 250)
        #expect(found.faults.count == 100)
        #expect(found.faults.map(\.line) == Array(2..<102))
    }

    private func refusal(of rows: [[String]]) async throws -> ImportRefused {
        let house = try TestLending.house()
        let error = await #expect(throws: ImportRefused.self) {
            try await house.loanImport.run(LoanFile.table(rows))
        }
        #expect(house.store.journal.isEmpty, "nothing is written")
        return try #require(error)
    }
}
