package import BusinessCalendar
package import Monetary

/// One line of one side's file, its values in the order of the file's ``FileLayout``.
package struct Record: Hashable, Sendable {
    package let key: [String]
    /// Minor units of ``currency``, one per amount column.
    package let amounts: [Int64]
    package let currency: Currency
    package let valueDate: BusinessDate?
    /// Compared as text, byte for byte.
    package let fields: [String]
    /// Where the line stands in its file: evidence only, no result depends on it.
    package let line: Int
    /// The partner's own number of the loan, in a file that has a column for it; never compared.
    package let loanNumber: String
    /// The partner's own number by which the line was read as one of our loan; evidence only,
    /// empty when the line names our loan itself.
    package let readBy: String

    package init(
        key: [String], amounts: [Int64], currency: Currency, valueDate: BusinessDate? = nil,
        fields: [String] = [], line: Int, loanNumber: String = "", readBy: String = ""
    ) {
        self.loanNumber = loanNumber
        self.readBy = readBy
        self.key = key
        self.amounts = amounts
        self.currency = currency
        self.valueDate = valueDate
        self.fields = fields
        self.line = line
    }

    /// Whether the record has exactly the columns of a layout.
    package func fits(_ layout: FileLayout) -> Bool {
        key.count == layout.keyColumns.count && amounts.count == layout.amountColumns.count
            && fields.count == layout.fieldColumns.count
            && (valueDate == nil || layout.dateColumn != nil)
    }
}

/// Whose record it is.
package enum Side: String, Hashable, Sendable {
    case ours
    case theirs
}

/// A record as one match or break claims it.
package struct Line: Hashable, Sendable {
    package let record: Record
    /// 1 for the first record of its key on its side, 2 for its twin, in order of content.
    ///
    /// With side, file, date and key it names the record without its place in the file, so that a
    /// claim stays the same however the file is ordered.
    package let occurrence: Int

    package init(record: Record, occurrence: Int) {
        self.record = record
        self.occurrence = occurrence
    }
}
