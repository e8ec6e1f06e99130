/// An answer's records as CSV for other programs: the names and values of the JSON, a member of a
/// member as `parts.harbor`.
struct RecordTable {
    let columns: [String]
    let rows: [[String]]

    /// Rows as they are.
    init(columns: [String], rows: [[String]]) {
        self.columns = columns
        self.rows = rows
    }

    /// The elements of an array, or one object as a single line.
    init(_ node: Node) {
        if case .array(let elements) = node {
            self.init(records: elements)
        } else {
            self.init(records: [node])
        }
    }

    /// One line for each record; columns are the members in order of appearance.
    init(records: [Node]) {
        let objects = records.map { $0.flattened(under: "") }
        var seen: Set<String> = []
        let names = objects.joined().map(\.name).filter { seen.insert($0).inserted }
        // What is null here and an object there has the columns of the object.
        let columns = names.filter { name in !names.contains { $0.hasPrefix("\(name).") } }
        self.columns = columns
        rows = objects.map { members in
            columns.map { name in members.first { $0.name == name }?.value.cell ?? "" }
        }
    }

    /// RFC 4180 with a header line, nothing when there are no columns.
    ///
    /// Texts that a spreadsheet would run as formulas get an apostrophe; numbers are left alone.
    var csv: String {
        guard !columns.isEmpty else { return "" }
        return ([columns] + rows).map(RecordTable.line).joined()
    }

    /// One line with its end.
    static func line(_ cells: [String]) -> String {
        cells.map { quoted(SpreadsheetText.safe($0)) }.joined(separator: ",") + "\r\n"
    }

    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
        guard needsQuotes else { return text }
        let inner = text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"")
        return "\"\(inner)\""
    }
}

extension Node {
    /// Members without objects inside; what is no object is a member of its own.
    fileprivate func flattened(under name: String) -> [Node.Member] {
        guard case .object(let members) = self else {
            return [Node.Member(name: name.isEmpty ? "value" : name, value: self)]
        }
        return members.flatMap {
            $0.value.flattened(under: name.isEmpty ? $0.name : "\(name).\($0.name)")
        }
    }

    /// A CSV field: texts as they are, null as nothing, what is nested as JSON.
    fileprivate var cell: String {
        switch self {
        case .text(let value): value
        case .null: ""
        default: compact
        }
    }
}
