// Strings and numbers, the two tokens with insides.

extension JSONReader {
    /// A number as written: `-?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?`.
    mutating func number() throws(Fault) -> String {
        let start = offset
        if next == UInt8(ascii: "-") { offset += 1 }
        if next == UInt8(ascii: "0") {
            offset += 1
        } else {
            try digits(start)
        }
        if next == UInt8(ascii: ".") {
            offset += 1
            try digits(start)
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            offset += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { offset += 1 }
            try digits(start)
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func digits(_ start: Int) throws(Fault) {
        let first = offset
        while let byte = next, (48...57).contains(byte) { offset += 1 }
        if offset > first { return }
        throw next == nil
            ? fault("the text ends inside a number")
            : fault(offset == start ? "no JSON value" : "a digit is expected")
    }

    /// A string without its quotes and escapes.
    mutating func string() throws(Fault) -> String {
        let start = offset
        offset += 1
        // Most strings stand as they are: nothing is copied byte by byte then.
        var bits: UInt8 = 0
        while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""),
            byte != UInt8(ascii: "\\")
        {
            bits |= byte
            offset += 1
        }
        // Nor is ASCII looked through once more for being UTF-8.
        if next == UInt8(ascii: "\""), bits < 0x80 {
            offset += 1
            return String(decoding: bytes[(start + 1)..<(offset - 1)], as: UTF8.self)
        }
        var content = Array(bytes[(start + 1)..<offset])
        while let byte = next {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw fault("the string is not UTF-8", at: start)
                }
                return text
            case UInt8(ascii: "\\"):
                try escape(into: &content)
            case 0..<0x20:
                throw fault("a control character inside a string", at: offset - 1)
            default:
                content.append(byte)
            }
        }
        throw fault("the string that begins here never ends", at: start)
    }

    private mutating func escape(into content: inout [UInt8]) throws(Fault) {
        let start = offset - 1
        guard let byte = next else { throw fault("the text ends inside an escape") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"): try scalar(into: &content, start)
        default: throw fault("no such escape", at: start)
        }
    }

    private mutating func scalar(into content: inout [UInt8], _ start: Int) throws(Fault) {
        var value = try hexadecimal(start)
        if (0xD800..<0xDC00).contains(value) {
            guard bytes[offset...].starts(with: "\\u".utf8) else {
                throw fault("half a surrogate pair", at: start)
            }
            offset += 2
            let low = try hexadecimal(start)
            guard (0xDC00..<0xE000).contains(low) else {
                throw fault("half a surrogate pair", at: start)
            }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw fault("half a surrogate pair", at: start)
        }
        if value == 0 { throw fault("the character zero, which no text holds", at: start) }
        content += Character(scalar).utf8
    }

    private mutating func hexadecimal(_ start: Int) throws(Fault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault("four hexadecimal digits are expected", at: start)
            }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }
}
