/// How the days of a period become a fraction of a year.
package enum DayCount: String, Sendable, CaseIterable {
    /// Whole months at one twelfth each.
    case thirty360 = "30/360"
    /// Months of thirty days; a 31st counts as the 30th (Eurobond basis).
    case thirtyE360 = "30E/360"
    /// Months of thirty days by the American rules for the 31st and for the end of February.
    case thirty360US = "30/360-US"
    /// Actual days over 360.
    case actual360 = "ACT/360"
    /// Actual days over 364, fifty-two weeks.
    case actual364 = "ACT/364"
    /// Actual days over 365, leap years too.
    case actual365Fixed = "ACT/365F"
    /// Actual days, those of leap years over 366 and the others over 365.
    case actualActualISDA = "ACT/ACT-ISDA"
    /// The same with the year split at 31 December: that day belongs to the year that follows.
    case actualActualYearEnd = "ACT/ACT-YEAR-END"
}

/// An exact fraction of a year.
package struct YearFraction: Hashable, Sendable {
    package let numerator: Int64
    /// Always positive.
    package let denominator: Int64

    package init(_ numerator: Int64, over denominator: Int64) {
        precondition(denominator > 0, "a year fraction needs a positive denominator")
        self.numerator = numerator
        self.denominator = denominator
    }
}
