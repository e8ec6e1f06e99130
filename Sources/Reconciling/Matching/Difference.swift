package import BusinessCalendar
package import Monetary

/// One column in which two records differ; a side that has no record shows nil.
package struct Difference: Hashable, Sendable {
    /// The values of a column by what it holds.
    package enum Values: Hashable, Sendable {
        /// Minor units; `difference` is ours − theirs, an absent side counting zero.
        case amount(ours: Int64?, theirs: Int64?, difference: Int64)
        /// A number of lines.
        case count(ours: Int?, theirs: Int?)
        case date(ours: BusinessDate?, theirs: BusinessDate?)
        case text(ours: String?, theirs: String?)
        case currency(ours: Currency, theirs: Currency)
    }

    package let column: String
    package let values: Values

    package init(column: String, values: Values) {
        self.column = column
        self.values = values
    }

    /// Ours − theirs in minor units, or nil for a column that holds no amount.
    package var minorUnits: Int64? {
        if case .amount(_, _, let difference) = values { difference } else { nil }
    }

    var isCurrency: Bool {
        if case .currency = values { true } else { false }
    }
}
