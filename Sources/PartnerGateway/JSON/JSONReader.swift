// RFC 8259 and no more: nothing after the value, no name twice, nothing deeper than 32.

/// Why a text is not the JSON it should be.
package struct JSONFault: Error, Hashable, Sendable {
    /// Byte offset of what is wrong.
    package let offset: Int
    package let place: TextPlace
    /// What was found or expected.
    package let what: String
}

/// Reads one JSON text.
package struct JSONReader {
    /// Arrays and objects inside one another that are still read.
    package static let maximumDepth = 32

    struct Fault: Error {
        let offset: Int
        let what: String
    }

    let bytes: [UInt8]
    var offset = 0

    /// The value of a complete JSON text in UTF-8; `firstLine` is where the text stands in its
    /// file, for lines of NDJSON.
    ///
    /// - Throws: ``JSONFault`` at the first byte that does not belong.
    package static func read(_ bytes: [UInt8], firstLine: Int = 1) throws(JSONFault) -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        do throws(Fault) {
            return try reader.document()
        } catch {
            let place = TextPlace(offset: error.offset, in: bytes, firstLine: firstLine)
            throw JSONFault(offset: error.offset, place: place, what: error.what)
        }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    func fault(_ what: String, at offset: Int? = nil) -> Fault {
        Fault(offset: offset ?? self.offset, what: what)
    }

    private mutating func document() throws(Fault) -> JSONValue {
        skipBlanks()
        let value = try value(depth: 0)
        skipBlanks()
        guard next == nil else { throw fault("text after the end of the value") }
        return value
    }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            offset += 1
        }
    }

    private mutating func value(depth: Int) throws(Fault) -> JSONValue {
        let start = offset
        switch next {
        case nil: throw fault("the text ends where a value is expected")
        case UInt8(ascii: "{"): return JSONValue(try object(depth: depth + 1), offset: start)
        case UInt8(ascii: "["): return JSONValue(try array(depth: depth + 1), offset: start)
        case UInt8(ascii: "\""): return JSONValue(.string(try string()), offset: start)
        case UInt8(ascii: "t"): return JSONValue(try word("true", .bool(true)), offset: start)
        case UInt8(ascii: "f"): return JSONValue(try word("false", .bool(false)), offset: start)
        case UInt8(ascii: "n"): return JSONValue(try word("null", .null), offset: start)
        default: return JSONValue(.number(try number()), offset: start)
        }
    }

    private mutating func word(
        _ word: String, _ content: JSONValue.Content
    ) throws(Fault) -> JSONValue.Content {
        guard bytes[offset...].starts(with: word.utf8) else { throw fault("no JSON value") }
        offset += word.utf8.count
        return content
    }

    private mutating func array(depth: Int) throws(Fault) -> JSONValue.Content {
        var elements: [JSONValue] = []
        try open(depth)
        if take("]") { return .array([]) }
        while true {
            elements.append(try value(depth: depth))
            skipBlanks()
            if take("]") { return .array(elements) }
            try require(",", "',' or ']'")
            skipBlanks()
        }
    }

    private mutating func object(depth: Int) throws(Fault) -> JSONValue.Content {
        var members: [JSONMember] = []
        var names = SeenNames()
        try open(depth)
        if take("}") { return .object([]) }
        while true {
            let start = offset
            guard next == UInt8(ascii: "\"") else { throw fault("a member's name is expected") }
            let name = try string()
            guard names.insert(name, beside: members) else {
                throw fault("the name '\(name.prefix(60))' stands twice", at: start)
            }
            skipBlanks()
            try require(":", "':'")
            skipBlanks()
            members.append(JSONMember(name: name, offset: start, value: try value(depth: depth)))
            skipBlanks()
            if take("}") { return .object(members) }
            try require(",", "',' or '}'")
            skipBlanks()
        }
    }

    private mutating func open(_ depth: Int) throws(Fault) {
        guard depth <= JSONReader.maximumDepth else {
            throw fault("nested deeper than \(JSONReader.maximumDepth)")
        }
        offset += 1
        skipBlanks()
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func require(_ character: Unicode.Scalar, _ expected: String) throws(Fault) {
        guard take(character) else {
            throw fault(
                next == nil ? "the text ends where \(expected) is expected" : "\(expected) expected"
            )
        }
    }
}

/// The names of one object so far: a dozen are sooner compared than hashed.
private struct SeenNames {
    private static let few = 16
    private var many: Set<String> = []

    /// False when the name is there already.
    mutating func insert(_ name: String, beside members: [JSONMember]) -> Bool {
        if members.count < Self.few { return !members.contains { $0.name == name } }
        if many.isEmpty { many = Set(members.map(\.name)) }
        return many.insert(name).inserted
    }
}
