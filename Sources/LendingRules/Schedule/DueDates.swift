import BusinessCalendar

/// The due dates of a schedule, each counted from the original day.
struct DueDates: Hashable, Sendable {
    /// Whether the first due date is exactly one period after the disbursement.
    let isFirstRegular: Bool
    private let every: Period
    /// Instalment `number` is due `number − offset` periods after the anchor.
    private let anchor: BusinessDate
    private let offset: Int
    private let monthEnd: MonthEnd
    private let holidays: HolidayShift?

    /// Due day = that of the disbursement when the first due date is exactly one period later,
    /// else that of the first due date.
    ///
    /// - Throws: ``ScheduleError`` when a first due date is on or before the disbursement, or one
    ///   period after it lies beyond the calendar.
    init(_ terms: ScheduleTerms) throws(ScheduleError) {
        (every, monthEnd, holidays) = (terms.every, terms.monthEnd, terms.holidays)
        let regular = DueDates.date(
            after: terms.disbursedOn, periods: 1, every: terms.every, terms.monthEnd)
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
    }

    /// Due dates that count on from the day on which instalment `number` falls due.
    init(_ terms: ScheduleTerms, number: Int, dueOn: BusinessDate) {
        (every, monthEnd, holidays) = (terms.every, terms.monthEnd, terms.holidays)
        (anchor, offset, isFirstRegular) = (dueOn, number, false)
    }

    /// Day of the month on which instalments fall due, where a month has it.
    var dueDay: Int { anchor.dayOfMonth }

    /// The due date of an instalment, counted from 1, off holidays.
    ///
    /// - Throws: ``ScheduleError/dueBeyondCalendar(number:)``.
    func date(of number: Int) throws(ScheduleError) -> BusinessDate {
        let date = try counted(to: number)
        guard let holidays else { return date }
        let shifted = holidays.shifted(date)
        guard shifted.dayNumber <= DueDates.lastDay else {
            throw .dueBeyondCalendar(number: number)
        }
        return shifted
    }

    /// The date that an instalment's due date counts to, holiday or not.
    ///
    /// - Throws: ``ScheduleError/dueBeyondCalendar(number:)``.
    func counted(to number: Int) throws(ScheduleError) -> BusinessDate {
        let date = DueDates.date(after: anchor, periods: number - offset, every: every, monthEnd)
        guard let date else { throw .dueBeyondCalendar(number: number) }
        return date
    }

    private static let lastDay = 2_932_896  // 9999-12-31

    /// The date some periods later, or nil when it lies after 9999-12-31.
    private static func date(
        after anchor: BusinessDate, periods: Int, every: Period, _ monthEnd: MonthEnd
    ) -> BusinessDate? {
        if let days = every.days {
            guard Int(anchor.dayNumber) + days * periods <= lastDay else { return nil }
            return anchor.adding(days: days * periods)
        }
        let months = (every.months ?? 0) * periods
        let (year, month, day) = anchor.components
        let count = year * 12 + month - 1 + months
        guard count <= 9_999 * 12 + 11 else { return nil }
        let date = BusinessDate(year: count / 12, month: count % 12 + 1, clamping: day)
        guard monthEnd == .nextMonth, date.dayOfMonth != day else { return date }
        return date.adding(days: 1)
    }
}
