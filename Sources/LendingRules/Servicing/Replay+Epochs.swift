import BusinessCalendar
package import Monetary

// Claims that change hands: one epoch of the scales ends and another begins (RULES § 2).

/// What an epoch begins with: what was settled and accrued by then, on scales that start at 0 anew.
struct EpochOpening {
    /// Settled by then, whoever got it.
    let settled: ScaleAmounts
    /// What each lender had accrued by then less what the new scale gives of it.
    let accruedInterest: [Int64]
    let accruedPenalties: [Penalties]
    /// What the owner of a spread had accrued of it.
    let accruedSpread: Int64
    /// Principal that was left.
    var outstanding: Int64

    /// The beginning of the first epoch: nothing is settled or accrued.
    init(first contract: LoanContract) {
        settled = ScaleAmounts()
        accruedInterest = contract.lenders.map { _ in 0 }
        accruedPenalties = contract.lenders.map { _ in Penalties() }
        accruedSpread = 0
        outstanding = contract.schedule.terms.principal
    }

    /// The beginning of a later one, at the end of a date of `replay`, whose lenders hold `claims`
    /// from then on.
    init(_ replay: Replay, holding claims: [Components]) {
        var settled = ScaleAmounts()
        settled.interest = replay.instalments.reduce(0) { $0 + $1.settled.interest }
        settled.penalty = replay.laid.penalty
        settled.penaltyOnInterest = replay.laid.penaltyOnInterest
        self.settled = settled
        outstanding = replay.instalments.reduce(0) { $0 + $1.unpaidPrincipal }
        accruedSpread = replay.lenders.reduce(0) { $0 + $1.accruedSpread }
        accruedInterest = zip(replay.lenders, claims).map { $0.accruedInterest - $1.allInterest }
        accruedPenalties = zip(replay.lenders, claims).map {
            Penalties(
                onPrincipal: $0.accruedPenalty - $1.penalty,
                onInterest: $0.accruedPenaltyOnInterest - $1.penaltyOnInterest)
        }
    }
}

extension Replay {
    /// Ends the epoch at the end of the fact's value date: what is left of claims is split anew,
    /// and what that gives a lender beyond what it held has been transferred to it.
    ///
    /// A loan undone has no claims that could change hands.
    mutating func changeHands(_ fact: LoanFact) throws(AmountError) {
        if case .assigned(let assignment) = fact.kind { return try assign(assignment, fact) }
        guard fact.changesHands else { return }
        var effect = FactEffect(fact, .transfer, lenders: lenders.count)
        defer { effects.append(effect) }
        if undoneOn != nil { return }
        try accrue(endOf: fact.valueDate)
        let before = lenders.map(\.claims)
        let holders = try holders(after: fact)
        let after: [Components]
        if case .ratioChange(let change) = fact.kind, change.treatment == .actuals {
            after = try handOverPrincipal(to: holders, endOf: fact.valueDate)
            try turnPenalties(after: fact.valueDate)
        } else {
            joinPenalties()
            after = try handOverAll(to: holders, endOf: fact.valueDate)
        }
        for lender in lenders.indices {
            effect.parts[lender] = after[lender] - before[lender]
            lenders[lender].transferred += effect.parts[lender]
            if holders.weights[lender] > 0 { hasHeld[lender] = true }
        }
    }

    /// Principal of each lender from the end of a handover's date on.
    private func holders(after fact: LoanFact) throws(AmountError) -> ProportionalScale {
        if case .ratioChange(let change) = fact.kind {
            let principal = instalments.reduce(0) { $0 + $1.unpaidPrincipal }
            return try change.weights(contract.lenders, of: principal)
        }
        let amounts = Dictionary(fact.holders.map { ($0.party, $0.amount) }) { $0 + $1 }
        return try ProportionalScale(weights: contract.lenders.map { amounts[$0] ?? 0 })
    }

    /// Every claim on scales that begin anew; returns what each lender holds of it.
    private mutating func handOverAll(to holders: ProportionalScale, endOf date: BusinessDate)
        throws(AmountError) -> [Components]
    {
        epochs.append(
            try HoldingEpoch(number: epochs.count, principal: holders, of: contract))
        let after = try claims(endOf: date)
        opening = EpochOpening(self, holding: after)
        layAnew()
        try layShares(holding: after)
        return after
    }

    /// What is left of each claim at the end of a date, split on the present scales from 0 on.
    func claims(endOf date: BusinessDate) throws(AmountError) -> [Components] {
        let (interest, penalties) = try accrued(endOf: date)
        let settledInterest = instalments.reduce(0) { $0 + $1.settled.interest }
        let due = instalments[..<dueCount]
        let overduePrincipal = due.reduce(0) { $0 + $1.unpaidPrincipal }
        let overdueInterest = due.reduce(0) { $0 + $1.unpaidInterest }
        let fee = due.reduce(0) { $0 + $1.unpaidFee }
        let principal = instalments.reduce(0) { $0 + $1.unpaidPrincipal }
        let openPenalties = try openPenaltyParts(penalties, endOf: date)
        let parts = (
            principal: try scale.principal.parts(from: overduePrincipal, to: principal),
            overduePrincipal: try scale.principal.parts(from: 0, to: overduePrincipal),
            interest: try scale.interest.parts(
                from: overdueInterest, to: interest - settledInterest),
            overdueInterest: try scale.interest.parts(from: 0, to: overdueInterest),
            fee: try scale.fee.parts(from: 0, to: fee)
        )
        return lenders.indices.map {
            Components(
                principal: parts.principal[$0], overduePrincipal: parts.overduePrincipal[$0],
                interest: parts.interest[$0], overdueInterest: parts.overdueInterest[$0],
                penalty: openPenalties[$0].onPrincipal,
                penaltyOnInterest: openPenalties[$0].onInterest,
                fee: parts.fee[$0])
        }
    }

    /// Gives what is left of the instalments that have fallen due the first places on new scales.
    mutating func layAnew() {
        (laid.principal, laid.interest, laid.fee) = (0, 0, 0)
        for index in instalments.indices {
            instalments[index].before = instalments[index].settled
            guard index < dueCount else { continue }
            let state = instalments[index]
            instalments[index].base = ScaleAmounts(
                principal: laid.principal - state.settled.principal,
                interest: laid.interest - state.settled.interest,
                fee: laid.fee - state.settled.fee)
            laid.principal += state.unpaidPrincipal
            laid.interest += state.unpaidInterest
            laid.fee += state.unpaidFee
        }
    }
}

/// Who holds a loan's claims since the last time that they changed hands.
package struct Holding: Hashable, Sendable {
    /// The weights of principal since, in agreement order.
    package let scale: ProportionalScale
    /// The weights of interest since.
    package let interestScale: ProportionalScale
    /// Interest accrued beyond this is split by them.
    package let interestStart: Int64
    /// Whether the weights are the principal that was left, to the minor unit: they are not when
    /// a payment from before has been taken back since.
    package let isExact: Bool
    /// Number of times that claims have changed hands.
    package let epoch: Int
}

extension Replay {
    var holding: Holding {
        let interest = scale.interest
        return Holding(
            scale: scale.principal.latest, interestScale: interest.latest,
            interestStart: opening.settled.interest + interest.latestStart,
            isExact: scale.principal.latestStart > 0
                || scale.principal.latest.total == opening.outstanding,
            epoch: epoch)
    }
}
