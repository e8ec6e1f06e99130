import BusinessCalendar
package import Monetary

// Claims that change hands: one epoch of the scales ends and another begins (RULES § 2).

/// Where an epoch begins: the places of what was left then, on scales that start at 0 anew.
struct EpochOpening {
    /// Added to what is settled of an instalment's principal it is the place on the scale.
    let principal: [Int64]
    /// The same for interest.
    let interest: [Int64]
    /// Settled by then, whoever got it.
    let settledInterest: Int64
    let settledPenalty: Int64
    /// What each lender had accrued by then less what the new scale gives of it.
    let accruedInterest: [Int64]
    let accruedPenalty: [Int64]
    /// Principal that was left.
    let outstanding: Int64

    /// The beginning of the first epoch: nothing is settled or accrued.
    init(first contract: LoanContract) {
        principal = contract.schedule.cumulativePrincipal
        interest = contract.schedule.cumulativeInterest
        (settledInterest, settledPenalty) = (0, 0)
        accruedInterest = contract.lenders.map { _ in 0 }
        accruedPenalty = accruedInterest
        outstanding = contract.schedule.terms.principal
    }

    /// The beginning of a later one, at the end of a date of `replay`; the overdue principal and
    /// interest that are left come first on the new scales.
    init(_ replay: Replay, accruedInterest: [Int64], accruedPenalty: [Int64]) {
        var (principal, interest): ([Int64], [Int64]) = ([], [])
        var left = (principal: Int64(0), interest: Int64(0))
        for state in replay.instalments {
            principal.append(left.principal - state.settledPrincipal)
            interest.append(left.interest - state.settledInterest)
            left.principal += state.unpaidPrincipal
            left.interest += state.unpaidInterest
        }
        self.principal = principal
        self.interest = interest
        outstanding = left.principal
        settledInterest = replay.instalments.reduce(0) { $0 + $1.settledInterest }
        settledPenalty = replay.settledPenalty
        self.accruedInterest = accruedInterest
        self.accruedPenalty = accruedPenalty
    }
}

extension Replay {
    /// Ends the epoch at the end of the fact's value date: what is left of every claim is split
    /// anew, and what that gives a lender beyond what it held has been transferred to it.
    ///
    /// A loan undone has no claims that could change hands.
    mutating func changeHands(_ fact: LoanFact) throws(AmountError) {
        guard case .transferred(let shares) = fact.kind else { return }
        var effect = FactEffect(fact, .transfer, lenders: lenders.count)
        defer { effects.append(effect) }
        if undoneOn != nil { return }
        try accrue(endOf: fact.valueDate)
        let before = lenders.map(\.claims)
        let amounts = Dictionary(shares.map { ($0.party, $0.amount) }) { $0 + $1 }
        scales.append(
            try ProportionalScale(weights: contract.lenders.map { amounts[$0] ?? 0 }))
        let after = try claims(endOf: fact.valueDate)
        for lender in lenders.indices {
            effect.parts[lender] = after[lender] - before[lender]
            lenders[lender].transferred += effect.parts[lender]
        }
        opening = EpochOpening(
            self,
            accruedInterest: lenders.indices.map {
                lenders[$0].accruedInterest - after[$0].allInterest
            },
            accruedPenalty: lenders.indices.map {
                lenders[$0].accruedPenalty - after[$0].penalty
            })
        for lender in lenders.indices where scale.weights[lender] > 0 { hasHeld[lender] = true }
    }

    /// What is left of each claim at the end of a date, split on the present scale from 0 on.
    private func claims(endOf date: BusinessDate) throws(AmountError) -> [Components] {
        let (interest, penalty) = try accrued(endOf: date)
        let settledInterest = instalments.reduce(0) { $0 + $1.settledInterest }
        let due = instalments[..<dueCount]
        let overduePrincipal = due.reduce(0) { $0 + $1.unpaidPrincipal }
        let overdueInterest = due.reduce(0) { $0 + $1.unpaidInterest }
        let principal = instalments.reduce(0) { $0 + $1.unpaidPrincipal }
        let parts = (
            overduePrincipal: try scale.parts(of: overduePrincipal),
            principal: try scale.parts(from: overduePrincipal, to: principal),
            overdueInterest: try scale.parts(of: overdueInterest),
            interest: try scale.parts(from: overdueInterest, to: interest - settledInterest),
            penalty: try scale.parts(of: penalty - settledPenalty)
        )
        return lenders.indices.map {
            Components(
                principal: parts.principal[$0], overduePrincipal: parts.overduePrincipal[$0],
                interest: parts.interest[$0], overdueInterest: parts.overdueInterest[$0],
                penalty: parts.penalty[$0])
        }
    }
}

/// Who holds a loan's claims since the last time that they changed hands.
package struct Holding: Hashable, Sendable {
    /// The weights of every split since, in agreement order.
    package let scale: ProportionalScale
    /// Interest that was settled before: what is split now is what has accrued beyond it.
    package let settledInterest: Int64
    /// Whether the weights are the principal that was left, to the minor unit: they are not when
    /// a payment from before has been taken back since.
    package let isExact: Bool
}

extension Replay {
    var holding: Holding {
        Holding(
            scale: scale, settledInterest: opening.settledInterest,
            isExact: scale.total == opening.outstanding)
    }
}
