/// A column of a table: one of the three types that every engine has.
package struct Column: Hashable, Sendable {
    /// What a column stores; booleans, dates and enums are integers.
    package enum Kind: Hashable, Sendable {
        /// A 64-bit integer.
        case int64
        /// UTF-8 text.
        case text
        /// Raw bytes.
        case blob
    }

    /// The column's name.
    package let name: String
    /// What it stores.
    package let kind: Kind
    /// Whether it may hold nothing.
    package let isNullable: Bool

    /// An integer column that always holds a value.
    package static func int64(_ name: String) -> Column {
        Column(name: name, kind: .int64, isNullable: false)
    }

    /// A text column that always holds a value.
    package static func text(_ name: String) -> Column {
        Column(name: name, kind: .text, isNullable: false)
    }

    /// A column of bytes that always holds a value.
    package static func blob(_ name: String) -> Column {
        Column(name: name, kind: .blob, isNullable: false)
    }

    /// The same column, allowed to hold nothing.
    package var orNull: Column {
        Column(name: name, kind: kind, isNullable: true)
    }
}
