/// A JSON value to be printed; members keep their order.
package indirect enum Node: Hashable, Sendable {
    case object([Member])
    case array([Node])
    case text(String)
    case number(Int64)
    /// A number as its decimal text; for measurements, never for amounts.
    case decimal(String)
    case flag(Bool)
    case null

    /// One member of an object.
    package struct Member: Hashable, Sendable {
        let name: String
        let value: Node
    }

    /// An object with its members in the order written.
    package static func object(_ members: KeyValuePairs<String, Node>) -> Node {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// An object with one more member at its end; anything else as it is.
    func with(_ name: String, _ value: Node) -> Node {
        guard case .object(let members) = self else { return self }
        return .object(members + [Member(name: name, value: value)])
    }

    /// A whole number.
    package static func count(_ value: Int) -> Node { .number(Int64(value)) }

    /// A text, or null when there is none.
    package static func optional(_ value: String?) -> Node { value.map { .text($0) } ?? .null }
}

extension Node {
    /// Compact JSON on one line.
    package var compact: String {
        var text = ""
        write(to: &text, indent: nil)
        return text
    }

    /// JSON with an indent of two blanks.
    package var pretty: String {
        var text = ""
        write(to: &text, indent: 0)
        return text
    }

    private func write(to text: inout String, indent: Int?) {
        switch self {
        case .object(let members):
            Node.write(members.count, ("{", "}"), to: &text, indent) { index, inner, text in
                Node.quote(members[index].name, to: &text)
                text += inner == nil ? ":" : ": "
                members[index].value.write(to: &text, indent: inner)
            }
        case .array(let elements):
            Node.write(elements.count, ("[", "]"), to: &text, indent) { index, inner, text in
                elements[index].write(to: &text, indent: inner)
            }
        case .text(let value): Node.quote(value, to: &text)
        case .number(let value): text += String(value)
        case .decimal(let digits): text += digits
        case .flag(let value): text += value ? "true" : "false"
        case .null: text += "null"
        }
    }

    private static func write(
        _ count: Int, _ brackets: (String, String), to text: inout String, _ indent: Int?,
        _ element: (Int, Int?, inout String) -> Void
    ) {
        text += brackets.0
        let inner = count == 0 ? nil : indent.map { $0 + 2 }
        for index in 0..<count {
            if index > 0 { text += "," }
            if let inner { text += "\n" + String(repeating: " ", count: inner) }
            element(index, inner, &text)
        }
        if let indent, count > 0 { text += "\n" + String(repeating: " ", count: indent) }
        text += brackets.1
    }

    private static func quote(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension Node {
    /// An object with more members behind its own.
    func adding(_ members: KeyValuePairs<String, Node>) -> Node {
        guard case .object(let own) = self else { return self }
        return .object(own + members.map { Member(name: $0.key, value: $0.value) })
    }
}
