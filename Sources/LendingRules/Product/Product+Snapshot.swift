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
            ] + conventions.lines + servicingLines
            + (effectiveFrom.map { ["effective-from \($0)"] } ?? [])
        return lines.joined(separator: "\n") + "\n"
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
        return lines + (line?.lines ?? [])
    }
}
