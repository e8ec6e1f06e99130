import Operations
import TestSupport
import Testing

/// A statement file's lines, and the places of what is wrong with them.
struct StatementImportTests {
    @Test func `a line of a date that has not come is refused with its place`() throws {
        let table = Self.table(valueDates: ["2026-01-20", "2026-01-21", "2027-05-04"])
        let error = #expect(throws: ImportRefused.self) {
            try StatementImport.read(table, by: SampleLoan.date("2026-01-20"))
        }
        let places = error?.faults.map { "\($0.code) \($0.line):\($0.column) \($0.record)" }
        #expect(places == ["INTAKE-018 3:31 B2", "INTAKE-018 4:31 B3"])
        #expect(error?.faults.first?.exit == .badInput)
    }

    @Test func `lines to the open date are read, and all while it is not known`() throws {
        let table = Self.table(valueDates: ["2026-01-19", "2026-01-20"])
        #expect(try StatementImport.read(table, by: SampleLoan.date("2026-01-20")).count == 2)
        #expect(try StatementImport.read(Self.table(valueDates: ["2027-05-04"])).count == 1)
    }

    private static func table(valueDates: [String]) -> ImportTable {
        LoanFile.table(
            valueDates.enumerated().map { ["B\($0 + 1)", "5.00", "USD", $1, "S20260105"] },
            columns: StatementImport.columns)
    }
}
