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
        effect.held = before[from]
        let isParted = hasInstalmentHolders || assignment.throughInstalment != nil
        var pieces = try claimPieces(isParted: isParted, endOf: fact.valueDate)
        let last = assignment.throughInstalment.map { min($0, dueCount) }
        let reach = 0..<(last ?? pieces.places.count)
        let order: ClaimPieces.Order = last == nil ? .evenly : .newestFirst
        // A correction moves some components on and others back.
        let (onward, back) = (assignment.claims.aboveZero, assignment.claims.belowZero)
        let gone = pieces.held(by: from, in: reach).first(onward)
        let returned = pieces.held(by: to, in: reach).first(back)
        effect.shortfall =
            onward.clampedTotal - gone.total + back.clampedTotal - returned.total
        effect.cash[from] = assignment.price
        effect.cash[to] = -assignment.price
        if gone == ScaleAmounts(), returned == ScaleAmounts() { return }
        let earlier = pieces
        pieces.move(gone, from: from, to: to, in: reach, order)
        pieces.move(returned, from: to, to: from, in: reach, order)
        let after = try handOver(pieces, isParted: isParted, endOf: fact.valueDate)
        if assignment.reason == .compensation {
            let source = AcquisitionSource(layer: assignment.ground, lender: assignment.from)
            acquired[to].add((gone - returned).claim, from: source, to: lenders[to])
            if last != nil { note(source, earlier, pieces, from) }
        }
        for lender in lenders.indices {
            effect.parts[lender] = after[lender] - before[lender]
            lenders[lender].transferred += effect.parts[lender]
        }
        hasHeld[to] = true
    }

    /// Remembers what was paid for of each instalment.
    private mutating func note(
        _ source: AcquisitionSource, _ before: ClaimPieces, _ after: ClaimPieces, _ from: Int
    ) {
        for (index, held) in before.places.dropLast().enumerated() {
            let gone = held[from] - after.places[index][from]
            instalments[index].paidFor[source, default: .zero] += LossAmounts(
                principal: gone.principal, interest: gone.interest)
        }
    }

    /// Whose everything is at the end of a date: what has fallen due and the rest, so that nobody
    /// has more overdue because others trade, or instalment by instalment.
    private func claimPieces(isParted: Bool, endOf date: BusinessDate) throws(AmountError)
        -> ClaimPieces
    {
        isParted ? try claimsByInstalment(endOf: date) : try claimsByDue()
    }

    /// Penalties and what is beyond the instalments are with the rest.
    private func claimsByDue() throws(AmountError) -> ClaimPieces {
        var due = lenders.map { _ in ScaleAmounts() }
        for index in 0..<dueCount {
            let principal = try principalParts(index, instalments[index].unpaidPrincipal)
            let interest = try interestParts(index, instalments[index].unpaidInterest)
            let fee = try feeParts(index)
            for lender in due.indices {
                due[lender].principal += principal[lender]
                due[lender].interest += interest[lender]
                due[lender].fee += fee[lender]
            }
        }
        return ClaimPieces([due, zip(lenders, due).map { ScaleAmounts($0.claims) - $1 }])
    }

    private func claimsByInstalment(endOf date: BusinessDate) throws(AmountError) -> ClaimPieces {
        var (places, rest) = ([[ScaleAmounts]](), lenders.map { ScaleAmounts($0.claims) })
        var passed = Penalties()
        for index in 0..<dueCount {
            let state = instalments[index]
            let due = try penaltiesDue(index, on: date.adding(days: 1))
            let principal = try principalParts(index, state.unpaidPrincipal)
            let interest = try interestParts(index, state.unpaidInterest)
            let fee = try feeParts(index)
            let penalties = try penaltyParts(
                index, due, behind: hasInstalmentHolders ? Penalties() : passed)
            passed = passed + due
            places.append(
                lenders.indices.map {
                    ScaleAmounts(
                        principal: principal[$0], interest: interest[$0],
                        penalty: penalties[$0].onPrincipal,
                        penaltyOnInterest: penalties[$0].onInterest, fee: fee[$0])
                })
            for lender in rest.indices { rest[lender] = rest[lender] - places[index][lender] }
        }
        return ClaimPieces(places + [rest])
    }

    /// Lays what is left of every claim on scales that give each holder what it has, place by
    /// place.
    private mutating func handOver(
        _ pieces: ClaimPieces, isParted: Bool, endOf date: BusinessDate
    ) throws(AmountError) -> [Components] {
        epochs.append(try epoch(pieces, isParted: isParted))
        if isParted, dueCount > 0 { try partPenalties(pieces) }
        let after = try claims(endOf: date)
        opening = EpochOpening(self, holding: after)
        layAnew()
        try layShares(holding: after)
        return after
    }

    private func epoch(_ pieces: ClaimPieces, isParted: Bool) throws(AmountError) -> HoldingEpoch {
        let holders = pieces.holders(isParted: isParted) ?? scale.principal.latest.weights
        var next = try HoldingEpoch(
            number: epochs.count, principal: try ProportionalScale(weights: holders), of: contract)
        next.principal = try ComponentScale(
            pieces.amounts(\.principal), then: nil, or: next.principal.latest)
        next.interest = try ComponentScale(
            pieces.amounts(\.interest), then: next.interest.latest)
        next.penalty = try ComponentScale(pieces.amounts(\.penalty), then: next.penalty.latest)
        next.penaltyOnInterest = try ComponentScale(
            pieces.amounts(\.penaltyOnInterest), then: next.penaltyOnInterest.latest)
        next.fee = try ComponentScale(pieces.amounts(\.fee), then: next.fee.latest)
        return next
    }
}

extension ComponentScale {
    /// Pieces that give each lender exactly its amounts, and other weights beyond them.
    init(_ pieces: [[Int64]], then scale: ProportionalScale) throws(AmountError) {
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
