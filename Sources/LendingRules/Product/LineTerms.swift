package import BusinessCalendar

/// What makes a product a line of credit: the import opens it with a limit, and what is drawn or
/// bought under it is lent as a loan of its own (借据), by the agreement of its date.
package struct LineTerms: Hashable, Sendable {
    /// How a line is used.
    package enum Kind: Hashable, Sendable {
        /// Drawdowns, repaid at any time (随借随还).
        case revolving
        /// Purchases on monthly statements.
        case payLater(PayLaterTerms)
    }

    package let kind: Kind
    /// Minor units that a line's limit may be.
    package let limit: ClosedRange<Int64>

    package init(kind: Kind, limit: ClosedRange<Int64>) {
        self.kind = kind
        self.limit = limit
    }

    /// When and how purchases fall due; nil for a revolving line.
    package var payLater: PayLaterTerms? {
        if case .payLater(let terms) = kind { terms } else { nil }
    }
}

/// When purchases of a pay-later line fall due, and into what they may be converted.
///
/// The part that a statement asks for and its day are those of the product's ``StatementCycle``.
package struct PayLaterTerms: Hashable, Sendable {
    /// Day of the month on which statements fall due.
    package let dueDay: Int
    /// Days that a purchase is free of interest at most.
    package let interestFreeDays: Int
    /// Instalments that a purchase may be converted into; nil when it may not.
    package let conversion: ClosedRange<Int>?

    package init(dueDay: Int, interestFreeDays: Int, conversion: ClosedRange<Int>?) {
        self.dueDay = dueDay
        self.interestFreeDays = interestFreeDays
        self.conversion = conversion
    }

    /// Days free of interest that no product may exceed.
    package static let interestFreeLimits = 1...59
}

extension PayLaterTerms {
    /// When a purchase of a date falls due first: the due day after the statement it is on.
    package func firstDue(of purchase: BusinessDate, _ cycle: StatementCycle) -> BusinessDate {
        let closing = cycle.closing(from: purchase)
        let same = closing.adding(months: 0, dayOfMonth: dueDay)
        return same > closing ? same : closing.adding(months: 1, dayOfMonth: dueDay)
    }

    /// Days that a purchase is free of interest when it is made on the best day of the year for it.
    package static func longestFreeDays(_ cycle: StatementCycle, dueDay: Int) -> Int {
        let terms = PayLaterTerms(dueDay: dueDay, interestFreeDays: 59, conversion: nil)
        let start = BusinessDate(year: 2027, month: 1, day: 1)!
        return (0..<366).map { offset in
            let date = start.adding(days: offset)
            return terms.firstDue(of: date, cycle).days(since: date)
        }.max() ?? 0
    }
}
