import BusinessCalendar
import LendingRules
import Monetary
import PartnerGateway

/// The schedule input of INTERFACE as terms; what this version cannot compute is refused, never
/// left out of the sum.
struct ScheduleInput {
    private static let fields = [
        "principal", "currency", "annualRatePercent", "method", "instalments", "every",
        "disbursedOn", "firstDueOn", "dayCount", "rounding", "instalmentRounding",
        "instalmentMultiple", "monthEnd",
    ]
    private static let graces = ["principalGrace", "interestGrace"]
    private static let lists = ["fees", "changes", "tranches", "repayments"]

    private let input: CalculatorInput

    init(_ input: CalculatorInput) { self.input = input }

    /// - Throws: ``CalculatorFault``.
    func terms() throws(CalculatorFault) -> ScheduleTerms {
        try input.allow(
            ScheduleInput.fields + ScheduleInput.graces + ScheduleInput.lists
                + ["holidays", "asOf"])
        try refuseWhatIsLater()
        let currency = try input.currency("currency")
        return ScheduleTerms(
            principal: try input.amount("principal", currency), currency: currency,
            rate: try input.rate("annualRatePercent"), method: try method(),
            instalments: try input.count("instalments"), every: try period(),
            disbursedOn: try input.date("disbursedOn"),
            firstDueOn: input.optional("firstDueOn") == nil ? nil : try input.date("firstDueOn"),
            dayCount: try input.word("dayCount", default: DayCount.thirty360),
            rounding: try input.word("rounding", default: Rounding.halfEven),
            instalmentRounding: try input.word(
                "instalmentRounding", default: Rounding.halfEven),
            instalmentMultiple: try multiple(currency))
    }

    private func method() throws(CalculatorFault) -> ScheduleMethod {
        _ = try input.text("method")
        return try input.word("method", default: ScheduleMethod.equalInstalment)
    }

    private func period() throws(CalculatorFault) -> Period {
        guard let every = input.optional("every") else { return .month }
        let inner = input.at(every)
        try inner.allow(["count", "unit"])
        return Period(
            count: try inner.count("count"),
            unit: try inner.word("unit", default: Period.Unit.months))
    }

    /// An amount of the currency, as the amounts beside it: `"1"` rounds to whole dollars,
    /// `"0.05"` to five cents.
    private func multiple(_ currency: Currency) throws(CalculatorFault) -> Int64 {
        let name = "instalmentMultiple"
        guard input.optional(name) != nil else { return 1 }
        let multiple = try input.amount(name, currency)
        if multiple > 0 { return multiple }
        throw input.fault("CALC-005", "\(name) is not above zero", at: input.value[name])
    }
}

// MARK: - What later versions compute

extension ScheduleInput {
    private enum MonthEnd: String, CaseIterable {
        case clamp
        case nextMonth = "next-month"
    }

    private enum HolidayRule: String, CaseIterable {
        case sameDay = "same-day"
        case following
        case modifiedFollowing = "modified-following"
    }

    /// A field that says what holds without it is accepted.
    private func refuseWhatIsLater() throws(CalculatorFault) {
        for name in ScheduleInput.graces {
            if let value = input.optional(name), try input.count(name) != 0 {
                throw later("\(name) other than 0", at: value)
            }
        }
        for name in ScheduleInput.lists where input.optional(name) != nil {
            if let first = try input.elements(name).first { throw later(name, at: first) }
        }
        if let value = input.optional("asOf") { throw later("asOf", at: value) }
        if try input.word("monthEnd", default: MonthEnd.clamp) != .clamp {
            throw later("monthEnd other than clamp", at: input.value["monthEnd"])
        }
        try refuseHolidays()
    }

    private func refuseHolidays() throws(CalculatorFault) {
        guard let value = input.optional("holidays") else { return }
        let holidays = input.at(value)
        try holidays.allow(["calendar", "rule"])
        _ = try holidays.optionalText("calendar")
        if try holidays.word("rule", default: HolidayRule.sameDay) != .sameDay {
            throw later("a holiday rule other than same-day", at: holidays.value["rule"])
        }
    }

    private func later(_ what: String, at value: JSONValue?) -> CalculatorFault {
        input.fault("CALC-006", "\(what) is not supported yet", at: value)
    }
}
