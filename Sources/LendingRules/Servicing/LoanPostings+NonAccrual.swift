import Bookkeeping
import Monetary

// Income of loans in non-accrual: what is owed and unpaid stands in a memorandum (RULES § 3).

extension LoanPostings {
    /// Takes unpaid income out of the books, or back into them, by the difference of what the
    /// memorandum should hold.
    mutating func suspend(from before: LoanPosition?, to after: LoanPosition) {
        guard before?.isNonAccrual == true || after.isNonAccrual else { return }
        for (index, lender) in contract.lenders.enumerated() {
            let past = before?.suspended(index) ?? Components()
            suspend(after.suspended(index) - past, lender)
        }
    }

    private mutating func suspend(_ part: Components, _ lender: PartyID) {
        reduce(.nonAccrual, part, lender)
        post(.nonAccrual, lender, .interestIncome, part.allInterest)
        post(.nonAccrual, lender, .penaltyIncome, part.allPenalty)
        post(.nonAccrual, lender, .notAccrued, part.total)
        post(.nonAccrual, lender, .notAccruedContra, -part.total)
    }
}

extension LoanPosition {
    /// A lender's claims of interest and penalties that are kept out of the books.
    package func suspended(_ lender: Int) -> Components {
        if !isNonAccrual { return Components() }
        // What was paid for is no income.
        var claims = lenders[lender].claims - acquired[lender]
        (claims.principal, claims.overduePrincipal, claims.fee) = (0, 0, 0)
        return claims
    }
}
