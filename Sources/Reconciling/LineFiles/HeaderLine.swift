/// The column names of a file and where each stands.
package struct HeaderLine {
    let names: [String]
    /// Character columns, one per name.
    let columns: [Int]

    /// Reads the header of a file; the scanner stands behind it then.
    ///
    /// - Throws: ``MatchFault`` when there is none, a name stands twice, or another delimiter is
    ///   meant.
    init(_ scanner: inout CSVScanner, side: Side) throws(MatchFault) {
        let view = scanner.view
        let isThere: Bool
        do throws(CSVFault) {
            isThere = try scanner.next()
        } catch {
            throw MatchFault(error, side: side, in: view)
        }
        if !isThere {
            throw MatchFault(
                code: "FILE-005", side: side, line: 1, column: 1,
                what: "the file has no header line")
        }
        let fields = (0..<scanner.fieldCount).map { scanner[$0] }
        names = fields.map { view.text(of: $0) }
        columns = fields.map { view.column(of: $0.place) }
        if names.count == 1, let other = HeaderLine.otherDelimiter(in: names[0]) {
            throw MatchFault(
                code: "FILE-024", side: side, line: 1, column: 1,
                what: "the header has \(other) where commas should be")
        }
        if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
            throw MatchFault(
                code: "MATCH-001", side: side, line: 1, column: columns[twice],
                what: "column '\(names[twice].prefix(70))' stands twice")
        }
    }

    /// The name of a delimiter that stands in a header's only column.
    package static func otherDelimiter(in name: String) -> String? {
        for (delimiter, word) in [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
        where name.contains(delimiter) {
            return word
        }
        return nil
    }

    /// What is said of a line that has another number of fields than the header.
    package static func otherWidth(_ count: Int, than width: Int) -> String {
        "\(count) field\(count == 1 ? "" : "s") where the header names \(width)"
    }
}

extension MatchFault {
    init(_ fault: CSVFault, side: Side, in view: ByteView) {
        self.init(
            code: fault.code, side: side, line: fault.line, column: view.column(of: fault.offset),
            what: fault.what)
    }
}
