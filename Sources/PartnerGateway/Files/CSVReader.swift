// RFC 4180 over bytes. Lines end with LF or CRLF; the last one may lack its end.

/// Reads CSV files strictly: every departure is a fault with its place, none is repaired.
///
/// Codes: FILE-001 not UTF-8 · FILE-002 quote never closed · FILE-003 stray quote or carriage
/// return · FILE-004 wrong number of fields · FILE-005 no header.
package struct CSVReader {
    private let file: String
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    /// Offset of the first byte of the line, to count columns from.
    private var lineStart = 0
    private var faults: [FileFault] = []

    /// The table of a file with a header line. A byte order mark before it is passed over.
    ///
    /// - Throws: ``FileRefused`` with the faults of the whole file.
    package static func read(_ bytes: [UInt8], file: String) throws(FileRefused) -> CSVTable {
        var reader = CSVReader(bytes, file: file)
        let table = reader.table()
        if !reader.faults.isEmpty { throw FileRefused(faults: reader.faults) }
        return table
    }

    private init(_ bytes: [UInt8], file: String) {
        self.file = file
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { (offset, lineStart) = (3, 3) }
    }

    private mutating func table() -> CSVTable {
        guard offset < bytes.count, let header = row() else {
            if faults.isEmpty { note("FILE-005", "the file has no header line", at: offset) }
            return CSVTable(file: file, columns: [], rows: [])
        }
        var rows: [CSVRow] = []
        while offset < bytes.count, faults.count < FileRefused.limit {
            let start = offset
            guard let row = row() else { continue }
            if row.fields.count == header.fields.count {
                rows.append(row)
            } else {
                note(
                    "FILE-004",
                    "\(row.fields.count) fields where the header names \(header.fields.count)",
                    TextPlace(line: row.line, column: 1), start)
            }
        }
        return CSVTable(file: file, columns: header.fields.map(\.text), rows: rows)
    }

    /// The next record, or nil when it has a fault; either way the next one is reached.
    private mutating func row() -> CSVRow? {
        let firstLine = line
        let faultsBefore = faults.count
        var fields: [CSVField] = []
        repeat {
            let start = place(of: offset)
            let text = at(UInt8(ascii: "\"")) ? quoted() : plain()
            fields.append(CSVField(text: text ?? "", place: start))
            if text == nil { skipLine() }
        } while faults.count == faultsBefore && take(UInt8(ascii: ","))
        if faults.count == faultsBefore { endLine() }
        return faults.count == faultsBefore ? CSVRow(line: firstLine, fields: fields) : nil
    }

    private mutating func plain() -> String? {
        let start = offset
        while offset < bytes.count, !endsField(bytes[offset]) {
            if bytes[offset] == UInt8(ascii: "\"") {
                note("FILE-003", "a quote inside a field that does not begin with one", at: offset)
                return nil
            }
            offset += 1
        }
        return text(bytes[start..<offset], from: start)
    }

    private mutating func quoted() -> String? {
        let start = offset
        let opening = place(of: start)
        var content: [UInt8] = []
        offset += 1
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == UInt8(ascii: "\"") {
                guard at(byte) else { return closed(content, from: start) }
                offset += 1
            }
            if byte == UInt8(ascii: "\n") { (line, lineStart) = (line + 1, offset) }
            content.append(byte)
        }
        note("FILE-002", "the quote that begins here is never closed", opening, start)
        return nil
    }

    private mutating func closed(_ content: [UInt8], from start: Int) -> String? {
        if offset < bytes.count, !endsField(bytes[offset]) {
            note("FILE-003", "text after a closing quote", at: offset)
            return nil
        }
        return text(content[...], from: start)
    }

    private mutating func text(_ slice: ArraySlice<UInt8>, from start: Int) -> String? {
        if let text = String(validating: slice, as: UTF8.self) { return text }
        note("FILE-001", "the field that begins here is not UTF-8", at: start)
        return nil
    }

    private mutating func endLine() {
        _ = take(0x0D)
        if offset < bytes.count, !take(0x0A) {
            note("FILE-003", "a carriage return without its line feed", at: offset - 1)
            return skipLine()
        }
        (line, lineStart) = (line + 1, offset)
    }

    private mutating func skipLine() {
        while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
        offset = min(offset + 1, bytes.count)
        (line, lineStart) = (line + 1, offset)
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

    /// Columns count characters, so continuation bytes are passed over.
    private func place(of offset: Int) -> TextPlace {
        let column = bytes[min(lineStart, offset)..<offset].count { $0 & 0xC0 != 0x80 }
        return TextPlace(line: line, column: column + 1)
    }

    private mutating func note(_ code: String, _ what: String, at offset: Int) {
        note(code, what, place(of: offset), offset)
    }

    private mutating func note(
        _ code: String, _ what: String, _ place: TextPlace, _: Int
    ) {
        faults.append(FileFault(code: code, file: file, place: place, what: what))
    }
}
