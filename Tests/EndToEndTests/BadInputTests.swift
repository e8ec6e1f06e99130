import Foundation
import TestSupport
import Testing

/// Files as they come on a bad day: refused with a place, or kept as far as they are good.
struct BadInputTests {
    private static let good = "N1,B1,instalment-loan,1000.00,USD,10,12,2026-01-01T09:00:00Z"
    private static let other = "N2,B2,instalment-loan,2000.00,USD,10,12,2026-01-01T09:00:00Z"

    @Test func `good rows are kept and the others lie beside the file`() async throws {
        let books = try await Books.new()
        let bad = "N3,B3,instalment-loan,ten,USD,10,12,2026-01-01T09:00:00Z"
        let file = [Books.header, Self.good, bad, "N4,\"B4\"x,instalment-loan", Self.other]
        try books.folder.write(file.joined(separator: "\n") + "\n", to: "in.csv")
        #expect(try await books.colend("loans import in.csv").exit == 65)
        let rehearsal = try await books.colend("loans import in.csv --keep-good --dry-run")
        #expect(rehearsal.exit == 2)
        #expect(books.folder.files().keys.allSatisfy { !$0.hasSuffix(".rejected.csv") })
        let outcome = try await books.colend("loans import in.csv --keep-good")
        #expect(outcome.exit == 2, "\(outcome.errors)")
        let answer = try outcome.json(as: Object.self)
        #expect(answer["imported"] as? Int == 2)
        #expect(answer["rejected"] as? Int == 2)
        #expect(answer["rejectedFile"] as? String == "in.csv.rejected.csv")
        let rejected = books.folder.files()["in.csv.rejected.csv"] ?? Data()
        let lines = String(decoding: rejected, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0] == "line,reasons,\(Books.header)")
        #expect(lines[1].hasPrefix("3,INTAKE-007: principal 'ten' is not a decimal number at "))
        #expect(lines[1].hasSuffix(",\(bad)"))
        #expect(lines[2].hasPrefix("4,FILE-003: text after a closing quote at column 8,"))
        let again = try await books.colend("loans import in.csv --keep-good")
        #expect(try again.json(as: Object.self)["alreadyThere"] as? Int == 2)
    }

    @Test func `what lies beside the file runs in no spreadsheet`() async throws {
        let books = try await Books.new()
        let formula = "=HYPERLINK(0),B3,instalment-loan,-1.00,USD,10,12,2026-01-01T09:00:00Z"
        let outcome = try await books.colend(
            "loans import - --keep-good", input: "\(Books.header)\n\(formula)\n")
        #expect(outcome.exit == 2, "\(outcome.errors)")
        let rejected = books.folder.files()["stdin.rejected.csv"] ?? Data()
        let lines = String(decoding: rejected, as: UTF8.self).split(separator: "\n")
        #expect(lines.last?.hasSuffix(",'\(formula)") == true, "a number stays a number")
    }

    @Test func `a file that is all good has no rejects and exits 0`() async throws {
        let books = try await Books.new()
        let outcome = try await books.colend(
            "loans import - --keep-good", input: "\(Books.header)\n\(Self.good)\n")
        #expect(outcome.exit == 0, "\(outcome.errors)")
        #expect(try outcome.json(as: Object.self)["rejected"] as? Int == 0)
    }

    /// 100 MB without a line end, and its kin: refused with a place, in little memory and time.
    @Test(arguments: [
        ("FILE-022", "1:1", "x", 100_000_000), ("FILE-023", "1:8193", "a,", 1_000_000),
        ("FILE-002", "1:1", "\"", 1), ("FILE-021", "1:1", "\u{0}", 1_000),
        ("FILE-024", "1:1", "loan_id;borrower_id\n", 2), ("FILE-003", "1:2", "a\r", 2),
    ])
    func `a file of nonsense is refused at its place by importers and by match`(
        code: String, place: String, piece: String, count: Int
    ) async throws {
        let books = try await Books.new()
        let unit = Data(piece.utf8)
        var bytes = Data(capacity: unit.count * count)
        for _ in 0..<count { bytes.append(unit) }
        try books.folder.write(bytes, to: "in.csv")
        for words in [
            "loans import in.csv", "repayments import in.csv --keep-good",
            "match --ours in.csv --theirs in.csv",
        ] {
            // Repayments need a store; a file's faults come before a store that is not there.
            let outcome = try await books.colend(words)
            #expect(outcome.exit == 65, "\(words): \(outcome.errors)")
            #expect(outcome.codes.contains(code), "\(words): \(outcome.errors.prefix(300))")
            #expect(
                outcome.errors.contains("(in.csv:\(place))"),
                "\(words): \(outcome.errors.prefix(300))")
        }
    }

    @Test func `a file too large to be read whole is refused before it is read`() async throws {
        let books = try await Books.new()
        let path = try books.folder.write("", to: "in.csv")
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.truncate(atOffset: 600 << 20)
        try handle.close()
        let outcome = try await books.colend("loans import in.csv")
        #expect(outcome.exit == 65)
        #expect(outcome.codes == ["FILE-025"])
    }

    @Test func `a record without end is refused in NDJSON too`() async throws {
        let books = try await Books.new()
        let long = "{\"loan_id\":\"" + String(repeating: "x", count: 2_000_000) + "\"}\n"
        let outcome = try await books.colend(["loans", "import", "-"], input: long)
        #expect(outcome.exit == 65)
        #expect(outcome.codes == ["FILE-022"])
        let wide = "{" + (0..<300).map { "\"c\($0)\":\"\"" }.joined(separator: ",") + "}\n"
        let many = try await books.colend(["loans", "import", "-"], input: wide)
        #expect(many.codes == ["FILE-023"])
    }
}
