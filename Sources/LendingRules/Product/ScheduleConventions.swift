import BusinessCalendar
import Monetary

/// What shapes a schedule beyond method, day count and roundings: the same of every loan of a
/// product.
package struct ScheduleConventions: Hashable, Sendable {
    package let every: Period
    /// Instalment totals are rounded to a multiple of this many minor units.
    package let instalmentMultiple: Int64
    /// First instalments without principal.
    package let principalGrace: Int
    /// First instalments whose interest is deferred to the next payable one.
    package let interestGrace: Int
    package let monthEnd: MonthEnd
    /// What moves due dates off holidays, with the dates of its calendar, so that a loan keeps
    /// those under which it was booked; nil where due dates heed none.
    package let holidays: HolidayShift?
    package let fees: [LoanFee]
    /// How instalments are billed by the method `statement-cycle`; nil by every other.
    package let statement: StatementCycle?

    package init(
        every: Period = .month, instalmentMultiple: Int64 = 1, principalGrace: Int = 0,
        interestGrace: Int = 0, monthEnd: MonthEnd = .clamp, holidays: HolidayShift? = nil,
        fees: [LoanFee] = [], statement: StatementCycle? = nil
    ) {
        self.every = every
        self.instalmentMultiple = instalmentMultiple
        self.principalGrace = principalGrace
        self.interestGrace = interestGrace
        self.monthEnd = monthEnd
        self.holidays = holidays
        self.fees = fees
        self.statement = statement
    }

    /// Months, and nothing else that is worth a word.
    package static let usual = ScheduleConventions()
}

extension ScheduleConventions {
    /// As canonical text, a line each; what is usual has none.
    package var canonicalText: String { lines.map { $0 + "\n" }.joined() }

    /// The conventions of a canonical text, or nil when it is not one.
    package init?(canonicalText text: String) { self.init(CanonicalTerms(text)) }

    var lines: [String] {
        var lines: [String] = []
        if every != .month { lines.append("every \(every.count) \(every.unit.rawValue)") }
        if instalmentMultiple != 1 { lines.append("instalment-multiple \(instalmentMultiple)") }
        if principalGrace != 0 { lines.append("principal-grace \(principalGrace)") }
        if interestGrace != 0 { lines.append("interest-grace \(interestGrace)") }
        if monthEnd != .clamp { lines.append("month-end \(monthEnd.rawValue)") }
        if let statement { lines.append("statement \(statement.day) \(statement.minimumPayment)") }
        return lines + (holidays?.lines ?? []) + fees.map(\.line)
    }

    init?(_ terms: CanonicalTerms) {
        guard let every = terms.either("every", .month, Period.init(words:)),
            let multiple = terms.either("instalment-multiple", 1, Int64.init(words:)),
            let principalGrace = terms.either("principal-grace", 0, Int64.init(words:)),
            let interestGrace = terms.either("interest-grace", 0, Int64.init(words:)),
            let monthEnd = terms.either("month-end", .clamp, MonthEnd.init(words:)),
            let holidays = terms.either(
                "holidays", nil, { HolidayShift($0, of: terms).map(Optional.some) }),
            let fees = terms.all("fee", LoanFee.init(words:)),
            let statement = terms.either(
                "statement", nil, { StatementCycle(words: $0).map(Optional.some) })
        else { return nil }
        self.init(
            every: every, instalmentMultiple: multiple, principalGrace: Int(principalGrace),
            interestGrace: Int(interestGrace), monthEnd: monthEnd, holidays: holidays, fees: fees,
            statement: statement)
    }
}

extension StatementCycle {
    fileprivate init?(words: [String]) {
        guard words.count == 2, let day = Int(words[0]), StatementCycle.days.contains(day),
            let minimum = try? Share(words[1])
        else { return nil }
        self.init(day: day, minimumPayment: minimum)
    }
}

extension Period {
    fileprivate init?(words: [String]) {
        guard words.count == 2, let count = Int(words[0]), count > 0,
            let unit = Unit(rawValue: words[1])
        else { return nil }
        self.init(count: count, unit: unit)
    }
}

extension HolidayShift {
    fileprivate var lines: [String] {
        func line<Value>(_ key: String, _ values: [Value]) -> [String] {
            values.isEmpty ? [] : ["\(key) " + values.map { "\($0)" }.joined(separator: " ")]
        }
        return ["holidays \(rule.rawValue) \(calendar.name)"]
            + line("weekend", calendar.weekend.sorted())
            + line("free-dates", calendar.holidays.sorted())
            + line("worked-dates", calendar.workingDays.sorted())
    }

    fileprivate init?(_ words: [String], of terms: CanonicalTerms) {
        func dates(_ key: String) -> Set<BusinessDate>? {
            terms.either(key, Set<BusinessDate>()) { words in
                let dates = words.compactMap { BusinessDate($0) }
                return dates.count == words.count ? Set(dates) : nil
            }
        }
        let weekend = terms.either("weekend", Set<Int>()) { words in
            let days = words.compactMap { Int($0) }.filter { (1...7).contains($0) }
            return days.count == words.count ? Set(days) : nil
        }
        guard words.count == 2, let rule = HolidayRule(rawValue: words[0]), let weekend,
            weekend.count < 7, let free = dates("free-dates"), let worked = dates("worked-dates")
        else { return nil }
        self.init(
            calendar: HolidayCalendar(
                name: words[1], weekend: weekend, holidays: free, workingDays: worked),
            rule: rule)
    }
}

extension LoanFee {
    /// Fees stand in the order of the product, which is that of its schedule.
    fileprivate var line: String {
        let amount =
            switch value {
            case .share(let share, let base): "share \(share) \(base.rawValue)"
            case .amount(let units): "amount \(units)"
            }
        return "fee \(name) \(moment.rawValue) \(amount)"
    }

    fileprivate init?(words: [String]) {
        guard words.count >= 4, let moment = Moment(rawValue: words[1]) else { return nil }
        switch (words[2], words.count) {
        case ("share", 5):
            guard let share = try? Share(words[3]), let base = Base(rawValue: words[4]) else {
                return nil
            }
            self.init(name: words[0], value: .share(share, of: base), moment: moment)
        case ("amount", 4):
            guard let amount = Int64(words[3]) else { return nil }
            self.init(name: words[0], value: .amount(amount), moment: moment)
        default: return nil
        }
    }
}
