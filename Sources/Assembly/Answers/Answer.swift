package import Operations

/// What a command has to say: for programs, for people, and how it exits.
package struct Answer: Sendable {
    /// The JSON of INTERFACE.
    package var node: Node
    /// Lines for people, above the tables.
    package var heading: [String]
    /// Tables for people.
    package var grids: [Grid]
    /// Lines for people, under the tables.
    package var lines: [String]
    /// What CSV prints, one line each; nil for the node itself, or its elements.
    package var records: [Node]?
    /// The columns of the CSV, whatever the records hold; nil for those that the records have. A
    /// list states them, so that its header is the same on every day.
    package var columns: [String]?
    /// Lines for standard error that are no faults; left out when quiet.
    package var notes: [String] = []
    /// Nil for 0.
    package var exit: ExitKind?
    private var whole: String?

    /// One word that is printed the same in every format.
    init(plain: String) {
        self.init(text: plain + "\n")
    }

    /// A text that is printed as it is in every format, such as a page.
    init(text: String) {
        self.init(.text(text))
        whole = text
    }

    /// A whole file that is printed as it is in every format, its line breaks included.
    init(file text: String) {
        self.init(text: text.hasSuffix("\n") ? text : text + "\n")
    }

    package init(
        _ node: Node, heading: [String] = [], grids: [Grid] = [], lines: [String] = [],
        records: [Node]? = nil, columns: [String]? = nil, exit: ExitKind? = nil
    ) {
        self.node = node
        self.heading = heading
        self.grids = grids
        self.lines = lines
        self.records = records
        self.columns = columns
        self.exit = exit
    }
}

/// How an answer is printed.
package enum OutputFormat: String, Sendable, CaseIterable {
    case table, json, csv, ndjson
}

extension Answer {
    /// The answer's text for standard output, with its final line break.
    package func rendered(_ format: OutputFormat, isColored: Bool = false) -> String {
        if let whole { return whole }
        switch format {
        case .json: return node.compact + "\n"
        case .ndjson:
            guard case .array(let elements) = node else { return node.compact + "\n" }
            return elements.map { $0.compact + "\n" }.joined()
        case .csv: return RecordTable(records ?? node.elements, columns: columns).csv
        case .table:
            let parts =
                Answer.paragraph(heading) + grids.map { $0.text(isColored: isColored) }
                + Answer.paragraph(lines)
            return (parts.isEmpty ? node.pretty : parts.joined(separator: "\n\n")) + "\n"
        }
    }

    private static func paragraph(_ lines: [String]) -> [String] {
        lines.isEmpty ? [] : [lines.joined(separator: "\n")]
    }
}
