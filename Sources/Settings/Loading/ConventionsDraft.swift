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
        ConventionsDraft.check(monthEnd, every, section.findings)
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

    /// The conventions, with the dates of the calendar that due dates heed.
    func conventions(_ calendars: [HolidayCalendar], _ statement: StatementCycle?)
        -> ScheduleConventions
    {
        let dates = calendars.first { $0.name == calendar?.value }
        let holidays = dates.flatMap { dates in
            rule.map { HolidayShift(calendar: dates, rule: $0.value) }
        }
        return ScheduleConventions(
            every: every, instalmentMultiple: multiple, principalGrace: principalGrace?.value ?? 0,
            interestGrace: interestGrace?.value ?? 0, monthEnd: monthEnd, holidays: holidays,
            fees: fees, statement: statement)
    }

    /// Only months lack days.
    private static func check(
        _ monthEnd: Located<MonthEnd>?, _ every: Period?, _ findings: Findings
    ) {
        guard let monthEnd, let every, monthEnd.value != .clamp,
            [.days, .weeks].contains(every.unit)
        else { return }
        findings.report(
            .contradiction, "periods of \(every.unit.rawValue) lack no due day", key: monthEnd.key,
            at: monthEnd.place, allowed: "it belongs to periods of months or years")
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
            let base = section.value("of", baseRule)
            amount = base.map { .share(share, of: $0.value) }
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
        // The borrower would be paid out the whole principal, and nobody would get the fee.
        if moment.value == .upfront {
            section.findings.report(
                .feeAtPayout, "fee \(name.value) would be kept back from the payout",
                key: moment.key, at: moment.place,
                allowed: "loans are served with fees of their instalments alone: write each")
            return nil
        }
        return LoanFee(name: name.value, value: amount, moment: moment.value)
    }
}
