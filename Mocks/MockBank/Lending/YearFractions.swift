// Due dates of a loan and each period's part of a year, as exact fractions.

/// One period: where it starts, where it falls due, and its part of a year.
struct LoanPeriod {
    let startsOn: Day
    let dueOn: Day
    let numerator: Int64
    let denominator: Int64
}

extension LoanTerms {
    /// The periods of a loan paid out on `start`.
    func periods(from start: Day) -> [LoanPeriod] {
        let regular = every.adding(1, to: start, anchor: start.parts.day)
        let first = firstDueOn ?? regular
        var previous = start
        return (1...instalments).map { number in
            let due =
                first == regular
                ? every.adding(number, to: start, anchor: start.parts.day)
                : every.adding(number - 1, to: first, anchor: first.parts.day)
            defer { previous = due }
            let isIrregular = number == 1 && first != regular
            let part = fraction(from: previous, to: due, isIrregular: isIrregular)
            return LoanPeriod(
                startsOn: previous, dueOn: due, numerator: part.0, denominator: part.1)
        }
    }

    private func fraction(from start: Day, to end: Day, isIrregular: Bool) -> (Int64, Int64) {
        let days = Int64(end.days(since: start))
        if dayCount == .actual365Fixed { return (days, 365) }
        guard let months = every.months else { return (days, 360) }
        return isIrregular ? countedBack(from: end, to: start) : (Int64(months), 12)
    }

    /// Whole months back from the due date at 1/12; the rest in days of the month it lies in.
    private func countedBack(from end: Day, to start: Day) -> (Int64, Int64) {
        var months = 0
        while end.adding(months: -(months + 1), anchor: end.parts.day) >= start { months += 1 }
        let reached = end.adding(months: -months, anchor: end.parts.day)
        let before = end.adding(months: -(months + 1), anchor: end.parts.day)
        let rest = Int64(reached.days(since: start))
        let length = Int64(reached.days(since: before))
        return (Int64(months) * length + rest, 12 * length)
    }
}

/// Least common multiple of two positive numbers.
func leastCommonMultiple(_ left: Int64, _ right: Int64) -> Int64 {
    var (divisor, rest) = (left, right)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    return left / divisor * right
}
