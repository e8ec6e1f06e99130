import BusinessCalendar

/// One step of a schedule before amounts are known.
struct InterestPeriod: Hashable {
    /// Counted; the end is not.
    let startsOn: BusinessDate
    let dueOn: BusinessDate
    /// The whole period as a fraction of a year.
    let fraction: YearFraction

    var days: Int { dueOn.days(since: startsOn) }
}

extension ScheduleTerms {
    /// The periods of all instalments; due dates count from the original day.
    ///
    /// - Throws: ``ScheduleError/dueBeyondCalendar(number:)`` or
    ///   ``ScheduleError/dueDatesMeet(number:dueOn:)``.
    func periods(_ dates: DueDates) throws(ScheduleError) -> [InterestPeriod] {
        var start = disbursedOn
        var periods: [InterestPeriod] = []
        periods.reserveCapacity(instalments)
        for number in 1...instalments {
            let period = try period(number, from: start, dates)
            periods.append(period)
            start = period.dueOn
        }
        return method == .bullet ? [try joined(periods)] : periods
    }

    /// The period of instalment `number`.
    ///
    /// - Throws: as ``periods(_:)``.
    func period(_ number: Int, from start: BusinessDate, _ dates: DueDates)
        throws(ScheduleError) -> InterestPeriod
    {
        let due = try dates.date(of: number)
        guard due > start else { throw .dueDatesMeet(number: number, dueOn: due) }
        let fraction =
            number == 1 && !dates.isFirstRegular
            ? irregularFraction(
                from: start, to: due, counted: try dates.counted(to: 1), dueDay: dates.dueDay)
            : regularFraction(from: start, to: due)
        return InterestPeriod(startsOn: start, dueOn: due, fraction: fraction)
    }

    /// A bullet's periods as the one that it is.
    ///
    /// - Precondition: there is a period.
    /// - Throws: ``ScheduleError/amountOutOfRange``.
    func joined(_ periods: [InterestPeriod]) throws(ScheduleError) -> InterestPeriod {
        let (start, due) = (periods[0].startsOn, periods[periods.count - 1].dueOn)
        let sum =
            dayCount.isLinear
            ? YearFraction.sum(periods.map(\.fraction))
            : dayCount.fraction(from: start, to: due)
        guard let sum else { throw .amountOutOfRange }
        return InterestPeriod(startsOn: start, dueOn: due, fraction: sum)
    }

    /// Under 30/360 whole months count a twelfth each, whatever holidays do to their due dates;
    /// daily interest counts days under every convention.
    private func regularFraction(from start: BusinessDate, to due: BusinessDate) -> YearFraction {
        if dayCount == .thirty360, !method.countsDays, let months = every.months {
            return YearFraction(Int64(months), over: 12)
        }
        return dayCount.fraction(from: start, to: due)
    }

    /// A first period longer or shorter than the others.
    ///
    /// Under 30/360: whole months counted back from its due date at one twelfth each; the rest is
    /// its actual days over the days of the month it is cut from, counted back in the same way.
    func irregularFraction(
        from start: BusinessDate, to due: BusinessDate, counted: BusinessDate, dueDay: Int
    ) -> YearFraction {
        let isByMonths = every.months != nil && !method.countsDays
        guard dayCount == .thirty360, isByMonths, counted > start else {
            return dayCount.fraction(from: start, to: due)
        }
        func back(_ months: Int) -> BusinessDate {
            counted.adding(months: -months, dayOfMonth: dueDay)
        }
        let (first, last) = (start.components, counted.components)
        var months = (last.year - first.year) * 12 + last.month - first.month
        if back(months) < start { months -= 1 }
        let cut = back(months)
        let rest = Int64(cut.days(since: start))
        let monthDays = Int64(cut.days(since: back(months + 1)))
        return YearFraction(Int64(months) * monthDays + rest, over: 12 * monthDays)
    }
}

extension YearFraction {
    /// The exact sum, or nil when it does not fit in 64 bits.
    static func sum(_ fractions: [YearFraction]) -> YearFraction? {
        var (numerator, denominator) = (Int64(0), Int64(1))
        for fraction in fractions {
            let divisor = greatestCommonDivisor(denominator, fraction.denominator)
            let (own, isFine) = denominator.multipliedReportingOverflow(
                by: fraction.denominator / divisor)
            let (left, isLarge) = numerator.multipliedReportingOverflow(
                by: fraction.denominator / divisor)
            let (right, isLarger) = fraction.numerator.multipliedReportingOverflow(
                by: denominator / divisor)
            let (sum, isTooLarge) = left.addingReportingOverflow(right)
            if isFine || isLarge || isLarger || isTooLarge { return nil }
            (numerator, denominator) = (sum, own)
        }
        let divisor = max(1, greatestCommonDivisor(numerator, denominator))
        return YearFraction(numerator / divisor, over: denominator / divisor)
    }

    private static func greatestCommonDivisor(_ left: Int64, _ right: Int64) -> Int64 {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }
}
