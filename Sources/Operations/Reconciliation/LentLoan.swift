package import LendingRules
import Reconciling

/// How a booked loan is lent and paid out, to tell what a dispute about its disbursement moves.
package struct LentLoan: Hashable, Sendable {
    package let plan: SharePlan
    package let disbursement: DisbursementWay

    package init(plan: SharePlan, disbursement: DisbursementWay) {
        self.plan = plan
        self.disbursement = disbursement
    }

    /// What the platform owes a lender for having lent `amount`; below zero when the lender owes.
    /// Half the range of what a line can hold, as elsewhere in reconciliation.
    func owed(to lender: PartyID, for amount: UInt64, platform: PartyID) -> Int64 {
        disbursement.owed(
            to: lender, lending: Int64(clamping: amount), of: plan.total,
            lenders: plan.shares.map(\.party), platform: platform)
    }
}

extension DayMatching {
    /// Loans about whose disbursement the two sides differ; all of ours when the partner's file is
    /// missing.
    func disputedLoans(_ breaks: [KeptBreak]) -> Set<LoanID> {
        let found = breaks.filter { $0.file == DayMatching.disbursements }
        var loans = Set(found.map(\.loan).filter { !$0.isEmpty }.map { LoanID($0) })
        guard found.contains(where: { $0.kind == .missingFile }),
            let file = day.files.first(where: { $0.layout.name == DayMatching.disbursements })
        else { return loans }
        loans.formUnion(file.ours.map { LoanID(file.layout.loan(of: $0)) })
        return loans
    }
}
