// JSON as it was written: numbers stay text, so no amount ever passes through a Double.

/// A JSON value with the place it stands at.
package struct JSONValue: Sendable {
    /// What a value can be.
    package enum Content: Sendable {
        case null
        case bool(Bool)
        /// The number exactly as written.
        case number(String)
        case string(String)
        case array([JSONValue])
        /// In the order written; no name stands twice.
        case object([JSONMember])
    }

    package let content: Content
    /// Byte offset of the value's first byte; ``TextPlace`` makes a line and column of it.
    package let offset: Int

    package init(_ content: Content, offset: Int = 0) {
        self.content = content
        self.offset = offset
    }
}

/// One member of a JSON object.
package struct JSONMember: Sendable {
    package let name: String
    /// Byte offset of the name.
    package let offset: Int
    package let value: JSONValue

    package init(name: String, offset: Int = 0, value: JSONValue) {
        self.name = name
        self.offset = offset
        self.value = value
    }
}

extension JSONValue {
    /// The member of an object, nil when it is absent or this is no object.
    package subscript(_ name: String) -> JSONValue? {
        members?.first { $0.name == name }?.value
    }

    /// The members of an object.
    package var members: [JSONMember]? {
        if case .object(let members) = content { members } else { nil }
    }

    /// The elements of an array.
    package var elements: [JSONValue]? {
        if case .array(let elements) = content { elements } else { nil }
    }

    /// The text of a string; a number has none.
    package var text: String? {
        if case .string(let text) = content { text } else { nil }
    }

    /// The whole number a JSON number writes without point or exponent, if 64 bits hold it.
    package var integer: Int64? {
        if case .number(let text) = content { Int64(text) } else { nil }
    }

    /// The truth value.
    package var bool: Bool? {
        if case .bool(let value) = content { value } else { nil }
    }

    package var isNull: Bool {
        if case .null = content { true } else { false }
    }

    /// What kind of value it is, for messages.
    package var kind: String {
        switch content {
        case .null: "null"
        case .bool: "a truth value"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
