// JSON as a value: numbers keep their text, so an amount sent as a number is seen and refused.

/// A JSON value whose numbers are kept as written.
package enum JSON: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSON])
    case object(Members)
    /// JSON that is written already: for logs and wires, it cannot be looked into.
    case written([UInt8])

    /// The member of an object; nil for other values and absent members.
    package subscript(_ name: String) -> JSON? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The text of a string.
    package var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The whole number that a JSON number writes.
    package var integer: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }

    /// The elements of an array.
    package var elements: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members of an object.
    package var members: Members? {
        if case .object(let members) = self { members } else { nil }
    }

    /// A whole number as JSON.
    package static func integer(_ value: some BinaryInteger) -> JSON { .number("\(value)") }

    /// An object without its absent members.
    package static func record(_ members: KeyValuePairs<String, JSON?>) -> JSON {
        var object = Members()
        object.reserve(members.count)
        for (name, value) in members {
            if let value, !object.insert(name, value) { object[name] = value }
        }
        return .object(object)
    }

    /// Compact UTF-8 with members in order of name: equal values give equal bytes.
    package var bytes: [UInt8] {
        var output: [UInt8] = []
        write(to: &output)
        return output
    }

    /// Writes an object with one more member, as if it had had it.
    func write(to output: inout [UInt8], adding member: (name: String, value: JSON)) {
        var all = members ?? Members()
        all[member.name] = member.value
        JSON.write(all, to: &output)
    }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let flag): output += (flag ? "true" : "false").utf8
        case .number(let text): output += text.utf8
        case .string(let text): JSON.write(text, to: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                element.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members): JSON.write(members, to: &output)
        case .written(let bytes): output += bytes
        }
    }

    private static func write(_ members: Members, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "{"))
        for (index, member) in members.list.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            write(member.name, to: &output)
            output.append(UInt8(ascii: ":"))
            member.value.write(to: &output)
        }
        output.append(UInt8(ascii: "}"))
    }

    private static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            let isPlain = bytes.allSatisfy {
                $0 >= 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
            if isPlain { output.append(contentsOf: bytes) } else { escape(bytes, to: &output) }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func escape(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case 0..<32: output += ("\\u00" + hexadecimal(CollectionOfOne(byte))).utf8
            default: output.append(byte)
            }
        }
    }
}
