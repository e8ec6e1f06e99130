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
        default:
            return conventionSentence(text) ?? changeSentence(text)
        }
    }

    private func conventionSentence(_ text: (Int64) -> String) -> String? {
        switch self {
        case .dueDatesMeet(let number, let due):
            "instalment \(number) would fall due on \(due), not after its period begins"
        case .graceOutOfRange(let grace, let count, let allowed):
            "\(grace.rawValue) \(count) is outside \(allowed.lowerBound) to "
                + "\(allowed.upperBound)"
        case .graceWithoutUse(let grace, let method):
            "the method \(method.rawValue) has nothing for \(grace.rawValue) to put off"
        case .graceMissing: "the method principal-grace needs a principalGrace of 1 or more"
        case .statementMissing: "the method statement-cycle needs a statement"
        case .multipleWithoutUse(let method):
            "the method \(method.rawValue) rounds no instalment to a multiple"
        case .multipleTooLarge(let multiple, let number):
            "rounded to a multiple of \(text(multiple)) instalment \(number) is nothing"
        case .monthEndWithoutMonths: "periods in days or weeks lack no due day"
        case .feeNotPositive(let name): "fee '\(name.prefix(70))' is not above zero"
        case .feeWithoutBase(let name, let base):
            "fee '\(name.prefix(70))' falls due upfront, when there is no \(base.rawValue) to "
                + "take it of; upfront fees are of the principal"
        case .feesAbovePrincipal(let total):
            "upfront fees of \(text(total)) leave nothing to pay out"
        default: nil
        }
    }

    private func changeSentence(_ text: (Int64) -> String) -> String {
        switch self {
        case .changeBeforeDisbursement(let date, let disbursedOn):
            "\(date) is before the disbursement on \(disbursedOn)"
        case .changeAfterEnd(let date): "on \(date) nothing of the loan is left to change"
        case .changeOutOfOrder(let date, let last):
            "\(date) is before a change already made on \(last)"
        case .repaymentAboveOwed(let interest, let principal, let date):
            "on \(date) interest of \(text(interest)) and principal of \(text(principal)) are "
                + "owed beyond the instalments, and no more can be repaid early"
        case .repaymentNotPositive(let amount): "the repayment \(text(amount)) is not above zero"
        case .paymentAboveInstalments(let left, let date):
            "on \(date) the instalments that are left come to \(text(left)), and no more can be "
                + "paid ahead"
        case .nothingToShorten(let method):
            "the method \(method.rawValue) has no instalments of principal to drop"
        case .dueDateNotAfterChange(let next, let date):
            "the next due date \(next) is not after \(date)"
        default: "the terms are impossible"
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
        case .multipleWithoutUse, .multipleTooLarge: "instalmentMultiple"
        case .dueDatesMeet: "holidays"
        case .graceOutOfRange(let grace, _, _), .graceWithoutUse(let grace, _): grace.rawValue
        case .graceMissing, .statementMissing: "method"
        case .monthEndWithoutMonths: "monthEnd"
        case .feeNotPositive, .feeWithoutBase, .feesAbovePrincipal: "fees"
        case .instalmentBelowInterest, .changeBeforeDisbursement, .changeAfterEnd,
            .changeOutOfOrder, .repaymentNotPositive, .repaymentAboveOwed, .paymentAboveInstalments,
            .nothingToShorten, .dueDateNotAfterChange:
            nil
        }
    }
}
