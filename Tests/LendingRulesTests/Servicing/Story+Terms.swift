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

    /// The small loan on a schedule by other terms, without service fees.
    func scheduled(_ change: (inout ScheduleTerms) -> Void) throws -> Story {
        var terms = contract.schedule.terms
        change(&terms)
        return try with(
            LoanContract(
                loan: contract.loan, agreement: contract.agreement,
                schedule: Schedule.build(terms), lenders: contract.lenders,
                fundedAmounts: contract.scale.weights, platform: contract.platform,
                serviceFees: [], servicing: contract.servicing))
    }

    /// The small loan whose first interest, 12.00, falls due with the second instalment.
    func graced() throws -> Story { try scheduled { $0.interestGrace = 1 } }

    /// What is due when, as facts have left it: `03-01 200.00 + 2.00`.
    func plan(_ text: String) throws -> [String] {
        try position(text).schedule.instalments.map {
            "\(Story.text(of: $0.dueOn)) \(Story.text($0.principal)) + "
                + Story.text($0.payableInterest)
        }
    }

    /// The same loan of which harbor computes its part by itself.
    func computed(_ name: LenderComputation.Name) throws -> Story {
        let harbor = PartyID("harbor")
        switch name {
        case .scale: return self
        case .perInstalment:
            return try served(income: IncomeTerms(computations: [harbor: .perInstalment]))
        case .ownSchedule:
            let own = LenderComputation.OwnSchedule(
                dayCount: .actual365Fixed, rounding: .halfUp, instalmentRounding: .halfUp)
            return try served(income: IncomeTerms(computations: [harbor: .ownSchedule(own)]))
        }
    }
}
