import BusinessCalendar
import Monetary

extension Product {
    /// The economic terms as canonical text, a line each. What is usual has no line, so that
    /// products which are older than the choice keep their version.
    package var canonicalTerms: String {
        let lines =
            [
                "product \(name)", "method \(method.rawValue)", "day-count \(dayCount.rawValue)",
                "rounding \(rounding.rawValue)",
                "instalment-rounding \(instalmentRounding.rawValue)",
                "penalty \(penalty.multipleThousandths) \(penalty.graceDays)",
                "materiality \(materiality)",
                "principal \(principal.lowerBound) \(principal.upperBound)",
                "instalments \(instalments.lowerBound) \(instalments.upperBound)",
            ] + scheduleLines + holidayLines + fees.map(\.canonicalLine) + servicingLines
        return lines.joined(separator: "\n") + "\n"
    }

    private var scheduleLines: [String] {
        var lines: [String] = []
        if every != .month { lines.append("every \(every.count) \(every.unit.rawValue)") }
        if instalmentMultiple != 1 { lines.append("instalment-multiple \(instalmentMultiple)") }
        if principalGrace != 0 { lines.append("principal-grace \(principalGrace)") }
        if interestGrace != 0 { lines.append("interest-grace \(interestGrace)") }
        if monthEnd != .clamp { lines.append("month-end \(monthEnd.rawValue)") }
        return lines
    }

    private var holidayLines: [String] {
        guard let holidays else { return [] }
        func line<Value>(_ key: String, _ values: [Value]) -> [String] {
            values.isEmpty ? [] : ["\(key) " + values.map { "\($0)" }.joined(separator: " ")]
        }
        let calendar = holidays.calendar
        return ["holidays \(holidays.rule.rawValue) \(calendar.name)"]
            + line("weekend", calendar.weekend.sorted())
            + line("free-dates", calendar.holidays.sorted())
            + line("worked-dates", calendar.workingDays.sorted())
    }

    private var servicingLines: [String] {
        var lines: [String] = []
        if penalty.onInterestThousandths != 0 {
            lines.append("penalty-on-interest \(penalty.onInterestThousandths)")
        }
        if penalty.forgivesGrace { lines.append("grace-forgives true") }
        if earlyRepayment != .waiting {
            let fee = earlyRepayment.fee.map { " \($0)" } ?? ""
            lines.append("early-repayment \(earlyRepayment.effect.rawValue)\(fee)")
        }
        if nonAccrual != .usual {
            lines.append("non-accrual \(nonAccrual.afterDays) \(nonAccrual.observedInstalments)")
        }
        if minimumDays != 0 { lines.append("minimum-days \(minimumDays)") }
        if let rate { lines.append("rate \(rate.lowerBound.units) \(rate.upperBound.units)") }
        return lines
    }
}

extension LoanFee {
    /// Fees stand in the order of the product, which is that of its schedule.
    fileprivate var canonicalLine: String {
        let amount =
            switch value {
            case .share(let share, let base): "share \(share) \(base.rawValue)"
            case .amount(let units): "amount \(units)"
            }
        return "fee \(name) \(moment.rawValue) \(amount)"
    }
}
