package import BusinessCalendar

// Months between dates as agreements on pools count them.

extension BusinessDate {
    /// Whole months that have passed since an earlier date, 0 when it is none: from 01-15 it is 1
    /// on 02-15 and 0 on 02-14; from 01-31 it is 1 on 02-28.
    package func completedMonths(since start: BusinessDate) -> Int {
        let (from, to) = (start.components, components)
        let months = (to.year - from.year) * 12 + to.month - from.month
        let isBegun = start.adding(months: months, dayOfMonth: from.day) > self
        return max(0, isBegun ? months - 1 : months)
    }

    /// Months left until a later date, a month that has begun counted whole; 0 from that date on.
    ///
    /// They are counted back from `end`, so that months passed and left of a loan paid monthly
    /// make up its term: lent 01-15 until 07-15, on 03-20 2 have passed and 4 are left.
    package func begunMonths(until end: BusinessDate) -> Int {
        let (from, to) = (components, end.components)
        let months = (to.year - from.year) * 12 + to.month - from.month
        let isBegun = end.adding(months: -months, dayOfMonth: to.day) > self
        return max(0, isBegun ? months + 1 : months)
    }

    /// How many whole months lie between two dates, nil when a part of one is left over; the last
    /// days of two months lie whole months apart.
    func exactMonths(since start: BusinessDate) -> Int? {
        let (from, to) = (start.components, components)
        let months = (to.year - from.year) * 12 + to.month - from.month
        let areLast = from.day == start.daysInMonth && to.day == daysInMonth
        let isWhole = start.adding(months: months, dayOfMonth: from.day) == self
        return isWhole || areLast ? months : nil
    }
}
