// Due dates of a loan and each period's part of a year, as exact fractions.

/// One period: where it starts, where it falls due, and its part of a year.
package struct LoanPeriod: Equatable, Sendable {
    /// First day whose interest it carries.
    package let startsOn: Day
    /// The day it falls due.
    package let dueOn: Day
    let numerator: Int64
    let denominator: Int64
    let dayCount: LoanTerms.DayCount

    var days: Int { dueOn.days(since: startsOn) }

    /// The part of a year from one of its days to another.
    func part(_ from: Day, _ to: Day) -> (numerator: Int128, denominator: Int128) {
        if dayCount.isEven {
            let length = Int128(max(1, days))
            return (Int128(numerator) * Int128(to.days(since: from)), Int128(denominator) * length)
        }
        let all = dayCount.count(startsOn, to) - dayCount.count(startsOn, from)
        return (Int128(all), Int128(dayCount.year))
    }
}

extension LoanTerms {
    /// The periods of a loan paid out on `start`; a bullet's are one.
    func periods(from start: Day) -> [LoanPeriod] {
        let regular = due(1, after: start)
        let first = firstDueOn ?? regular
        var previous = start
        let periods = (1...instalments).map { number in
            let dueOn =
                first == regular ? due(number, after: start) : due(number - 1, after: first)
            defer { previous = dueOn }
            let isIrregular = number == 1 && first != regular
            return period(from: previous, to: dueOn, isIrregular: isIrregular)
        }
        return method == .bullet ? [joined(periods)] : periods
    }

    private func due(_ number: Int, after start: Day) -> Day {
        let anchor = start.parts.day
        let day = every.adding(number, to: start, anchor: anchor)
        // A day that the month lacks is its last, or the first of the next.
        guard isNextMonth, every.months != nil, day.parts.day < anchor else { return day }
        return day.adding(days: 1)
    }

    /// A period of this loan, whole months at a twelfth each under 30/360.
    func period(from start: Day, to end: Day, isIrregular: Bool) -> LoanPeriod {
        let part = fraction(from: start, to: end, isIrregular: isIrregular)
        return LoanPeriod(
            startsOn: start, dueOn: end, numerator: part.0, denominator: part.1,
            dayCount: dayCount)
    }

    private func fraction(from start: Day, to end: Day, isIrregular: Bool) -> (Int64, Int64) {
        guard dayCount == .thirty360, !method.isDaily, let months = every.months else {
            return (dayCount.count(start, end), dayCount.year)
        }
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

    private func joined(_ periods: [LoanPeriod]) -> LoanPeriod {
        let (start, end) = (periods[0].startsOn, periods[periods.count - 1].dueOn)
        guard dayCount.isEven else { return period(from: start, to: end, isIrregular: false) }
        let common = periods.reduce(1) { leastCommonMultiple($0, $1.denominator) }
        return LoanPeriod(
            startsOn: start, dueOn: end,
            numerator: periods.reduce(0) { $0 + $1.numerator * (common / $1.denominator) },
            denominator: common, dayCount: dayCount)
    }
}

/// Least common multiple of two positive numbers.
func leastCommonMultiple(_ left: Int64, _ right: Int64) -> Int64 {
    left / greatestCommonDivisor(left, right) * right
}

/// The largest number that divides both; neither is below zero and one is above.
func greatestCommonDivisor(_ left: Int64, _ right: Int64) -> Int64 {
    var (divisor, rest) = (left, right)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    return divisor
}
