package import BusinessCalendar
package import Monetary

/// What a partner's balances file said of a loan's principal, normal and overdue together.
package struct StatedBalance: Hashable, Sendable {
    package let loan: String
    /// The business date whose closing balance it is.
    package let date: BusinessDate
    package let currency: Currency
    /// Minor units, as the partner has it.
    package let stated: Int64
    /// Minor units, as it follows from the balance before and the partner's lines since; the same
    /// as ``stated`` where the two agree or nothing is known.
    package let expected: Int64

    package init(
        loan: String, date: BusinessDate, currency: Currency, stated: Int64, expected: Int64
    ) {
        self.loan = loan
        self.date = date
        self.currency = currency
        self.stated = stated
        self.expected = expected
    }
}
