import BusinessCalendar
import Monetary

// Claims of one holder that move to another: an epoch ends, and every other holder keeps its own to
// the minor unit (RULES § 2, 5).

extension Replay {
    /// Moves what there is of the assignment's claims, at the end of the fact's value date.
    mutating func assign(_ assignment: Assignment, _ fact: LoanFact) throws(AmountError) {
        var effect = FactEffect(fact, .assignment(assignment), lenders: lenders.count)
        defer { effects.append(effect) }
        guard undoneOn == nil, let from = contract.lenders.firstIndex(of: assignment.from),
            let to = contract.lenders.firstIndex(of: assignment.to)
        else { return }
        try accrue(endOf: fact.valueDate)
        let before = lenders.map(\.claims)
        let reach = assignment.throughInstalment.map { min($0, dueCount) }
        let front = try claims(ofDueUpTo: reach ?? 0)
        let there = reach == nil ? before[from] : front[from]
        let moved = there.first(assignment.claims)
        effect.shortfall = assignment.claims.clampedTotal - moved.total
        effect.cash[from] = assignment.price
        effect.cash[to] = -assignment.price
        if moved == Components() { return }
        let after = try handOver(
            moved, from, to, front: reach == nil ? nil : front, endOf: fact.valueDate)
        for lender in lenders.indices {
            effect.parts[lender] = after[lender] - before[lender]
            lenders[lender].transferred += effect.parts[lender]
        }
        hasHeld[to] = true
        hasInstalmentHolders = reach != nil
        if hasInstalmentHolders { try turnPenalties(after: fact.valueDate) }
        if assignment.reason == .compensation {
            acquired[to].add(moved.claim, to: lenders[to])
        }
    }

    /// Where single instalments have another holder, the penalties of the nights after a date are
    /// theirs whose claims are overdue.
    mutating func turnPenalties(after date: BusinessDate) throws(AmountError) {
        let (_, penalties) = try accrued(endOf: date)
        let income = contract.income
        func weights(_ overdue: KeyPath<LenderPosition, Int64>) throws(AmountError)
            -> ProportionalScale?
        {
            let weights = lenders.map { $0[keyPath: overdue] }
            guard weights.contains(where: { $0 > 0 }) else { return nil }
            return try income.scale(
                income.penalty, contract.lenders, try ProportionalScale(weights: weights))
        }
        // A date on which nothing changes leaves no trace.
        let (latest, onInterest) = (scale.penalty.latest, scale.penaltyOnInterest.latest)
        if let scale = try weights(\.overduePrincipal), scale != latest {
            epochs[epoch].penalty.turn(
                at: penalties.onPrincipal - opening.settled.penalty, to: scale)
        }
        if let scale = try weights(\.overdueInterest), scale != onInterest {
            epochs[epoch].penaltyOnInterest.turn(
                at: penalties.onInterest - opening.settled.penaltyOnInterest, to: scale)
        }
    }

    /// Each holder's claims of the first instalments, all of which have fallen due.
    private func claims(ofDueUpTo count: Int) throws(AmountError) -> [Components] {
        var claims = lenders.map { _ in Components() }
        for index in 0..<count {
            let state = instalments[index]
            let principal = try principalParts(index, state.unpaidPrincipal)
            let interest = try interestParts(index, state.unpaidInterest)
            let fee = try feeParts(index)
            for lender in lenders.indices {
                claims[lender].overduePrincipal += principal[lender]
                claims[lender].overdueInterest += interest[lender]
                claims[lender].fee += fee[lender]
            }
        }
        return claims
    }

    /// Lays what is left of every claim on scales that give each holder what it had but for what
    /// moved; `front` is of the instalments that move, whose payments the taker gets from now on.
    private mutating func handOver(
        _ moved: Components, _ from: Int, _ to: Int, front: [Components]?, endOf date: BusinessDate
    ) throws(AmountError) -> [Components] {
        var (first, rest) = (front ?? [], lenders.map(\.claims))
        for lender in first.indices { rest[lender] = rest[lender] - first[lender] }
        if front == nil {
            (rest[from], rest[to]) = (rest[from] - moved, rest[to] + moved)
        } else {
            (first[from], first[to]) = (first[from] - moved, first[to] + moved)
        }
        epochs.append(try epoch(first, rest))
        let after = try claims(endOf: date)
        opening = EpochOpening(self, holding: after)
        layAnew()
        try layShares(holding: after)
        return after
    }

    /// The epoch of holders of these claims, those that stand first and the rest.
    private func epoch(_ first: [Components], _ rest: [Components]) throws(AmountError)
        -> HoldingEpoch
    {
        func pieces(_ amount: (Components) -> Int64) -> [[Int64]] {
            [first.map(amount), rest.map(amount)]
        }
        let principal = pieces(\.allPrincipal)
        let holders = principal.last { $0.contains { $0 > 0 } } ?? scale.principal.latest.weights
        var next = try HoldingEpoch(
            number: epochs.count, principal: try ProportionalScale(weights: holders), of: contract)
        next.principal = try ComponentScale(principal, then: nil, or: next.principal.latest)
        next.interest = try ComponentScale(pieces(\.allInterest), then: next.interest.latest)
        next.penalty = try ComponentScale(pieces(\.penalty), then: next.penalty.latest)
        next.penaltyOnInterest = try ComponentScale(
            pieces(\.penaltyOnInterest), then: next.penaltyOnInterest.latest)
        next.fee = try ComponentScale(pieces(\.fee), then: next.fee.latest)
        return next
    }
}

extension Components {
    /// So much of each component, what is overdue first; what there is where it is less.
    fileprivate func first(_ amounts: ClaimAmounts) -> Components {
        let overduePrincipal = min(amounts.principal, self.overduePrincipal)
        let overdueInterest = min(amounts.interest, self.overdueInterest)
        let penalty = min(amounts.penalty, self.penalty)
        return Components(
            principal: min(amounts.principal - overduePrincipal, principal),
            overduePrincipal: overduePrincipal,
            interest: min(amounts.interest - overdueInterest, interest),
            overdueInterest: overdueInterest, penalty: penalty,
            penaltyOnInterest: min(amounts.penalty - penalty, penaltyOnInterest),
            fee: min(amounts.fee, fee))
    }
}

extension ComponentScale {
    /// Pieces that give each lender exactly its amounts, and other weights beyond them.
    fileprivate init(_ pieces: [[Int64]], then scale: ProportionalScale) throws(AmountError) {
        try self.init(pieces, then: scale, or: scale)
    }

    /// The same; where nothing comes beyond them the last piece goes on, and where there is no
    /// piece at all `fallback` holds.
    fileprivate init(
        _ pieces: [[Int64]], then scale: ProportionalScale?, or fallback: ProportionalScale
    ) throws(AmountError) {
        var scales: [ProportionalScale] = []
        for weights in pieces where weights.contains(where: { $0 > 0 }) {
            scales.append(try ProportionalScale(weights: weights))
        }
        if let scale { scales.append(scale) }
        self.init(scales.first ?? fallback)
        var end: Int64 = 0
        for (earlier, next) in zip(scales, scales.dropFirst()) {
            end += earlier.total
            turn(at: end, to: next)
        }
    }
}
