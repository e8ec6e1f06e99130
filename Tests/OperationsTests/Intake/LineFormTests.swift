import LendingRules
import Operations
import TestSupport
import Testing

/// The forms of the four kinds of facts about lines: what they must say, and how it is told where
/// it is missing.
struct LineFormTests {
    /// Everything that each kind must say besides the common fields.
    private static let required: [(kind: String, words: [String])] = [
        ("drawdown", ["currency=USD", "amount=50.00"]),
        ("purchase", ["currency=USD", "amount=50.00"]),
        ("purchase-refund", ["purchase=S1", "currency=USD", "amount=50.00"]),
        ("conversion", ["instalments=3", "purchase=S1"]),
    ]

    private func faults(of words: [String]) async throws -> [String] {
        let house = try await TestLines.house()
        do {
            _ = try await house.take(words.joined(separator: " "))
            return []
        } catch let refused as ImportRefused {
            return refused.faults.map { "\($0.code) \($0.line):\($0.column) \($0.what)" }
        }
    }

    @Test(arguments: FactForm.ofLines)
    func `a fact of a line that lacks what it must say is refused for it`(kind: String)
        async throws
    {
        let more = try #require(Self.required.first { $0.kind == kind }).words
        let line = kind == "drawdown" ? "R1" : "B1"
        let whole =
            FactFile.line(
                "F1", kind, loan: line, valueDate: "2026-01-01", at: "2026-01-01T10:00:00Z"
            ).split(separator: " ").map(String.init) + more
        for place in whole.indices {
            let name = String(whole[place].prefix { $0 != "=" })
            var words = whole
            words.remove(at: place)
            let found = try await faults(of: words)
            // A record without a kind has no form, and what is not there stands nowhere.
            let expected =
                switch (name, kind) {
                case ("kind", _): "FACT-001 1:0 kind '' is none of "
                case ("id", _): "INTAKE-002 1:0 id '' is not an id of "
                case ("purchase", "conversion"):
                    "FACT-003 1:0 a conversion needs one of purchase, statement"
                default: "FACT-003 1:0 field '\(name)' is missing; fields: id, kind, loan, "
                }
            #expect(found.first?.hasPrefix(expected) == true, "\(name): \(found)")
        }
    }
}
