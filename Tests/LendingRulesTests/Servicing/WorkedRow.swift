import Foundation
import Testing

/// A row of an article's worked examples: its terms, its facts, the date that is told and what
/// it tells.
struct WorkedRow {
    let name: String
    let terms: Story.Words
    let facts: String
    let date: String
    private let expected: Story.Words

    /// The text of an article of the documentation.
    static func text(of article: String) throws -> String {
        try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(
                path: "../../../Sources/colend/Documentation.docc/\(article).md"),
            encoding: .utf8)
    }

    /// All rows of an article that begin with terms in braces.
    static func rows(of article: String) throws -> [WorkedRow] {
        try text(of: article).split(separator: "\n").filter { $0.contains("| `{") }
            .map { try WorkedRow($0) }
    }

    private init(_ row: Substring) throws {
        let cells = row.split(separator: "|").map {
            $0.trimmingCharacters(in: .whitespaces).replacing("`", with: "")
        }
        try #require(cells.count == 5, "\(row)")
        name = cells[0]
        terms = try Self.object(cells[1])
        facts = cells[2]
        date = cells[3]
        expected = try Self.object(cells[4])
    }

    private static func object(_ text: String) throws -> Story.Words {
        try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? Story.Words, "\(text)")
    }

    /// Holds what was told against every value that the row tells.
    func expect(_ told: Story.Words) {
        for (name, value) in expected.sorted(by: { $0.key < $1.key }) {
            let found = told[name].map { "\($0)" } ?? "nothing"
            #expect(found == "\(value)", "\(self.name): \(name)")
        }
    }
}
