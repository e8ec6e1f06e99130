package import Monetary

extension ScheduleError {
    /// What is wrong, for the person who wrote the terms; amounts as text of the currency.
    package func sentence(in currency: Currency) -> String {
        func text(_ amount: Int64) -> String {
            AmountText.format(amount, decimals: currency.exponent)
        }
        switch self {
        case .principalNotPositive(let amount):
            return "the principal \(text(amount)) is not above zero"
        case .instalmentsOutOfRange(let count, let allowed):
            return "\(count) instalments are outside \(allowed.lowerBound) to \(allowed.upperBound)"
        case .rateOutOfRange(let rate, let allowed):
            let largest = AnnualRate(units: allowed.upperBound).percentText()
            return "the rate \(rate.percentText()) % is outside 0 to \(largest) %"
        case .periodOutOfRange(let period):
            return "a period of \(period.count) \(period.unit.rawValue) is outside 1 to "
                + "\(ScheduleTerms.periodLimits.upperBound)"
        case .multipleOutOfRange(let multiple, let allowed):
            return "the multiple \(text(multiple)) is outside \(text(allowed.lowerBound)) to "
                + text(allowed.upperBound)
        case .firstDueNotAfterDisbursement(let disbursedOn, let firstDueOn):
            return "the first due date \(firstDueOn) is not after the disbursement on "
                + "\(disbursedOn)"
        case .dueBeyondCalendar(let number):
            return "instalment \(number) would fall due after 9999-12-31"
        case .instalmentBelowInterest(let number, let instalment, let interest):
            return "instalment \(number) of \(text(instalment)) does not cover its interest of "
                + text(interest)
        case .amountOutOfRange:
            return "an amount or the sum of all instalments is beyond the range of amounts"
        }
    }

    /// The term at fault by its name in the schedule input, when it is one.
    package var term: String? {
        switch self {
        case .principalNotPositive, .amountOutOfRange: "principal"
        case .instalmentsOutOfRange, .dueBeyondCalendar: "instalments"
        case .rateOutOfRange: "annualRatePercent"
        case .periodOutOfRange: "every"
        case .multipleOutOfRange: "instalmentMultiple"
        case .firstDueNotAfterDisbursement: "firstDueOn"
        case .instalmentBelowInterest: nil
        }
    }
}
