package import Monetary

/// How much rounding of one partner may be resolved without a person, in minor units of each
/// currency.
package struct ToleranceBudget: Hashable, Sendable {
    /// Of one break, over all its columns.
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

    /// What a budget covers of a date's breaks.
    package struct Coverage: Hashable, Sendable {
        /// Rounding breaks that may be resolved; all others stay open.
        package fileprivate(set) var covered: Set<BreakID> = []
        /// What they take, by currency.
        package fileprivate(set) var spent: [Currency: UInt64] = [:]
    }

    /// Decides which rounding breaks of one date are covered: the smallest first, then by id, each
    /// that line, day and month still allow. What is covered does not depend on the order of lines
    /// or files.
    ///
    /// - Parameters:
    ///   - breaks: All breaks of the partner's date, of all its files, in any order; only those of
    ///     kind `rounding` count.
    ///   - spentBefore: What earlier dates of the same month took, by currency. This date's own
    ///     part is not in it, so that a second run of the date decides the same.
    package func coverage(of breaks: [Break], spentBefore: [Currency: UInt64]) -> Coverage {
        let rounding = breaks.filter { $0.kind == .rounding }.sorted {
            ($0.magnitude, $0.id.text) < ($1.magnitude, $1.id.text)
        }
        var coverage = Coverage()
        for found in rounding {
            guard let currency = found.currency, found.magnitude <= perLine else { continue }
            let today = coverage.spent[currency] ?? 0
            let (day, isTooMuch) = today.addingReportingOverflow(found.magnitude)
            let (month, isFarTooMuch) = day.addingReportingOverflow(spentBefore[currency] ?? 0)
            guard !isTooMuch, !isFarTooMuch, day <= perDay, month <= perMonth else { continue }
            coverage.covered.insert(found.id)
            coverage.spent[currency] = day
        }
        return coverage
    }
}
