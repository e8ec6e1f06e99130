/// What two files are compared by; nil means the columns that are taken without being named.
package struct MatchOptions: Hashable, Sendable {
    /// Columns that name a line; nil for every column but amounts, dates and compared fields.
    package var key: [String]?
    /// Columns that hold amounts; nil for those that the partner protocol names as amounts.
    package var amounts: [String]?
    /// The column that holds a date; nil for those that the partner protocol names as dates.
    package var date: String?
    /// How far amounts may be apart and still count as rounding.
    package var tolerance = ExactAmount.zero
    /// How many days dates may be apart and still count as timing.
    package var windowDays = 0
    /// Columns compared as text.
    package var fields: [String] = []

    package init() {}

    /// Every column that was named for a use; none of them is taken for another by its name.
    var given: Set<String> {
        Set((key ?? []) + (amounts ?? []) + (date.map { [$0] } ?? []) + fields)
    }

    /// Amount columns of the partner protocol's files.
    package static let protocolAmounts: Set = [
        "amount", "principal", "overdue_principal", "interest", "overdue_interest", "penalty",
        "penalty_principal", "penalty_interest", "fee", "service_fee", "price", "gross", "net",
        "tax",
    ]
    /// Date columns of the partner protocol's files.
    package static let protocolDates: Set = ["value_date", "due_date", "first_due_on"]
}

/// Why two files cannot be matched, and where.
package struct MatchFault: Error, Hashable, Sendable {
    package let code: String
    package let side: Side
    /// From 1.
    package let line: Int
    /// In characters, from 1.
    package let column: Int
    /// What was found and what is allowed.
    package let what: String
}
