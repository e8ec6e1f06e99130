/// How near two values of one column are to each other.
package enum Closeness: Int, Hashable, Sendable {
    case equal
    /// Apart, and no further than the tolerance or window allows.
    case within
    case beyond

    /// The closeness of two values that are `difference` apart, with `limit` allowed.
    package init(difference: Int128, limit: Int128) {
        self =
            difference == 0
            ? .equal : difference.magnitude <= limit.magnitude ? .within : .beyond
    }

    /// The further of two.
    package static func worse(_ left: Closeness, _ right: Closeness) -> Closeness {
        left.rawValue < right.rawValue ? right : left
    }
}

/// What two records of one key differ in, column sort by column sort.
///
/// The one place that decides whether a pair is a match or a break, for the day's files as for any
/// two files.
package struct PairFindings: Hashable, Sendable {
    /// Amounts of two currencies have no difference.
    package var isOtherCurrency = false
    /// The furthest of all amount columns.
    package var amounts = Closeness.equal
    /// The furthest of all date columns.
    package var dates = Closeness.equal
    package var isOtherField = false

    package init() {}

    /// The kind of break, or nil when the records agree; of several the gravest: currency, amount,
    /// date, field, then what is within tolerance and what is within the window.
    package var kind: BreakKind? {
        if isOtherCurrency { return .field }
        if amounts == .beyond { return .amount }
        if dates == .beyond { return .date }
        if isOtherField { return .field }
        if amounts == .within { return .rounding }
        return dates == .within ? .timing : nil
    }
}
