// Writes JSON front to back, in the order it is told: the same calls give the same bytes.

/// Appends JSON to a byte buffer, without blanks. Keeps commas right; that every member has a value
/// is the caller's part.
package struct JSONWriter {
    /// What has been written so far.
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init(reservingCapacity capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    /// An object with the members the body writes.
    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        nest("{", "}", body)
    }

    /// An array with the values the body writes.
    package mutating func array(_ body: (inout JSONWriter) -> Void) {
        nest("[", "]", body)
    }

    /// A string.
    package mutating func string(_ text: String) {
        separate()
        quote(text)
        needsComma = true
    }

    /// A whole number. Amounts are strings, never this.
    package mutating func integer(_ value: some BinaryInteger) {
        separate()
        bytes += String(value).utf8
        needsComma = true
    }

    /// Nothing where a value would be.
    package mutating func null() {
        separate()
        bytes += "null".utf8
        needsComma = true
    }

    /// A member's name; its value comes next.
    package mutating func name(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A member that is a string.
    package mutating func member(_ name: String, _ text: String) {
        self.name(name)
        string(text)
    }

    /// Ends a line of NDJSON; the next value begins the next.
    package mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    /// Takes back what was written behind a line's end.
    mutating func cut(to count: Int) {
        bytes.removeLast(bytes.count - count)
        needsComma = false
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func nest(
        _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ body: (inout JSONWriter) -> Void
    ) {
        separate()
        bytes.append(UInt8(ascii: opening))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: closing))
        needsComma = true
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { content in
            let isPlain = content.allSatisfy {
                $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
            if isPlain { bytes.append(contentsOf: content) } else { escape(content) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ content: UnsafeBufferPointer<UInt8>) {
        for byte in content {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: bytes += "\\u00\(HexText.of(CollectionOfOne(byte)))".utf8
            default: bytes.append(byte)
            }
        }
    }
}
