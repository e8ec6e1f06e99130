import BusinessCalendar
import Monetary

// A ratio change by actuals: principal changes hands, and whatever has accrued or was billed and is
// unpaid stays with whom it accrued to (RULES § 2).

extension Replay {
    /// Principal on a scale that begins anew; every other scale goes on and turns where what has
    /// accrued or was billed by the end of the date ends. Returns what each lender holds.
    mutating func handOverPrincipal(to holders: ProportionalScale, endOf date: BusinessDate)
        throws(AmountError) -> [Components]
    {
        let (interest, penalties) = try accrued(endOf: date)
        let settled = opening.settled
        epochs.append(
            try scale.goingOn(
                principal: holders, of: contract,
                at: ScaleAmounts(
                    interest: interest - settled.interest,
                    penalty: penalties.onPrincipal - settled.penalty,
                    penaltyOnInterest: penalties.onInterest - settled.penaltyOnInterest,
                    fee: laid.fee)))
        let all = instalments.reduce(0) { $0 + $1.unpaidPrincipal }
        let overdue = instalments[..<dueCount].reduce(0) { $0 + $1.unpaidPrincipal }
        let normalParts = try scale.principal.parts(from: overdue, to: all)
        let overdueParts = try scale.principal.parts(from: 0, to: overdue)
        opening.outstanding = all
        layPrincipalAnew()
        try layPrincipalShares(endOf: date)
        return lenders.indices.map { lender in
            var claims = lenders[lender].claims
            claims.principal = normalParts[lender]
            claims.overduePrincipal = overdueParts[lender]
            return claims
        }
    }

    /// Gives the principal that is left of instalments that have fallen due the first places.
    private mutating func layPrincipalAnew() {
        laid.principal = 0
        for index in instalments.indices {
            let state = instalments[index]
            instalments[index].before.principal = state.settled.principal
            guard index < dueCount else { continue }
            instalments[index].base.principal = laid.principal - state.settled.principal
            laid.principal += state.unpaidPrincipal
        }
    }

    /// The same where lenders compute their parts themselves: of an instalment that has fallen due
    /// its interest stays divided as it is, and so does what has accrued of the open one.
    private mutating func layPrincipalShares(endOf date: BusinessDate) throws(AmountError) {
        guard own != nil else { return }
        let all = instalments.reduce(0) { $0 + $1.unpaidPrincipal }
        let unlaid = try scale.principal.parts(from: laid.principal, to: all)
        own?.unlaid = unlaid
        // What a charge-off has left of later instalments nobody computes anew.
        let end = stoppedOn == nil ? dueCount : instalments.count
        for index in 0..<end {
            let start = principalStart(index)
            let parts = try scale.principal.parts(
                from: start, to: start + instalments[index].unpaidPrincipal)
            let isRepaid = parts.allSatisfy { $0 == 0 }
            let weights = isRepaid ? scale.principal.latest : try ProportionalScale(weights: parts)
            instalments[index].shares?.principal = ComponentScale(weights)
        }
        guard stoppedOn == nil else { return }
        try assignShares(begun: try openPlace(before: date.adding(days: 1)))
    }
}
