package import Monetary

/// How much of one partner's rounding a rule may resolve without a person, in minor units of each
/// currency.
package struct ToleranceBudget: Hashable, Sendable {
    /// Of one break.
    package let perLine: UInt64
    /// Of all breaks of one business date.
    package let perDay: UInt64
    /// Of all breaks of one calendar month of business dates.
    package let perMonth: UInt64

    /// Covers whatever is within tolerance.
    package static let unlimited = ToleranceBudget(perLine: .max, perDay: .max, perMonth: .max)

    package init(perLine: UInt64, perDay: UInt64, perMonth: UInt64) {
        self.perLine = perLine
        self.perDay = perDay
        self.perMonth = perMonth
    }

    /// What a break would take of a budget.
    package struct Draw: Hashable, Sendable {
        /// The break's id.
        package let id: String
        package let currency: Currency
        /// Minor units.
        package let size: UInt64

        package init(id: String, currency: Currency, size: UInt64) {
            self.id = id
            self.currency = currency
            self.size = size
        }
    }

    /// The breaks of one date that the budget covers: the smallest first, of equal ones the first
    /// given, each that line, day and month still allow. So no order of a file's lines matters
    /// when the draws come in the order of files and keys.
    ///
    /// Worked: of 3, 2 and 1 a day of 4 covers 1 and 2, a line of 2 no more.
    /// - Parameter spentBefore: What earlier dates of the same month took, by currency. This date's
    ///   own part is not in it, so that a second run of the date decides the same.
    package func covered(_ draws: [Draw], spentBefore: [Currency: UInt64]) -> Set<String> {
        let bySize = draws.enumerated().sorted {
            ($0.element.size, $0.offset) < ($1.element.size, $1.offset)
        }.map(\.element)
        var spent: [Currency: UInt64] = [:]
        var covered: Set<String> = []
        for draw in bySize where draw.size <= perLine {
            let (day, isTooMuch) = (spent[draw.currency] ?? 0).addingReportingOverflow(draw.size)
            let (month, isFarTooMuch) = day.addingReportingOverflow(
                spentBefore[draw.currency] ?? 0)
            guard !isTooMuch, !isFarTooMuch, day <= perDay, month <= perMonth else { continue }
            covered.insert(draw.id)
            spent[draw.currency] = day
        }
        return covered
    }
}
