import Monetary

/// What revives of claims that have changed hands since: of what its giver would have had just
/// before, had everything been known, what it was not known to have (RULES § 2).
struct RevivedClaims {
    /// As it was known when they changed hands, and as it is known now.
    let then: RevivedHistory
    let now: RevivedHistory
    let decision: StandingDecision
    private let sale: Assignment
    private let had: Int64
    private let revived: ClaimAmounts

    init(
        _ contract: LoanContract, _ decision: StandingDecision, _ sale: Assignment,
        _ facts: [LoanFact]
    ) throws(ServicingError) {
        (self.decision, self.sale) = (decision, sale)
        then = try RevivedHistory(contract, facts.filter { $0.bookingDate <= decision.date })
        now = try RevivedHistory(contract, facts)
        let known = try then.claims(of: sale.from, before: decision.fact)
        had = known.principal
        revived = try now.claims(of: sale.from, before: decision.fact) - known
    }

    /// How much is to follow in all: of principal the part that went of what was known; of a
    /// pool's share, which was sold with everything on it, also of the rest, and all of it when
    /// nothing was left of the principal.
    var target: ClaimAmounts {
        let claims = sale.reason == .poolSale ? revived.aboveZero : revived.principalAlone
        return ClaimAmounts(
            principal: part(claims.principal), interest: part(claims.interest),
            penalty: part(claims.penalty), fee: part(claims.fee))
    }

    /// The same part of any amount.
    func part(_ amount: Int64) -> Int64 {
        if had <= 0 { return sale.reason == .poolSale ? amount : 0 }
        let gone = decision.amounts.principal - decision.followed.principal
        return Int64(clamping: Int128(amount) * Int128(gone) / Int128(had))
    }
}

extension ClaimAmounts {
    fileprivate var principalAlone: ClaimAmounts { ClaimAmounts(principal: max(0, principal)) }

    /// All components together, of either sign.
    var cents: Int64 { principal + interest + penalty + fee }
}
