// A CSV file taken apart.

/// Header and rows of a CSV file; every row has one field per column.
package struct CSVTable: Hashable, Sendable {
    /// File name for messages.
    package let file: String
    package let columns: [String]
    package let rows: [CSVRow]
}

/// One record.
package struct CSVRow: Hashable, Sendable {
    /// Line on which the record starts, from 1.
    package let line: Int
    package let fields: [CSVField]
}

/// One field with the place it starts at.
package struct CSVField: Hashable, Sendable {
    package let text: String
    package let place: TextPlace
}
