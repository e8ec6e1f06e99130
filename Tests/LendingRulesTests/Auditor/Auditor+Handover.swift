// A clerk's evening on which claims go to other lenders: every cent that is open gets a new owner.

extension Auditor {
    /// Goes through the open cents from the first to the last and writes a new name on each.
    mutating func handOver(_ event: AuditedEvent) {
        guard case .handedOver(let shares) = event.what else { return }
        let before = day.claims
        day.relief[event.id] = before.map { _ in AuditedClaims() }
        if isUndone { return }
        weights = loan.names.map { name in
            shares.filter { $0.who == name }.reduce(0) { $0 + $1.weight }
        }
        owners.principal.rename(unpaid.indices.flatMap { Array(principalCents($0)) }, weights)
        owners.interest.rename(unpaid.indices.flatMap { Array(interestCents($0)) }, weights)
        owners.penalty.rename(from: settledPenalty, weights)
        countClaims()
        for lender in before.indices {
            day.relief[event.id]?[lender] = day.claims[lender] - before[lender]
        }
    }

    /// Counts every lender's open cents anew.
    private mutating func countClaims() {
        var claims = day.claims.map { _ in AuditedClaims() }
        for number in unpaid.indices {
            let principal = owners.principal.count(principalCents(number))
            let interest = interestCents(number).clamped(to: 0..<max(0, earned.interest))
            let parts = owners.interest.count(interest)
            for lender in claims.indices {
                if unpaid[number].isOverdue {
                    claims[lender].overduePrincipal += principal[lender]
                    claims[lender].overdueInterest += parts[lender]
                } else {
                    claims[lender].principal += principal[lender]
                    claims[lender].interest += parts[lender]
                }
            }
        }
        let penalty = owners.penalty.count(settledPenalty..<max(settledPenalty, earned.penalty))
        for lender in claims.indices {
            claims[lender].penalty = penalty[lender]
            claims[lender].fees = day.claims[lender].fees
        }
        day.claims = claims
    }
}

extension AuditedClaims {
    fileprivate static func - (left: AuditedClaims, right: AuditedClaims) -> AuditedClaims {
        AuditedClaims(
            principal: left.principal - right.principal,
            overduePrincipal: left.overduePrincipal - right.overduePrincipal,
            interest: left.interest - right.interest,
            overdueInterest: left.overdueInterest - right.overdueInterest,
            penalty: left.penalty - right.penalty)
    }
}
