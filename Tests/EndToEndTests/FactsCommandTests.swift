import Foundation
import TestSupport
import Testing

/// `facts import` and `facts schema` on a living book: good lines, and every kind of bad one.
struct FactsCommandTests {
    /// A copy of the demo, and a loan of it with a waiting and a reversed payment.
    private static func book() async throws -> (demo: DemoRun, lines: FactLines) {
        let demo = try await DemoRun.first.value.copied()
        let loan = try await demo.loan("disbursed", paid: true)
        let paid = try await demo.colend(
            "repayments import -",
            input: """
                payment_id,loan_id,amount,currency,paid_at,reverses
                TP0,\(loan),7.00,USD,2026-02-10T08:00:00Z,
                TP1,\(loan),5.00,USD,2026-02-10T08:00:00Z,
                TR0,\(loan),7.00,USD,2026-02-10T09:00:00Z,TP0

                """)
        try #require(paid.exit == 0, "\(paid.errors)")
        return (demo, FactLines(loan: loan))
    }

    @Test func `every kind of bad line is refused with its code, place and record`() async throws {
        let (demo, lines) = try await Self.book()
        let booked = try await demo.colend(
            "loans import -",
            input: Books.header + ",agreement\n"
                + "TL1,B1,instalment-loan,1000,USD,10,12,2026-02-10T09:00:00Z,harbor-70-30\n")
        try #require(booked.exit == 0, "\(booked.errors)")
        let before = try await demo.colend("verify --digest").output
        for fault in lines.faults(unfunded: "TL1") {
            let outcome = try await demo.colend("facts import -", input: fault.line + "\n")
            #expect(outcome.exit == 65 && outcome.output == "", "\(fault): \(outcome.errors)")
            let line = outcome.errorLines.first { $0.hasPrefix(fault.code + ":") } ?? ""
            #expect(line.contains("(-:1"), "\(fault): \(outcome.errors)")
            guard let field = fault.line.range(of: "\"\(fault.field)\":") else { continue }
            // The value stands after the name, its colon and its quote.
            let column = fault.line.distance(
                from: fault.line.startIndex, to: field.upperBound)
            let isPlaced = ["(-:1:\(column + 1))", "(-:1:\(column + 2))"].contains {
                line.contains($0)
            }
            #expect(isPlaced, "\(fault): \(line)")
        }
        #expect(try await demo.colend("verify --digest").output == before)
    }

    @Test func `one bad line keeps the whole file out, and an id may stand once`() async throws {
        let (demo, lines) = try await Self.book()
        let refund: [String: String?] = ["currency": "USD", "amount": "1.00"]
        let good = lines.line("F1", "refund", refund)
        for (code, second) in [
            ("INTAKE-009", good),
            ("FACT-005", lines.line("F2", "refund", ["currency": "USD", "amount": "4.01"])),
        ] {
            let outcome = try await demo.colend("facts import -", input: "\(good)\n\(second)\n")
            #expect(outcome.exit == 65)
            #expect(
                outcome.codes == [code] && outcome.errors.contains("(-:2:"), "\(outcome.errors)")
        }
        #expect(try await imported(good, demo) == [1, 0])
    }

    @Test func `an id is recorded once for ever`() async throws {
        let (demo, lines) = try await Self.book()
        let refund: [String: String?] = ["currency": "USD", "amount": "1.00"]
        let good = lines.line("F1", "refund", refund)
        #expect(try await imported(good, demo) == [1, 0])
        #expect(try await imported(good, demo) == [0, 1])
        #expect(
            try await imported(" " + good.replacing(":\"", with: " : \"") + "\r", demo) == [0, 1])
        let other = lines.line("F1", "refund", refund.merging(["amount": "1.01"]) { $1 })
        let outcome = try await demo.colend("facts import -", input: other + "\n")
        #expect(outcome.exit == 65 && outcome.codes == ["INTAKE-010"], "\(outcome.errors)")
        #expect(try await demo.colend("verify").exit == 0)
    }

    @Test func `a loan that is undone takes back payments and nothing else`() async throws {
        let (demo, lines) = try await Self.book()
        let returned = lines.line("X1", "payout-returned")
        #expect(try await imported(returned, demo) == [1, 0])
        for (id, kind, members) in [
            ("X2", "payout-failed", [:]), ("X3", "cancelled", ["charge": "none"]),
            ("X4", "charge-off", ["scope": "full"]),
            ("X5", "collection-cost", ["currency": "USD", "amount": "1.00"]),
        ] as [(String, String, [String: String?])] {
            let line = lines.line(id, kind, members.merging(["at": "2026-02-10T11:00:00Z"]) { $1 })
            let outcome = try await demo.colend("facts import -", input: line + "\n")
            #expect(outcome.codes.contains("FACT-008"), "\(kind): \(outcome.errors)")
        }
        let after = ["reverses": "TP1", "at": "2026-02-10T11:00:00Z"]
        #expect(try await imported(lines.line("X6", "reversal", after), demo) == [1, 0])
        #expect(try await demo.colend("verify").exit == 0)
    }

    @Test func `good lines are kept and the others lie beside the file`() async throws {
        let (demo, lines) = try await Self.book()
        let refund = lines.line("F1", "refund", ["currency": "USD", "amount": "1.00"])
        let bad = lines.line("F2", "refund", ["currency": "USD", "amount": "4.01"])
        let reversal = lines.line("F3", "reversal", ["reverses": "TP9"])
        let cost = lines.line("F4", "collection-cost", ["currency": "USD", "amount": "2.00"])
        let file = [refund, bad, "{\"id\":", reversal, cost].map { $0 + "\n" }.joined()
        try demo.folder.write(file, to: "facts.ndjson")
        #expect(try await demo.colend("facts import facts.ndjson").exit == 65)
        let outcome = try await demo.colend("facts import facts.ndjson --keep-good")
        #expect(outcome.exit == 2, "\(outcome.errors)")
        let answer = try outcome.json(as: Object.self)
        #expect(answer["imported"] as? Int == 2 && answer["rejected"] as? Int == 3)
        let name = try #require(answer["rejectedFile"] as? String)
        let rejected = String(decoding: demo.folder.files()[name] ?? Data(), as: UTF8.self)
        for (line, code) in [(2, "FACT-005"), (3, "FILE-013"), (4, "INTAKE-019")] {
            #expect(
                rejected.contains("\(line),\(code): ") || rejected.contains("\(line),\"\(code): "))
        }
        let again = try await demo.colend("facts import facts.ndjson --keep-good")
        #expect(try again.json(as: Object.self)["alreadyThere"] as? Int == 2)
    }

    private func imported(_ line: String, _ demo: DemoRun) async throws -> [Int?] {
        let outcome = try await demo.colend("facts import -", input: line + "\n")
        #expect(outcome.exit == 0, "\(outcome.errors)")
        let answer = try outcome.json(as: Object.self)
        return [answer["imported"] as? Int, answer["alreadyThere"] as? Int]
    }
}
