// Conventions beyond the usual ones: a partner that does not know one of them must refuse it.

internal import BusinessCalendar
internal import LendingRules
internal import Monetary

extension ScheduleTerms {
    /// Members of the schedule input that are absent where the convention is the usual one.
    func writeConventions(to writer: inout JSONWriter) {
        for (name, grace) in [("principalGrace", principalGrace), ("interestGrace", interestGrace)]
        where grace != 0 {
            writer.name(name)
            writer.integer(grace)
        }
        if monthEnd != .clamp { writer.member("monthEnd", monthEnd.rawValue) }
        if let holidays {
            writer.name("holidays")
            writer.object {
                $0.member("calendar", holidays.calendar.name)
                $0.member("rule", holidays.rule.rawValue)
            }
        }
        if let statement {
            writer.name("statement")
            writer.object {
                $0.name("day")
                $0.integer(statement.day)
                $0.member("minimumPayment", statement.minimumPayment.percentText)
            }
        }
        if fees.isEmpty { return }
        writer.name("fees")
        writer.array {
            for fee in fees { fee.write(to: &$0, currency) }
        }
    }
}

extension LoanFee {
    fileprivate func write(to writer: inout JSONWriter, _ currency: Currency) {
        writer.object {
            $0.member("name", name)
            switch value {
            case .share(let share, let base):
                $0.member("value", share.percentText)
                $0.member("of", base.rawValue)
            case .amount(let units):
                $0.member("value", Money(minorUnits: units, currency: currency).text)
            }
            $0.member("when", moment.rawValue)
        }
    }
}

extension Share {
    /// `1.5%` where eight decimals say it exactly, the fraction otherwise.
    fileprivate var percentText: String {
        let units = Int128(numerator) * 10_000_000_000
        guard units % Int128(denominator) == 0,
            let exact = Int64(exactly: units / Int128(denominator))
        else { return description }
        var digits = AmountText.format(exact, decimals: 8)
        while digits.hasSuffix("0") { digits.removeLast() }
        if digits.hasSuffix(".") { digits.removeLast() }
        return digits + "%"
    }
}
