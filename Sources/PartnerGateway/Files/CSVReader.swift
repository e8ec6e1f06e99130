// Import and partner files as tables of texts, on the scanner that reads files of any size.

package import Operations
internal import Reconciling

/// Reads CSV files strictly: every departure from RFC 4180 is a fault with its place, none is
/// repaired. A byte order mark at the beginning is passed over.
///
/// Codes beside those of ``CSVFault``: FILE-004 wrong number of fields · FILE-005 no header ·
/// FILE-024 another delimiter.
package struct CSVReader: ~Copyable {
    private let file: String
    private var scanner: CSVScanner
    /// The last place asked for: its offset and column.
    private var counted = (offset: 0, column: 1)
    private var faults: [ImportFault] = []
    private var rejected: [RejectedRow] = []

    /// The table of a file with a header line.
    ///
    /// - Parameter keepGood: whether rows with a fault are left out, as ``ImportTable/rejected``,
    ///   instead of refusing the file.
    /// - Throws: ``ImportRefused`` with the faults of the whole file; of its header alone when good
    ///   rows are kept.
    package static func read(
        _ bytes: [UInt8], file: String, keepGood: Bool = false
    ) throws(ImportRefused) -> ImportTable {
        try bytes.withUnsafeBufferPointer { buffer throws(ImportRefused) in
            var reader = CSVReader(ByteView(buffer), file: file)
            return try reader.table(keepGood: keepGood)
        }
    }

    private init(_ view: ByteView, file: String) {
        self.file = file
        scanner = CSVScanner(view)
        counted.offset = scanner.offset
    }

    private mutating func table(keepGood: Bool) throws(ImportRefused) -> ImportTable {
        let heads = header()
        let columns = heads.map(\.text)
        guard faults.isEmpty || !keepGood else { throw ImportRefused(faults: faults) }
        var rows: [ImportRow] = []
        while !scanner.isAtEnd, !columns.isEmpty {
            let start = scanner.offset
            let faultsBefore = faults.count
            if let row = row(width: columns.count) {
                rows.append(row)
            } else if keepGood {
                reject(from: start, faultsBefore)
            } else if faults.count >= ImportRefused.limit {
                break
            }
        }
        if !faults.isEmpty, !keepGood { throw ImportRefused(faults: faults) }
        return ImportTable(
            file: file, columns: columns, columnPlaces: heads.map(\.column), rows: rows,
            rejected: rejected)
    }

    /// The names of the columns and their places; none when there is no header, or it has a fault.
    private mutating func header() -> [ImportField] {
        guard !scanner.isAtEnd else {
            note("FILE-005", "the file has no header line", at: scanner.offset, line: 1)
            return []
        }
        guard let row = record() else { return [] }
        if row.fields.count == 1,
            let other = HeaderLine.otherDelimiter(in: row.fields[0].text)
        {
            note(
                "FILE-024", "the header has \(other) where commas should be",
                at: scanner.record.lowerBound, line: 1)
            return []
        }
        return row.fields
    }

    /// The next row, or nil when it has a fault; either way the next one is reached.
    private mutating func row(width: Int) -> ImportRow? {
        guard let row = record() else { return nil }
        if row.fields.count == width { return row }
        faults.append(
            ImportFault(
                code: "FILE-004", file: file, line: row.line, column: 1,
                what: HeaderLine.otherWidth(row.fields.count, than: width)))
        return nil
    }

    private mutating func record() -> ImportRow? {
        do throws(CSVFault) {
            _ = try scanner.next()
        } catch {
            note(error.code, error.what, at: error.offset, line: error.line)
            scanner.skipLine()
            return nil
        }
        var fields: [ImportField] = []
        fields.reserveCapacity(scanner.fieldCount)
        for number in 0..<scanner.fieldCount {
            let field = scanner[number]
            fields.append(
                ImportField(text: scanner.view.text(of: field), column: column(of: field.place)))
        }
        return ImportRow(line: scanner.recordLine, fields: fields)
    }

    /// Counting goes on from the last place asked for.
    private mutating func column(of offset: Int) -> Int {
        if offset < counted.offset { return scanner.view.column(of: offset) }
        for place in counted.offset..<offset {
            let byte = scanner.view[place]
            counted.column = byte == 0x0A ? 1 : counted.column + (byte & 0xC0 != 0x80 ? 1 : 0)
        }
        counted.offset = offset
        return counted.column
    }

    private mutating func note(_ code: String, _ what: String, at offset: Int, line: Int) {
        faults.append(
            ImportFault(
                code: code, file: file, line: line, column: column(of: offset), what: what))
    }

    /// Takes what was just read aside with its faults.
    private mutating func reject(from start: Int, _ faultsBefore: Int) {
        let reasons = Array(faults[faultsBefore...])
        faults.removeSubrange(faultsBefore...)
        let end = min(scanner.offset, start + RejectedRow.textLimit)
        let text = String(decoding: scanner.view.bytes(start..<end), as: UTF8.self)
        rejected.append(
            RejectedRow(
                line: reasons.first?.line ?? 0,
                fields: [String(text.prefix { $0 != "\n" && $0 != "\r\n" })], faults: reasons))
    }
}
