package import Monetary

/// A difference between our records and theirs for one key of one file.
package struct Break: Hashable, Sendable {
    package let id: BreakID
    /// The file's name without suffix.
    package let file: String
    package let kind: BreakKind
    /// The record's key; for a control total the column and currency, or `rows`.
    package let key: [String]
    package let ours: Line?
    package let theirs: Line?
    /// Every differing column, in the order of the layout: currency, amounts, date, fields.
    package let differences: [Difference]
    /// The currency of the amounts among the differences; nil when none is involved.
    package let currency: Currency?
    package let severity: Severity

    /// The first difference of the sort that gave the break its kind.
    package var firstDivergence: Difference? {
        differences.first(where: isDecisive) ?? differences.first
    }

    /// The sum of the sizes of all amount differences, minor units, at most `UInt64.max`.
    package var magnitude: UInt64 { Break.magnitude(of: differences) }

    private func isDecisive(_ difference: Difference) -> Bool {
        switch (kind, difference.values) {
        case (.amount, .amount), (.rounding, .amount), (.date, .date), (.timing, .date),
            (.field, .text), (.field, .currency):
            true
        default: false
        }
    }

    static func magnitude(of differences: [Difference]) -> UInt64 {
        differences.reduce(0) { sum, difference in
            let (next, overflow) = sum.addingReportingOverflow(
                difference.minorUnits?.magnitude ?? 0)
            return overflow ? .max : next
        }
    }
}

/// Two records that agree in every compared column, or within tolerance where no money is counted.
package struct Match: Hashable, Sendable {
    package let ours: Line
    package let theirs: Line

    package var key: [String] { ours.record.key }
}
