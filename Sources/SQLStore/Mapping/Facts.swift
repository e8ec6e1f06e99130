internal import BusinessCalendar
internal import LendingRules

/// How a fact lies in a row: kind 0 disbursed, 1 repayment, 2 reversal.
enum Facts {
    /// The columns of a fact in a query, its table named `f`; 7 of them.
    static let columns = """
        f.fact, f.kind, f.amount, f.reverses, f.value_date, f.booking_date, f.instant
        """

    /// The fact in a row that begins with `columns`.
    static func read(_ row: borrowing Row) throws(StoreError) -> LoanFact {
        LoanFact(
            id: try row.text(0), kind: try kind(row), valueDate: try row.date(4),
            bookingDate: try row.date(5), instant: try row.int64(6))
    }

    /// Writes a row of the table `fact`.
    static func write(
        _ fact: LoanFact, of loan: LoanID, channel: String, _ writer: any RowWriter
    ) {
        writer.loan(loan)
        writer.date(fact.valueDate)
        writer.int64(fact.instant)
        writer.text(fact.id)
        let (code, amount, reverses) = parts(fact.kind)
        writer.int64(code)
        writer.date(fact.bookingDate)
        writer.int64(amount)
        writer.text(reverses)
        writer.text(channel)
    }

    private static func parts(_ kind: LoanFact.Kind) -> (Int64, Int64, String) {
        switch kind {
        case .disbursed: (0, 0, "")
        case .repayment(let amount): (1, amount, "")
        case .reversal(let payment): (2, 0, payment)
        }
    }

    private static func kind(_ row: borrowing Row) throws(StoreError) -> LoanFact.Kind {
        switch try row.int64(1) {
        case 0: return .disbursed
        case 1: return .repayment(amount: try row.int64(2))
        case 2: return .reversal(of: try row.text(3))
        case let code:
            throw .unexpectedValue(column: 1, expected: "a kind of fact", found: "\(code)")
        }
    }
}
