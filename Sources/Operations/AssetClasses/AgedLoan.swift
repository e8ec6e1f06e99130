import BusinessCalendar
package import LendingRules
package import Monetary

/// One loan at the end of a date as far as its class at any lender goes by it.
package struct AgedLoan: Hashable, Sendable {
    package let loan: LoanID
    package let borrower: String
    /// Name of the agreement its entries carry.
    package let agreement: String
    package let currency: Currency
    package let shard: UInt16
    package let status: LoanStatus
    /// Of every lender that has had a part in the loan, in agreement order.
    package let claims: [AgedClaim]
    /// Whether a lender has claims on it that had none at the end of the day before.
    package let hasNewClaims: Bool
}

/// What a loan owes one lender at the end of a date.
package struct AgedClaim: Hashable, Sendable {
    package let lender: PartyID
    package let claims: Components

    package var isOpen: Bool { claims != Components() }
}

extension AgedLoan {
    init(_ day: LoanDay, of borrower: String, shard: UInt16) {
        let claims = AgedLoan.claims(of: day.contract, at: day.after)
        let earlier = day.before.map { AgedLoan.claims(of: day.contract, at: $0) } ?? []
        let wereOpen = Set(earlier.filter(\.isOpen).map(\.lender))
        self.init(
            loan: day.contract.loan, borrower: borrower, agreement: day.contract.agreement,
            currency: day.contract.currency, shard: shard, status: LoanStatus(day.after),
            claims: claims,
            hasNewClaims: claims.contains { $0.isOpen && !wereOpen.contains($0.lender) })
    }

    private static func claims(of contract: LoanContract, at position: LoanPosition)
        -> [AgedClaim]
    {
        contract.lenders.indices.filter { position.hasHeld[$0] }.map {
            AgedClaim(lender: contract.lenders[$0], claims: position.lenders[$0].claims)
        }
    }

    /// What the class of one of its claims goes by.
    func status(of claim: AgedClaim) -> ClaimStatus {
        ClaimStatus(
            daysPastDue: status.daysPastDue, isNonAccrual: status.accrual == .nonAccrual,
            isChargedOff: status.standing == .chargedOff, isOpen: claim.isOpen)
    }
}
