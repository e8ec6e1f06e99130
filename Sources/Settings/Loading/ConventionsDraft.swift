import BusinessCalendar
import LendingRules
import Monetary

/// What a product says of its schedules beyond method, day count and roundings.
struct ConventionsDraft {
    let every: Period
    let multiple: Int64
    let principalGrace: Located<Int>?
    let interestGrace: Located<Int>?
    let monthEnd: MonthEnd
    let calendar: Located<String>?
    let rule: Located<HolidayRule>?
    let fees: [LoanFee]
    /// Whether every part of it could be read.
    let isReadable: Bool

    init(_ section: Section, decimals: Int) {
        let every = section.sectionOrEmpty("every").flatMap(ConventionsDraft.period)
        let multiple = section.value(
            "instalmentMultiple", .amount(decimals: decimals, isZeroAllowed: false),
            default: AmountText.format(1, decimals: decimals))
        principalGrace = section.value("principalGrace", .whole(0...599, "periods"), default: "0")
        interestGrace = section.value("interestGrace", .whole(0...599, "periods"), default: "0")
        let monthEnd = section.value(
            "monthEnd", Rule<MonthEnd>.choice("rule for the end of a month"),
            default: MonthEnd.clamp.rawValue)
        let holidays = section.sectionOrEmpty("holidays").flatMap(ConventionsDraft.holidays)
        (calendar, rule) = (holidays?.calendar, holidays?.rule)
        let fees = section.sections("fees", isRequired: false)
            .map { ConventionsDraft.fee($0, decimals: decimals) }
        self.fees = fees.compactMap { $0 }
        self.every = every ?? .month
        self.multiple = multiple?.value ?? 1
        self.monthEnd = monthEnd?.value ?? .clamp
        let grace = [principalGrace, interestGrace]
        isReadable =
            every != nil && multiple != nil && monthEnd != nil && holidays != nil
            && grace.allSatisfy { $0 != nil } && fees.allSatisfy { $0 != nil }
    }

    /// The holidays with the dates of their calendar; nil where due dates heed none.
    func holidays(_ calendars: [HolidayCalendar]) -> DueDateHolidays? {
        guard let calendar, let rule,
            let dates = calendars.first(where: { $0.name == calendar.value })
        else { return nil }
        return DueDateHolidays(calendar: dates, rule: rule.value)
    }

    private static func period(_ section: Section) -> Period? {
        let count = section.value("count", .whole(1...3_650), default: "1")
        let unit = section.value(
            "unit", Rule<Period.Unit>.choice("unit of a period"),
            default: Period.Unit.months.rawValue)
        section.finish()
        guard let count, let unit else { return nil }
        return Period(count: count.value, unit: unit.value)
    }

    /// Both or neither; nil when one is missing or cannot be read.
    private static func holidays(_ section: Section)
        -> (calendar: Located<String>?, rule: Located<HolidayRule>?)?
    {
        let isSaid = section.isGiven("calendar") || section.isGiven("rule")
        let choice = Rule<HolidayRule>.choice("rule for holidays")
        if !isSaid {
            section.finish()
            return (
                section.valueOrNone("calendar", .identifier), section.valueOrNone("rule", choice)
            )
        }
        let calendar = section.value("calendar", .identifier)
        let rule = section.value("rule", choice)
        section.finish()
        guard let calendar, let rule else { return nil }
        return (calendar, rule)
    }

    private static func fee(_ section: Section, decimals: Int) -> LoanFee? {
        let name = section.value("name", .identifier)
        let value = section.value("value", .feeValue(decimals: decimals))
        let moment = section.value("when", Rule<LoanFee.Moment>.choice("moment of a fee"))
        let baseRule = Rule<LoanFee.Base>.choice("base of a fee")
        var amount: LoanFee.Value?
        switch value?.value {
        case .share(let share)?:
            amount = section.value("of", baseRule).map { .share(share, of: $0.value) }
        case .amount(let units)?:
            amount = .amount(units)
            if let base = section.optional("of", baseRule) {
                section.findings.report(
                    .contradiction, "an amount is no part of anything", key: base.key,
                    at: base.place, allowed: "leave it out, or write the value as a percentage")
            }
        case nil: _ = section.optional("of", baseRule)
        }
        section.finish()
        guard let name, let amount, let moment else { return nil }
        return LoanFee(name: name.value, value: amount, moment: moment.value)
    }
}
