/// A value bound to a placeholder or read from a column: three types every engine has, and null.
package enum SQLValue: Hashable, Sendable {
    /// Amounts in minor units, dates as day numbers, enums as their codes, booleans as 0 and 1.
    case int64(Int64)
    /// UTF-8 text, ordered by its bytes in every engine.
    case text(String)
    /// Raw bytes: digests and file contents.
    case blob([UInt8])
    /// No value.
    case null

    /// The integer, or null when there is none.
    package static func int64(_ value: Int64?) -> SQLValue {
        value.map { .int64($0) } ?? .null
    }

    /// The text, or null when there is none.
    package static func text(_ value: String?) -> SQLValue {
        value.map { .text($0) } ?? .null
    }

    /// The bytes, or null when there are none.
    package static func blob(_ value: [UInt8]?) -> SQLValue {
        value.map { .blob($0) } ?? .null
    }
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    /// An integer literal in a list of values.
    package init(integerLiteral value: Int64) {
        self = .int64(value)
    }

    /// A text literal in a list of values.
    package init(stringLiteral value: String) {
        self = .text(value)
    }
}
