/// Takes CSV bytes apart, record by record, to the letter of RFC 4180; nothing is copied.
///
/// Lines end with LF or CRLF, the last one may lack its end; a byte order mark at the very
/// beginning is passed over. Every departure is a fault, none is repaired. Lines are counted as an
/// editor does, also those inside quotes.
package struct CSVScanner: ~Copyable {
    /// Fields of a record at most; a file that has more is not what it should be.
    package static let fieldLimit = 4096
    /// Bytes of a field at most.
    package static let fieldBytesLimit = 65_536

    package let view: ByteView
    /// The next byte to read.
    package private(set) var offset: Int
    /// The line of the next byte, from 1.
    package private(set) var line = 1
    /// Where the last record begins and ends, its line end left out.
    package private(set) var record = 0..<0
    /// The line on which the last record begins.
    package private(set) var recordLine = 1
    /// How many fields the last record has.
    package private(set) var fieldCount = 0
    /// Room for as many fields as a record may have; an array would be counted at every use.
    private let fields: UnsafeMutablePointer<FieldSpan>
    /// Off when a record is read again that was found sound before.
    private let checksText: Bool

    package init(_ view: ByteView) {
        self.init(view, checksText: true)
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if view.count >= 3, mark.indices.allSatisfy({ view[$0] == mark[$0] }) { offset = 3 }
    }

    /// A scanner for records that another one has found to be sound.
    init(again view: ByteView) { self.init(view, checksText: false) }

    private init(_ view: ByteView, checksText: Bool) {
        self.view = view
        self.checksText = checksText
        offset = 0
        fields = .allocate(capacity: CSVScanner.fieldLimit)
    }

    deinit { fields.deallocate() }

    /// A field of the last record.
    @inline(__always)
    package subscript(field: Int) -> FieldSpan {
        precondition(field >= 0 && field < fieldCount, "a field of the record")
        return fields[field]
    }

    package var isAtEnd: Bool { offset == view.count }

    /// Goes to a place where a record begins; line numbers do not count from there.
    @inline(__always)
    mutating func seek(_ offset: Int) { self.offset = offset }

    /// Reads the next record; false at the end of the bytes.
    ///
    /// - Throws: ``CSVFault``; ``skipLine()`` leads to where reading may go on.
    package mutating func next() throws(CSVFault) -> Bool {
        guard offset < view.count else { return false }
        let start = offset
        fieldCount = 0
        recordLine = line
        while true {
            let isQuoted = offset < view.count && view[offset] == UInt8(ascii: "\"")
            if fieldCount == CSVScanner.fieldLimit { throw fault(.tooManyFields, at: offset) }
            keep(isQuoted ? try quoted() : try plain())
            guard offset < view.count, view[offset] == UInt8(ascii: ",") else { break }
            offset += 1
        }
        record = start..<offset
        try endLine()
        return true
    }

    /// Goes to the beginning of the next line.
    package mutating func skipLine() {
        while offset < view.count, view[offset] != 0x0A { offset += 1 }
        if offset < view.count { offset += 1 }
        line += 1
    }

    @inline(__always)
    private mutating func keep(_ field: FieldSpan) {
        (fields + fieldCount).initialize(to: field)
        fieldCount += 1
    }

    @inline(__always)
    private mutating func plain() throws(CSVFault) -> FieldSpan {
        let start = offset
        var high: UInt8 = 0
        var zero = -1
        while offset < view.count {
            let byte = view[offset]
            // Everything that ends a field, and the zero byte, is at most a comma.
            if byte <= UInt8(ascii: ",") {
                if byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D { break }
                if byte == UInt8(ascii: "\"") { throw fault(.strayQuote, at: offset) }
                if byte == 0, zero < 0 { zero = offset }
            }
            high |= byte
            offset += 1
        }
        let field = FieldSpan(start: start, end: offset, isQuoted: false, isEscaped: false)
        try check(field, isASCII: high < 0x80, zero: zero)
        return field
    }

    private mutating func quoted() throws(CSVFault) -> FieldSpan {
        let (place, firstLine) = (offset, line)
        var (high, zero, isEscaped): (UInt8, Int, Bool) = (0, -1, false)
        offset += 1
        while offset < view.count {
            let byte = view[offset]
            offset += 1
            if byte == UInt8(ascii: "\"") {
                guard offset < view.count, view[offset] == byte else {
                    let field = FieldSpan(
                        start: place + 1, end: offset - 1, isQuoted: true, isEscaped: isEscaped)
                    return try closed(field, firstLine, isASCII: high < 0x80, zero: zero)
                }
                isEscaped = true
                offset += 1
            } else if byte == 0x0A {
                line += 1
            } else if byte == 0, zero < 0 {
                zero = offset - 1
            }
            high |= byte
        }
        throw CSVFault(kind: .quoteNeverClosed, offset: place, line: firstLine)
    }

    private func closed(_ field: FieldSpan, _ firstLine: Int, isASCII: Bool, zero: Int)
        throws(CSVFault) -> FieldSpan
    {
        if offset < view.count, !endsField(view[offset]) {
            throw fault(.textAfterQuote, at: offset)
        }
        do throws(CSVFault) {
            try check(field, isASCII: isASCII, zero: zero)
        } catch {
            let before = (field.place..<error.offset).count { view[$0] == 0x0A }
            throw CSVFault(kind: error.kind, offset: error.offset, line: firstLine + before)
        }
        return field
    }

    @inline(__always)
    private func check(_ field: FieldSpan, isASCII: Bool, zero: Int) throws(CSVFault) {
        if field.end - field.start > CSVScanner.fieldBytesLimit {
            throw fault(.fieldTooLong, at: field.place)
        }
        if !isASCII, checksText, view.text(field.range) == nil {
            throw fault(.notUTF8, at: field.place)
        }
        if zero >= 0 { throw fault(.zeroByte, at: zero) }
    }

    @inline(__always)
    private mutating func endLine() throws(CSVFault) {
        let place = offset
        if offset < view.count, view[offset] == 0x0D {
            offset += 1
            if offset < view.count, view[offset] != 0x0A { throw fault(.strayReturn, at: place) }
        }
        if offset < view.count { offset += 1 }
        line += 1
    }

    private func endsField(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D
    }

    private func fault(_ kind: CSVFault.Kind, at offset: Int) -> CSVFault {
        CSVFault(kind: kind, offset: offset, line: line)
    }
}

extension ByteView {
    /// The column of a byte offset in its line, in characters, from 1; a byte order mark counts
    /// nothing.
    package func column(of offset: Int) -> Int {
        var start = offset
        while start > 0, self[start - 1] != 0x0A { start -= 1 }
        let hasMark =
            start == 0 && count >= 3 && offset >= 3 && self[0] == 0xEF
            && self[1] == 0xBB && self[2] == 0xBF
        if hasMark { start = 3 }
        return 1 + (start..<offset).count { self[$0] & 0xC0 != 0x80 }
    }
}
