/// How the days of a period become a fraction of a year.
package enum DayCount: String, Sendable, CaseIterable {
    /// Whole months at one twelfth each.
    case thirty360 = "30/360"
    /// Actual days over 365, leap years too.
    case actual365Fixed = "ACT/365F"
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
