import BusinessCalendar
import LendingRules
import Monetary
import PartnerGateway

/// The calculators of the command line: pure, no store.
package enum Calculators {
    private static let fields = [
        "principal", "currency", "annualRatePercent", "method", "instalments", "every",
        "disbursedOn", "firstDueOn", "dayCount", "rounding", "instalmentRounding",
        "instalmentMultiple", "monthEnd",
    ]
    /// Fields of the full input that this version cannot compute yet.
    private static let later = [
        "principalGrace", "interestGrace", "holidays", "fees", "changes", "tranches",
        "repayments", "asOf",
    ]

    /// `schedule FILE`: one object, or an array of them.
    package static func schedule(_ path: String) throws -> Answer {
        let input = try CalculatorInput.read(path)
        if let elements = input.value.elements {
            let all = try elements.map { try Calculators.schedule(input.at($0)) }
            return Answer(.array(all.map(node)), grids: all.map(grid))
        }
        let schedule = try Calculators.schedule(input)
        return Answer(node(of: schedule), grids: [grid(of: schedule)])
    }

    private static func schedule(_ input: CalculatorInput) throws -> Schedule {
        for name in later where input.value[name]?.asksForNothing == false {
            throw input.fault(
                "CALC-006", "'\(name)' is not supported yet", at: input.value[name])
        }
        try input.allow(fields + later)
        let terms = try terms(input)
        do {
            return try Schedule.build(terms)
        } catch {
            throw input.fault("CALC-007", "these terms give no schedule: \(error)")
        }
    }

    private static func terms(_ input: CalculatorInput) throws -> ScheduleTerms {
        let currency = try input.currency("currency")
        let rateText = try input.text("annualRatePercent")
        let rate: AnnualRate
        do {
            rate = try AnnualRate(percent: rateText)
        } catch {
            throw input.fault(
                "CALC-005",
                "annualRatePercent '\(rateText.prefix(70))' is no percentage of up to 6 decimals",
                at: input.value["annualRatePercent"])
        }
        return ScheduleTerms(
            principal: try input.amount(
                input.text("principal"), currency, at: input.value["principal"]),
            currency: currency, rate: rate, method: try method(input),
            instalments: try input.count("instalments"), every: try period(input),
            disbursedOn: try input.date("disbursedOn"),
            firstDueOn: input.value["firstDueOn"] == nil ? nil : try input.date("firstDueOn"),
            dayCount: try dayCount(input),
            rounding: try input.word("rounding", default: Rounding.halfEven),
            instalmentRounding: try input.word(
                "instalmentRounding", default: Rounding.halfEven),
            instalmentMultiple: try multiple(input, currency))
    }

    /// INTERFACE writes the multiple in minor units: `"1"` rounds to the cent.
    private static func multiple(_ input: CalculatorInput, _ currency: Currency)
        throws(CalculatorFault) -> Int64
    {
        if try input.word("monthEnd", default: MonthEnd.clamp) != .clamp {
            throw input.fault(
                "CALC-006", "monthEnd next-month is not supported yet",
                at: input.value["monthEnd"])
        }
        guard let text = try input.optionalText("instalmentMultiple") else { return 1 }
        guard let units = Int64(text), units > 0 else {
            throw input.fault(
                "CALC-005", "instalmentMultiple '\(text.prefix(70))' is no whole number above 0",
                at: input.value["instalmentMultiple"])
        }
        return units
    }

    private enum MonthEnd: String, CaseIterable {
        case clamp
        case nextMonth = "next-month"
    }

    private static func method(_ input: CalculatorInput) throws(CalculatorFault)
        -> ScheduleMethod
    {
        _ = try input.text("method")
        return try input.word("method", default: ScheduleMethod.equalInstalment)
    }

    private static func dayCount(_ input: CalculatorInput) throws(CalculatorFault) -> DayCount {
        try input.word("dayCount", default: DayCount.thirty360)
    }

    private static func period(_ input: CalculatorInput) throws(CalculatorFault) -> Period {
        guard let every = input.value["every"] else { return .month }
        let inner = input.at(every)
        try inner.allow(["count", "unit"])
        return Period(
            count: try inner.count("count"),
            unit: try inner.word("unit", default: Period.Unit.months))
    }
}

extension JSONValue {
    /// A field that is there and demands nothing: null, an empty list, or a grace of 0.
    fileprivate var asksForNothing: Bool {
        isNull || integer == 0 || elements?.isEmpty == true
            || self["rule"]?.text == "same-day"
    }
}

extension Calculators {
    /// The JSON of INTERFACE.
    static func node(of schedule: Schedule) -> Node {
        let currency = schedule.terms.currency
        let zero = Node.amount(0, currency)
        let instalments = schedule.instalments.map { instalment -> Node in
            .object([
                "number": .count(instalment.number), "dueOn": .date(instalment.dueOn),
                "principal": .amount(instalment.principal, currency),
                "interest": .amount(instalment.interest, currency), "fee": zero,
                "penalty": zero, "total": .amount(instalment.total, currency),
                "balance": .amount(instalment.balance, currency),
            ])
        }
        let interest = schedule.cumulativeInterest[schedule.instalments.count]
        return .object([
            "instalments": .array(instalments),
            "totals": .object([
                "principal": .amount(schedule.terms.principal, currency),
                "interest": .amount(interest, currency), "fee": zero,
                "total": .amount(schedule.terms.principal + interest, currency),
            ]),
        ])
    }

    /// The instalments for a person.
    static func grid(of schedule: Schedule) -> Grid {
        let currency = schedule.terms.currency
        var grid = Grid(
            title: "Schedule (\(currency))",
            columns: [
                .figures("no"), .words("due on"), .figures("principal"), .figures("interest"),
                .figures("total"), .figures("balance"),
            ])
        for instalment in schedule.instalments {
            grid.add([
                "\(instalment.number)", instalment.dueOn.description,
                instalment.principal.text(currency), instalment.interest.text(currency),
                instalment.total.text(currency), instalment.balance.text(currency),
            ])
        }
        return grid
    }
}
