import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

extension Story {
    /// The same small loan served and divided by other terms than the usual ones.
    func served(
        income: IncomeTerms = .byPrincipal, fees: [ServiceFee] = [],
        _ change: (inout ServicingTerms) throws -> Void = { _ in }
    ) throws -> Story {
        var servicing = contract.servicing
        try change(&servicing)
        return try with(
            LoanContract(
                loan: contract.loan, agreement: contract.agreement, schedule: contract.schedule,
                lenders: contract.lenders, fundedAmounts: contract.scale.weights,
                platform: contract.platform, serviceFees: fees, servicing: servicing,
                income: income))
    }

    /// What is due when, as facts have left it: `03-01 200.00 + 2.00`.
    func plan(_ text: String) throws -> [String] {
        try position(text).schedule.instalments.map {
            "\(Story.text(of: $0.dueOn)) \(Story.text($0.principal)) + "
                + Story.text($0.payableInterest)
        }
    }
}
