package import Operations

/// What a command has to say: for programs, for people, and how it exits.
package struct Answer: Sendable {
    /// The JSON of INTERFACE.
    package var node: Node
    /// Tables for people; the first is what CSV prints.
    package var grids: [Grid]
    /// Lines for people, under the tables.
    package var lines: [String]
    /// Nil for 0.
    package var exit: ExitKind?

    package init(
        _ node: Node, grids: [Grid] = [], lines: [String] = [], exit: ExitKind? = nil
    ) {
        self.node = node
        self.grids = grids
        self.lines = lines
        self.exit = exit
    }
}

/// How an answer is printed.
package enum OutputFormat: String, Sendable, CaseIterable {
    case table, json, csv, ndjson
}

extension Answer {
    /// The answer's text for standard output, with its final line break.
    package func rendered(_ format: OutputFormat) -> String {
        switch format {
        case .json: return node.compact + "\n"
        case .ndjson:
            guard case .array(let elements) = node else { return node.compact + "\n" }
            return elements.map { $0.compact + "\n" }.joined()
        case .csv: return grids.first?.csv ?? node.compact + "\n"
        case .table:
            let parts = grids.map(\.text) + (lines.isEmpty ? [] : [lines.joined(separator: "\n")])
            return (parts.isEmpty ? node.pretty : parts.joined(separator: "\n\n")) + "\n"
        }
    }
}
