import BusinessCalendar
import LendingRules
import Monetary
import PartnerGateway

/// The schedule input of INTERFACE as terms, events and questions; a field that has no meaning
/// beside the others is refused, never left out of the sum.
struct ScheduleInput {
    private static let fields = [
        "principal", "currency", "annualRatePercent", "method", "instalments", "every",
        "disbursedOn", "firstDueOn", "dayCount", "rounding", "instalmentRounding",
        "instalmentMultiple", "principalGrace", "interestGrace", "monthEnd", "holidays", "fees",
        "statement",
        "changes", "tranches", "repayments", "asOf", "cost",
    ]

    let input: CalculatorInput
    let calendars: CalendarShelf
    let currency: Currency

    /// - Throws: ``CalculatorFault``.
    init(_ input: CalculatorInput, _ calendars: CalendarShelf) throws(CalculatorFault) {
        try input.allow(ScheduleInput.fields)
        self.input = input
        self.calendars = calendars
        currency = try input.currency("currency")
    }

    /// - Throws: ``CalculatorFault``.
    func terms() throws(CalculatorFault) -> ScheduleTerms {
        ScheduleTerms(
            principal: try input.amount("principal", currency), currency: currency,
            rate: try input.rate("annualRatePercent"), method: try method(),
            instalments: try input.count("instalments"), every: try period(),
            disbursedOn: try input.date("disbursedOn"),
            firstDueOn: try input.optionalDate("firstDueOn"),
            dayCount: try input.word("dayCount", default: DayCount.thirty360),
            rounding: try input.word("rounding", default: Rounding.halfEven),
            instalmentRounding: try input.word(
                "instalmentRounding", default: Rounding.halfEven),
            instalmentMultiple: try multiple(),
            principalGrace: try input.optionalCount("principalGrace") ?? 0,
            interestGrace: try input.optionalCount("interestGrace") ?? 0,
            monthEnd: try input.word("monthEnd", default: MonthEnd.clamp),
            holidays: try holidays(), fees: try fees(), statement: try statement())
    }

    /// The date for which a standing is asked.
    ///
    /// - Throws: ``CalculatorFault``.
    func asOf() throws(CalculatorFault) -> BusinessDate? { try input.optionalDate("asOf") }

    /// Whether the cost is told: with fees always, else when asked for.
    ///
    /// - Throws: ``CalculatorFault``.
    func wantsCost(_ terms: ScheduleTerms) throws(CalculatorFault) -> Bool {
        guard let value = input.optional("cost") else { return !terms.fees.isEmpty }
        guard let wanted = value.bool else {
            throw input.fault(
                "CALC-003", "cost must be true or false, not \(value.kind)", at: value)
        }
        return wanted
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
    private func multiple() throws(CalculatorFault) -> Int64 {
        let name = "instalmentMultiple"
        guard input.optional(name) != nil else { return 1 }
        let multiple = try input.amount(name, currency)
        if multiple > 0 { return multiple }
        throw input.fault("CALC-005", "\(name) is not above zero", at: input.value[name])
    }
}
