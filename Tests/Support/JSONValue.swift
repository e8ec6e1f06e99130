/// Any JSON, for checks that must tell a number from a truth value.
package indirect enum JSONValue: Hashable, Sendable {
    case object([String: JSONValue])
    case list([JSONValue])
    case text(String)
    case number(Double)
    case flag(Bool)
    case null

    /// The member of an object; nil where there is none.
    package subscript(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The elements of a list, nothing of anything else.
    package var elements: [JSONValue] {
        if case .list(let elements) = self { elements } else { [] }
    }

    /// The text, or nil.
    package var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The name of its type in a schema; whole numbers are of two.
    var types: [String] {
        switch self {
        case .object: ["object"]
        case .list: ["array"]
        case .text: ["string"]
        case .number(let value): value == value.rounded() ? ["number", "integer"] : ["number"]
        case .flag: ["boolean"]
        case .null: ["null"]
        }
    }
}

extension JSONValue: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }
}
