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

    /// One line for each record; columns that are not given are the members in order of
    /// appearance.
    init(_ records: [Node], columns given: [String]? = nil) {
        let objects = records.map { $0.flattened(under: "") }
        let columns = given ?? RecordTable.columns(of: objects)
        self.columns = columns
        rows = objects.map { members in
            columns.map { name in members.first { $0.name == name }?.value.cell ?? "" }
        }
    }

    /// What is null here and an object there has the columns of the object.
    private static func columns(of objects: [[Node.Member]]) -> [String] {
        var seen: Set<String> = []
        let names = objects.joined().map(\.name).filter { seen.insert($0).inserted }
        return names.filter { name in !names.contains { $0.hasPrefix("\(name).") } }
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

    /// A CSV field: texts as they are, null as nothing, plain values of an array parted by
    /// semicolons, what is nested deeper as JSON.
    fileprivate var cell: String {
        switch self {
        case .text(let value): value
        case .null: ""
        case .array(let elements) where elements.allSatisfy(\.isPlain):
            elements.map(\.cell).joined(separator: ";")
        default: compact
        }
    }

    private var isPlain: Bool {
        switch self {
        case .object, .array: false
        default: true
        }
    }

    /// The elements of an array; anything else is one.
    var elements: [Node] {
        if case .array(let elements) = self { elements } else { [self] }
    }
}
