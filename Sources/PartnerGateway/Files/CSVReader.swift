// RFC 4180 over bytes. Lines end with LF or CRLF; the last one may lack its end.

package import Operations

/// Reads CSV files strictly: every departure is a fault with its place, none is repaired.
///
/// Codes: FILE-001 not UTF-8 · FILE-002 quote never closed · FILE-003 stray quote or carriage
/// return · FILE-004 wrong number of fields · FILE-005 no header.
package struct CSVReader {
    private let file: String
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    /// The last place asked for: its offset and column.
    private var counted = (offset: 0, column: 1)
    private var faults: [ImportFault] = []

    /// The table of a file with a header line. A byte order mark before it is passed over.
    ///
    /// - Throws: ``ImportRefused`` with the faults of the whole file.
    package static func read(_ bytes: [UInt8], file: String) throws(ImportRefused) -> ImportTable {
        var reader = CSVReader(bytes, file: file)
        let table = reader.table()
        if !reader.faults.isEmpty { throw ImportRefused(faults: reader.faults) }
        return table
    }

    private init(_ bytes: [UInt8], file: String) {
        self.file = file
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { (offset, counted.offset) = (3, 3) }
    }

    private mutating func table() -> ImportTable {
        guard offset < bytes.count, let header = row() else {
            if faults.isEmpty { note("FILE-005", "the file has no header line", here()) }
            return ImportTable(file: file, columns: [], rows: [])
        }
        var rows: [ImportRow] = []
        while offset < bytes.count, faults.count < ImportRefused.limit {
            guard let row = row() else { continue }
            if row.fields.count == header.fields.count {
                rows.append(row)
            } else {
                note(
                    "FILE-004",
                    "\(row.fields.count) fields where the header names \(header.fields.count)",
                    TextPlace(line: row.line, column: 1))
            }
        }
        return ImportTable(file: file, columns: header.fields.map(\.text), rows: rows)
    }

    /// The next record, or nil when it has a fault; either way the next one is reached.
    private mutating func row() -> ImportRow? {
        let firstLine = line
        let faultsBefore = faults.count
        var fields: [ImportField] = []
        repeat {
            let start = here()
            let text = at(UInt8(ascii: "\"")) ? quoted(start) : plain(start)
            fields.append(ImportField(text: text ?? "", column: start.column))
            if text == nil { skipLine() }
        } while faults.count == faultsBefore && take(UInt8(ascii: ","))
        if faults.count == faultsBefore { endLine() }
        return faults.count == faultsBefore ? ImportRow(line: firstLine, fields: fields) : nil
    }

    private mutating func plain(_ start: TextPlace) -> String? {
        let first = offset
        while offset < bytes.count, !endsField(bytes[offset]) {
            if bytes[offset] == UInt8(ascii: "\"") {
                note("FILE-003", "a quote inside a field that does not begin with one", here())
                return nil
            }
            offset += 1
        }
        return text(bytes[first..<offset], start)
    }

    private mutating func quoted(_ start: TextPlace) -> String? {
        var content: [UInt8] = []
        offset += 1
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == UInt8(ascii: "\"") {
                guard take(byte) else { return closed(content, start) }
            } else if byte == UInt8(ascii: "\n") {
                beginLine()
            }
            content.append(byte)
        }
        note("FILE-002", "the quote that begins here is never closed", start)
        return nil
    }

    private mutating func closed(_ content: [UInt8], _ start: TextPlace) -> String? {
        if offset < bytes.count, !endsField(bytes[offset]) {
            note("FILE-003", "text after a closing quote", here())
            return nil
        }
        return text(content[...], start)
    }

    private mutating func text(_ slice: ArraySlice<UInt8>, _ start: TextPlace) -> String? {
        if let text = String(validating: slice, as: UTF8.self) { return text }
        note("FILE-001", "the field that begins here is not UTF-8", start)
        return nil
    }

    private mutating func endLine() {
        let place = here()
        let hasReturn = take(0x0D)
        if offset < bytes.count, !take(0x0A), hasReturn {
            note("FILE-003", "a carriage return without its line feed", place)
            return skipLine()
        }
        beginLine()
    }

    private mutating func skipLine() {
        while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
        offset = min(offset + 1, bytes.count)
        beginLine()
    }

    private mutating func beginLine() {
        line += 1
        counted = (offset, 1)
    }

    private func at(_ byte: UInt8) -> Bool { offset < bytes.count && bytes[offset] == byte }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard at(byte) else { return false }
        offset += 1
        return true
    }

    private func endsField(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D
    }

    /// The place of the next byte. Columns count characters, so continuation bytes count nothing;
    /// counting goes on from the last place asked for.
    private mutating func here() -> TextPlace {
        let column = counted.column + bytes[counted.offset..<offset].count { $0 & 0xC0 != 0x80 }
        counted = (offset, column)
        return TextPlace(line: line, column: column)
    }

    private mutating func note(_ code: String, _ what: String, _ place: TextPlace) {
        faults.append(
            ImportFault(
                code: code, file: file, line: place.line, column: place.column, what: what))
    }
}
