import Monetary

/// What a holder has paid for of claims that moved to it by compensation, and when.
///
/// Whatever settles its claims afterwards settles these first, so that account 1170 holds exactly
/// what was paid and not yet collected.
struct AcquiredClaims: Hashable {
    /// Taken over, minor units; 0 from the time on at which `settled` had been settled.
    private var amounts = ClaimAmounts()
    private var settled = ClaimAmounts()

    /// What is left of it among a holder's claims.
    func left(of lender: LenderPosition) -> ClaimAmounts {
        if amounts == ClaimAmounts() { return amounts }
        let (claims, gone) = (lender.claims.claim, lender.settled.claim)
        func left(_ amount: KeyPath<ClaimAmounts, Int64>) -> Int64 {
            let since = gone[keyPath: amount] - settled[keyPath: amount]
            return max(0, min(claims[keyPath: amount], amounts[keyPath: amount] - since))
        }
        return ClaimAmounts(
            principal: left(\.principal), interest: left(\.interest), penalty: left(\.penalty),
            fee: left(\.fee))
    }

    /// The holder has taken over more, by now.
    mutating func add(_ more: ClaimAmounts, to lender: LenderPosition) {
        amounts = left(of: lender) + more
        settled = lender.settled.claim
    }
}

extension LenderPosition {
    /// Of a holder's claims: so much of each component; of what is overdue the part that the
    /// principal is of the holder's, the rest of what is not due.
    func bucketed(_ amounts: ClaimAmounts) -> Components {
        if amounts == ClaimAmounts() { return Components() }
        let held = claims
        func overdue(_ amount: Int64, _ overdue: Int64, _ normal: Int64) -> Int64 {
            let all = held.allPrincipal
            let part =
                all == 0 ? overdue : Proportion.halfUp(overdue, min(amounts.principal, all), all)
            return max(min(amount, part), amount - normal)
        }
        let principal = overdue(amounts.principal, held.overduePrincipal, held.principal)
        let interest = overdue(amounts.interest, held.overdueInterest, held.interest)
        let onPrincipal = min(amounts.penalty, held.penalty)
        return Components(
            principal: amounts.principal - principal, overduePrincipal: principal,
            interest: amounts.interest - interest, overdueInterest: interest,
            penalty: onPrincipal, penaltyOnInterest: amounts.penalty - onPrincipal,
            fee: amounts.fee)
    }
}
