import BusinessCalendar

/// The due dates of a schedule, each counted from the original day.
struct DueDates {
    /// Whether the first due date is exactly one period after the disbursement.
    let isFirstRegular: Bool
    /// Day of the month on which instalments fall due, before clamping.
    let dueDay: Int
    private let every: Period
    /// Instalment `number` is due `number − offset` periods after the anchor.
    private let anchor: BusinessDate
    private let offset: Int

    /// Due day = that of the disbursement when the first due date is exactly one period later,
    /// else that of the first due date.
    ///
    /// - Throws: ``ScheduleError`` when a first due date is on or before the disbursement, or one
    ///   period after it lies beyond the calendar.
    init(_ terms: ScheduleTerms) throws(ScheduleError) {
        every = terms.every
        let regular = DueDates.date(after: terms.disbursedOn, periods: 1, every: terms.every)
        if let first = terms.firstDueOn, first != regular {
            guard first > terms.disbursedOn else {
                throw .firstDueNotAfterDisbursement(
                    disbursedOn: terms.disbursedOn, firstDueOn: first)
            }
            (anchor, offset, isFirstRegular) = (first, 1, false)
        } else {
            guard regular != nil else { throw .dueBeyondCalendar(number: 1) }
            (anchor, offset, isFirstRegular) = (terms.disbursedOn, 0, true)
        }
        dueDay = anchor.dayOfMonth
    }

    /// The due date of an instalment, counted from 1.
    ///
    /// - Throws: ``ScheduleError/dueBeyondCalendar(number:)``.
    func date(of number: Int) throws(ScheduleError) -> BusinessDate {
        guard let date = DueDates.date(after: anchor, periods: number - offset, every: every)
        else { throw .dueBeyondCalendar(number: number) }
        return date
    }

    /// The date some periods later, or nil when it lies after 9999-12-31.
    private static func date(after anchor: BusinessDate, periods: Int, every: Period)
        -> BusinessDate?
    {
        let lastDay = 2_932_896  // 9999-12-31
        if let days = every.days {
            guard Int(anchor.dayNumber) + days * periods <= lastDay else { return nil }
            return anchor.adding(days: days * periods)
        }
        let months = (every.months ?? 0) * periods
        let (year, month, day) = anchor.components
        guard year * 12 + month - 1 + months <= 9_999 * 12 + 11 else { return nil }
        return anchor.adding(months: months, dayOfMonth: day)
    }
}
