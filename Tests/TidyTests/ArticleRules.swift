/// Rules about the articles: what they say is there is there.
enum ArticleRules {
    /// Paths between backticks, `Scripts/test --filter X` counting as `Scripts/test`.
    static func paths(in text: String) -> [(line: Int, path: String)] {
        let roots = ["Sources/", "Tests/", "Mocks/", "Config/", "Scripts/", ".ci/"]
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .flatMap { index, line in
                line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                    .filter { !$0.offset.isMultiple(of: 2) }
                    .compactMap { $0.element.split(separator: " ").first.map(String.init) }
                    .filter { word in
                        roots.contains(where: word.hasPrefix)
                            && !word.contains { "*<…".contains($0) }
                    }
                    .map { (index + 1, $0) }
            }
    }

    /// The rows of every table in `text`, headings and rules left out, cells trimmed.
    static func rows(in text: String) -> [(line: Int, cells: [String])] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        func isRule(_ line: Substring) -> Bool {
            line.hasPrefix("|") && line.contains("--") && line.allSatisfy { "|-: ".contains($0) }
        }
        return lines.enumerated().compactMap { index, line in
            let isHeading = index + 1 < lines.count && isRule(lines[index + 1])
            guard line.hasPrefix("|"), !isRule(line), !isHeading else { return nil }
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .dropFirst().dropLast()
                .map { String($0.trimmingPrefix { $0 == " " }) }
                .map { String($0.reversed().trimmingPrefix { $0 == " " }.reversed()) }
            return (index + 1, cells)
        }
    }

    /// A term stands once, in alphabetical order, with a meaning.
    static func glossary(_ text: String, path: String) -> [Finding] {
        let rows = rows(in: text)
        let empty = rows.filter { $0.cells.count < 2 || $0.cells.contains("") }.map {
            Finding(path: path, line: $0.line, message: "a term without a meaning")
        }
        let misplaced = zip(rows, rows.dropFirst()).filter {
            $0.cells.first?.lowercased() ?? "" >= $1.cells.first?.lowercased() ?? ""
        }
        return empty
            + misplaced.map {
                Finding(path: path, line: $1.line, message: "twice, or out of alphabetical order")
            }
    }
}
