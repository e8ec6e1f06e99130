import Foundation
import TestSupport
import Testing

/// Bad files of the importers: every fault with its code, record and line, and nothing taken in.
struct ImportFaultTests {
    private static let good = "N1,B1,instalment-loan,1000.00,USD,10,12,2026-01-01T09:00:00Z"

    /// A sound line with one field written otherwise.
    private static func line(_ column: String, _ text: String) -> String {
        let names = Books.header.split(separator: ",").map(String.init)
        var fields = good.split(separator: ",").map(String.init)
        if let index = names.firstIndex(of: column) { fields[index] = text }
        return fields.joined(separator: ",")
    }

    private func refuse(
        _ command: String, _ bytes: Data, _ code: String, at place: String, record: String = ""
    ) async throws {
        let books = try await Books.withLoans()
        try books.folder.write(bytes, to: "in.csv")
        let before = try await books.digest()
        let outcome = try await books.colend("\(command) import in.csv")
        #expect(outcome.exit == 65)
        #expect(outcome.output == "")
        #expect(outcome.codes.contains(code), "\(outcome.errors)")
        let line = outcome.errorLines.first { $0.hasPrefix(code) } ?? ""
        #expect(line.contains("(in.csv:\(place))"), "\(outcome.errors)")
        #expect(line.contains("; correct the file"), "\(outcome.errors)")
        #expect(record.isEmpty || line.contains("record \(record) ("), "\(outcome.errors)")
        #expect(try await books.digest() == before)
    }

    @Test(arguments: [
        ("INTAKE-002", 1, "loan_id", "N/1"), ("INTAKE-002", 1, "loan_id", ""),
        ("INTAKE-003", 31, "currency", "XXY"),
        ("INTAKE-004", 23, "principal", "1000.005"),
        ("INTAKE-005", 23, "principal", "92233720368547758.08"),
        ("INTAKE-006", 23, "principal", "-1000.00"), ("INTAKE-006", 23, "principal", "0"),
        ("INTAKE-006", 35, "annual_rate_percent", "1001"),
        ("INTAKE-006", 35, "annual_rate_percent", "-12"),
        ("INTAKE-007", 23, "principal", "1,000"), ("INTAKE-007", 23, "principal", "1e3"),
        ("INTAKE-007", 38, "instalments", "12.5"),
        ("INTAKE-008", 41, "approved_at", "2026-01-01"),
        ("INTAKE-008", 41, "approved_at", "2026-02-30T09:00:00Z"),
        ("INTAKE-011", 7, "product", "car-loan"),
        ("INTAKE-020", 41, "approved_at", "2027-09-06T12:00:00Z"),
        ("INTAKE-012", 7, "currency", "EUR"),
        ("INTAKE-014", 23, "principal", "499.99"), ("INTAKE-014", 38, "instalments", "61"),
    ])
    func `a faulty field of a loan is named`(
        code: String, column: Int, field: String, text: String
    ) async throws {
        let quoted = text.contains(",") ? "\"\(text)\"" : text
        let file = "\(Books.header)\n\(Self.good)\n\(Self.line(field, quoted))\n"
            .replacing("\n\(Self.good)\n", with: "\nM1\(Self.good.dropFirst(2))\n")
        let record = field == "loan_id" ? text : "N1"
        try await refuse(
            "loans", Data(file.utf8), code, at: "3:\(column)", record: record)
    }

    @Test func `a booked loan with other content is another loan under its id`() async throws {
        let file =
            "\(Books.header)\n\(Self.line("loan_id", "A1").replacing("1000.00", with: "1001"))"
        try await refuse("loans", Data(file.utf8), "INTAKE-010", at: "2:1", record: "A1")
    }

    @Test func `a loan twice in a file names both lines`() async throws {
        let file = "\(Books.header)\n\(Self.good)\n\(Self.good)\n"
        try await refuse("loans", Data(file.utf8), "INTAKE-009", at: "3:1", record: "N1")
    }

