internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations

/// The conventions of the schedules of a product version, and how they lie in a row.
struct ScheduleRule {
    let method: ScheduleMethod
    let every: Period
    let dayCount: DayCount
    let rounding: Rounding
    let instalmentRounding: Rounding
    let instalmentMultiple: Int64

    /// The columns of a rule in a query, its table named `s`.
    static let columns = """
        s.method, s.period_count, s.period_unit, s.day_count, s.rounding, s.instalment_rounding,
        s.instalment_multiple
        """

    /// The rule in a row, its columns from `first` on.
    static func read(_ row: borrowing Row, from first: Int) throws(StoreError) -> ScheduleRule {
        ScheduleRule(
            method: try ScheduleCodes.methods.value(row, first),
            every: Period(
                count: try row.count(first + 1),
                unit: try ScheduleCodes.units.value(row, first + 2)),
            dayCount: try ScheduleCodes.dayCounts.value(row, first + 3),
            rounding: try ScheduleCodes.roundings.value(row, first + 4),
            instalmentRounding: try ScheduleCodes.roundings.value(row, first + 5),
            instalmentMultiple: try row.int64(first + 6))
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
            .int64(Int64(terms.every.count)), .int64(ScheduleCodes.units.code(terms.every.unit)),
            .int64(ScheduleCodes.dayCounts.code(terms.dayCount)),
            .int64(ScheduleCodes.roundings.code(terms.rounding)),
            .int64(ScheduleCodes.roundings.code(terms.instalmentRounding)),
            .int64(terms.instalmentMultiple),
        ]
    }
}
