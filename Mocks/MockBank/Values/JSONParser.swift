// A strict JSON reader: RFC 8259, no duplicate members, bounded depth.

/// Where and why a text is not the JSON the bank accepts.
package struct JSONFault: Error, Equatable {
    /// Offset of the byte at which reading stopped.
    package let offset: Int
    /// What was expected there.
    package let reason: String
}

extension JSON {
    /// Reads one JSON value; throws for anything before, inside or after it that is not JSON.
    package static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSON {
        try parse(bytes[...])
    }

    /// Reads one JSON value from a part of an array; offsets count from its start.
    package static func parse(_ bytes: ArraySlice<UInt8>) throws(JSONFault) -> JSON {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONFault) -> JSON in
            var parser = JSONParser(bytes: buffer)
            let value = try parser.value(depth: 0)
            parser.skipSpace()
            if parser.offset != buffer.count { throw parser.fault("nothing after the value") }
            return value
        }
    }
}

/// Reads over bytes that stay where they are while it does.
private struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    var offset = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    func fault(_ reason: String) -> JSONFault { JSONFault(offset: offset, reason: reason) }

    mutating func skipSpace() {
        while let byte = next, byte == 32 || byte == 10 || byte == 13 || byte == 9 { offset += 1 }
    }

    mutating func value(depth: Int) throws(JSONFault) -> JSON {
        if depth > 32 { throw fault("at most 32 levels") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ text: String, _ value: JSON) throws(JSONFault) -> JSON {
        guard bytes[offset...].starts(with: text.utf8) else { throw fault(text) }
        offset += text.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSON {
        var members = Members()
        members.reserve(12)
        offset += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            let name = try string()
            skipSpace()
            if !take(UInt8(ascii: ":")) { throw fault("a colon") }
            let value = try value(depth: depth + 1)
            if !members.insert(name, value) {
                throw fault("each member once, not \(name) twice")
            }
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            if !take(UInt8(ascii: ",")) { throw fault("a comma or }") }
        }
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSON {
        var elements: [JSON] = []
        offset += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            if !take(UInt8(ascii: ",")) { throw fault("a comma or ]") }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        offset += 1
        return true
    }

    private mutating func number() throws(JSONFault) -> String {
        let start = offset
        _ = take(UInt8(ascii: "-"))
        let leadingZero = next == UInt8(ascii: "0")
        let whole = digits()
        if whole == 0 || (leadingZero && whole > 1) { throw fault("a value") }
        if take(UInt8(ascii: ".")), digits() == 0 { throw fault("digits") }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            if digits() == 0 { throw fault("digits") }
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = offset
        while let byte = next, byte >= 48, byte <= 57 { offset += 1 }
        return offset - start
    }

    private mutating func string() throws(JSONFault) -> String {
        if !take(UInt8(ascii: "\"")) { throw fault("a string") }
        let start = offset
        var bits: UInt8 = 0
        while let byte = next, byte >= 32, byte != UInt8(ascii: "\\") {
            if byte == UInt8(ascii: "\"") {
                let text = UnsafeBufferPointer(rebasing: bytes[start..<offset])
                offset += 1
                // ASCII is UTF-8, and nearly all there is: the check of a text takes far longer.
                if bits < 128 { return String(decoding: text, as: UTF8.self) }
                guard let valid = String(validating: text, as: UTF8.self) else {
                    throw fault("UTF-8")
                }
                return valid
            }
            bits |= byte
            offset += 1
        }
        return try escapedString(Array(bytes[start..<offset]))
    }

    /// The rest of a string that has an escape, or something that cannot stand in one.
    private mutating func escapedString(_ begun: [UInt8]) throws(JSONFault) -> String {
        var text = begun
        while let byte = next {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let valid = String(validating: text, as: UTF8.self) else {
                    throw fault("UTF-8")
                }
                return valid
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<32: throw fault("no control characters")
            default: text.append(byte)
            }
        }
        throw fault("the end of the string")
    }

    private mutating func escape() throws(JSONFault) -> [UInt8] {
        guard let byte = next else { throw fault("an escape") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return try scalar()
        default: throw fault("an escape")
        }
    }

    private mutating func scalar() throws(JSONFault) -> [UInt8] {
        var code = try fourDigits()
        if (0xD800..<0xDC00).contains(code) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw fault("a pair") }
            let low = try fourDigits()
            guard (0xDC00..<0xE000).contains(low) else { throw fault("a pair") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw fault("a character") }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func fourDigits() throws(JSONFault) -> UInt32 {
        guard offset + 4 <= bytes.count,
            let code = UInt32(
                String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16)
        else { throw fault("four hexadecimal digits") }
        offset += 4
        return code
    }
}