    @Test(arguments: [
        ("INTAKE-001", "1:1", "loan_id,borrower_id\n"),
        ("INTAKE-001", "1:92", "\(Books.header),colour\n"),
        ("INTAKE-001", "1:92", "\(Books.header),loan_id\n"),
        ("INTAKE-012", "2:", "\(Books.header),agreement\n\(good),unknown-agreement\n"),
        ("INTAKE-015", "2:", "\(Books.header),first_due_on\n\(good),2025-12-31\n"),
        ("FILE-002", "2:1", "\(Books.header)\n\"N1,B1\n"),
        ("FILE-003", "2:3", "\(Books.header)\nN1\"x,B1\n"),
        ("FILE-004", "2:1", "\(Books.header)\nN1,B1,instalment-lo"),
        ("FILE-004", "2:1", "\(Books.header)\n\(good),more\n"),
        ("FILE-005", "1:1", ""),
        ("FILE-013", "1:1", "{\"loan_id\":\"N1\"\n"),
        ("FILE-013", "2:14", "{\"loan_id\":\"N1\"}\n{\"principal\":1000.00}\n"),
    ])
    func `a file of the wrong shape is named`(code: String, place: String, text: String)
        async throws
    {
        let books = try await Books.withLoans()
        let before = try await books.digest()
        let outcome = try await books.colend("loans import -", input: text)
        #expect(outcome.exit == 65)
        #expect(outcome.codes.contains(code), "\(outcome.errors)")
        #expect(outcome.errors.contains("(-:\(place)"), "\(outcome.errors)")
        #expect(try await books.digest() == before)
    }

    @Test func `bytes that are no UTF-8 are named by their place`() async throws {
        let bytes = Data("\(Books.header)\nN".utf8) + [0xFF] + Data(Self.good.dropFirst(2).utf8)
        try await refuse("loans", bytes, "FILE-001", at: "2:1")
        try await refuse("loans", Data("{\"loan_id\":\"".utf8) + [0xC3], "FILE-001", at: "1")
    }

    @Test func `all faults are told at once`() async throws {
        let lines = ["principal", "currency", "approved_at"].map {
            Self.line($0, "?").replacing("N1", with: $0)
        }
        let outcome = try await Books.withLoans().colend(
            "loans import -", input: "\(Books.header)\n\(lines.joined(separator: "\n"))\n")
        #expect(outcome.codes == ["INTAKE-007", "INTAKE-003", "INTAKE-008"], "\(outcome.errors)")
        let many = String(repeating: Self.line("currency", "?") + "\n", count: 150)
        let shown = try await Books.withLoans().colend(
            "loans import -", input: "\(Books.header)\n\(many)")
        #expect(shown.codes.count == 101)
        #expect(shown.codes.last == "INTAKE-000")
    }

    @Test(arguments: [
        ("INTAKE-002", 1, "P 1,A1,10.00,USD,2026-01-01T10:00:00Z"),
        ("INTAKE-003", 13, "P1,A1,10.00,usd,2026-01-01T10:00:00Z"),
        ("INTAKE-004", 7, "P1,A1,10.001,USD,2026-01-01T10:00:00Z"),
        ("INTAKE-006", 7, "P1,A1,-10.00,USD,2026-01-01T10:00:00Z"),
        ("INTAKE-007", 7, "P1,A1,ten,USD,2026-01-01T10:00:00Z"),
        ("INTAKE-008", 17, "P1,A1,10.00,USD,yesterday"),
        ("INTAKE-016", 4, "P1,X9,10.00,USD,2026-01-01T10:00:00Z"),
        ("INTAKE-017", 4, "P1,A1,10.00,USD,2026-01-01T10:00:00Z"),
    ])
    func `a faulty field of a repayment is named`(code: String, column: Int, line: String)
        async throws
    {
        let file = "payment_id,loan_id,amount,currency,paid_at\n\(line)\n"
        let record = String(line.prefix { $0 != "," })
        try await refuse(
            "repayments", Data(file.utf8), code, at: "2:\(column)", record: record)
    }

    @Test func `the last line may lack its end, and a mark may begin the file`() async throws {
        let books = try await Books.new()
        let file = "\u{FEFF}\(Books.header.replacing("\n", with: "\r\n"))\r\n\(Self.good)"
        let outcome = try await books.colend("loans import -", input: file)
        #expect(outcome.exit == 0, "\(outcome.errors)")
        let again = try await books.colend(
            "loans import -", input: "\(Books.header)\n\(Self.good)\n")
        #expect(try again.json(as: Object.self)["alreadyThere"] as? Int == 1)
    }

    @Test func `NDJSON gives the same loans as CSV`() async throws {
        let names = Books.header.split(separator: ",")
        let lines = Books.loans.split(separator: "\n").dropFirst().map { line in
            let members = zip(names, line.split(separator: ",")).map { "\"\($0)\":\"\($1)\"" }
            return "{\(members.joined(separator: ","))}\n"
        }
        let books = try await Books.new()
        let outcome = try await books.colend("loans import -", input: lines.joined())
        #expect(outcome.exit == 0, "\(outcome.errors)")
        #expect(try await books.digest() == Books.withLoans().digest())
    }
}
