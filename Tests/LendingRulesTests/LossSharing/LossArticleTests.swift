import Foundation
import LendingRules
import Testing

/// The worked examples of the article `LossSharing`, each closed day by day.
struct LossArticleTests {
    private static let article = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Sources/colend/Documentation.docc/LossSharing.md")

    private static let text = try? String(contentsOf: article, encoding: .utf8)

    /// A row: its terms, its facts, the date that is told and what it tells.
    private struct Example {
        let row: String
        let scenario: LossScenario
        let date: String
        let expected: Story.Words

        init(_ row: Substring) throws {
            let cells = row.split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces).replacing("`", with: "")
            }
            try #require(cells.count == 5, "\(row)")
            self.row = cells[0]
            date = cells[3]
            scenario = try LossScenario(try Self.object(cells[1]), cells[2], to: cells[3])
            expected = try Self.object(cells[4])
        }

        private static func object(_ text: String) throws -> Story.Words {
            try #require(
                JSONSerialization.jsonObject(with: Data(text.utf8)) as? Story.Words, "\(text)")
        }
    }

    @Test func `every example comes out as the article says`() throws {
        let rows = try #require(Self.text).split(separator: "\n").filter { $0.contains("| `{") }
        #expect(rows.count >= 90)
        for row in rows {
            let example = try Example(row)
            let actual = try example.scenario.told(example.date)
            for (name, value) in example.expected.sorted(by: { $0.key < $1.key }) {
                let found = actual[name].map { "\($0)" } ?? "nothing"
                #expect(found == "\(value)", "\(example.row): \(name)")
            }
        }
    }
}
