internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations

/// The conventions of the schedules of a product version, and how they lie in a row.
struct ScheduleRule {
    let method: ScheduleMethod
    let dayCount: DayCount
    let rounding: Rounding
    let instalmentRounding: Rounding
    let conventions: ScheduleConventions

    /// The columns of a rule in a query, its table named `s`.
    static let columns = """
        s.method, s.day_count, s.rounding, s.instalment_rounding, s.conventions
        """

    /// The rule in a row, its columns from `first` on.
    static func read(_ row: borrowing Row, from first: Int) throws(StoreError) -> ScheduleRule {
        let text = try row.text(first + 4)
        let read = text.isEmpty ? .usual : ScheduleConventions(canonicalText: text)
        guard let conventions = read else {
            throw .unexpectedValue(
                column: first + 4, expected: "conventions of schedules", found: text)
        }
        return ScheduleRule(
            method: try ScheduleCodes.methods.value(row, first),
            dayCount: try ScheduleCodes.dayCounts.value(row, first + 1),
            rounding: try ScheduleCodes.roundings.value(row, first + 2),
            instalmentRounding: try ScheduleCodes.roundings.value(row, first + 3),
            conventions: conventions)
    }

    /// The rules of product versions; none for a version of which no lender was asked.
    static func all(
        of versions: Set<TermsVersion>, _ connection: borrowing Connection
    ) throws(StoreError) -> [TermsVersion: ScheduleRule] {
        var rules: [TermsVersion: ScheduleRule] = [:]
        for version in versions {
            rules[version] = try connection.first(
                "SELECT \(columns) FROM schedule_rule s WHERE s.product_version = ?1",
                [.text(version.text)]
            ) { row throws(StoreError) in try read(row, from: 0) }
        }
        return rules
    }

    /// The values of a row of `schedule_rule`.
    static func values(of terms: ScheduleTerms, for version: TermsVersion) -> [SQLValue] {
        [
            .text(version.text), .int64(ScheduleCodes.methods.code(terms.method)),
            .int64(ScheduleCodes.dayCounts.code(terms.dayCount)),
            .int64(ScheduleCodes.roundings.code(terms.rounding)),
            .int64(ScheduleCodes.roundings.code(terms.instalmentRounding)),
            .text(terms.conventions.canonicalText),
        ]
    }
}
