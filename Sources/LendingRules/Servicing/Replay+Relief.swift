import BusinessCalendar
import Monetary

// Waivers and charge-offs: claims that go without cash, from the same scales as payments.

extension Replay {
    /// Gives up part of what has fallen due, oldest instalment first.
    mutating func waive(_ amounts: ClaimAmounts, borneBy bearer: PartyID?, _ fact: LoanFact)
        throws(AmountError)
    {
        var effect = FactEffect(fact, .waiver(borneBy: bearer), lenders: lenders.count)
        _ = try take(amounts, of: 0..<dueCount, as: \.waived, &effect)
        effects.append(effect)
    }

    /// Writes off part of what has fallen due, or everything up to the amounts decided.
    mutating func chargeOff(_ amounts: ClaimAmounts, isFull: Bool, _ fact: LoanFact)
        throws(AmountError)
    {
        if isFull { try stop(on: fact.valueDate) }
        var effect = FactEffect(fact, .chargeOff(isFull: isFull), lenders: lenders.count)
        let reach = isFull ? instalments.count : dueCount
        let before = lenders
        writtenOff += try take(amounts, of: 0..<reach, as: \.chargedOff, &effect)
        for lender in lenders.indices {
            acquired[lender].writeOff(from: before[lender], to: lenders[lender])
        }
        effects.append(effect)
    }

    /// Bills what has accrued of the open period; no later interest or fee will ever be.
    private mutating func stop(on date: BusinessDate) throws(AmountError) {
        guard stoppedOn == nil else { return }
        stoppedOn = date
        guard dueCount < instalments.count else { return }
        let accrued = try accruedInterest(before: date)
        for index in dueCount..<instalments.count {
            (instalments[index].interest, instalments[index].fee) = (0, 0)
        }
        // With it what grace has deferred so far: no later instalment would bill it.
        instalments[dueCount].interest = max(0, accrued - schedule.cumulativeInterest[dueCount])
    }

    /// Takes amounts off the front of what is left of each instalment and says whose claims
    /// they were; what is not there is the effect's shortfall.
    private mutating func take(
        _ amounts: ClaimAmounts, of reach: Range<Int>,
        as route: WritableKeyPath<LenderPosition, Components>, _ effect: inout FactEffect
    ) throws(AmountError) -> WrittenOffClaims {
        var relief = Relief(left: amounts, route: route, effect: effect)
        for index in reach {
            if index < dueCount {
                try relievePenalties(index, &relief)
                try relieveFee(index, &relief)
            }
            try relieveInterest(index, &relief)
            try relievePrincipal(index, &relief)
        }
        effect = relief.effect
        effect.shortfall = relief.left.clampedTotal
        return relief.claims
    }

    private mutating func relievePenalties(_ index: Int, _ relief: inout Relief)
        throws(AmountError)
    {
        let due = try penaltiesDue(index, on: relief.effect.valueDate)
        let onPrincipal = min(relief.left.penalty, due.onPrincipal)
        let gone = Penalties(
            onPrincipal: onPrincipal,
            onInterest: min(relief.left.penalty - onPrincipal, due.onInterest))
        let (parts, start) = (try penaltyParts(index, gone), penaltyStart(index))
        let own = instalments[index].penalties
        if gone.onPrincipal > 0 {
            move(
                parts.map(\.onPrincipal), from: start.onPrincipal, to: \.penalty, \.penalty,
                on: own?.onPrincipal, &relief)
        }
        if gone.onInterest > 0 {
            move(
                parts.map(\.onInterest), from: start.onInterest, to: \.penaltyOnInterest,
                \.penaltyOnInterest, on: own?.onInterest, &relief)
        }
        settle(penalties: gone, of: index)
        relief.left.penalty -= gone.onPrincipal + gone.onInterest
    }

    private mutating func relieveFee(_ index: Int, _ relief: inout Relief) throws(AmountError) {
        let amount = min(relief.left.fee, instalments[index].unpaidFee)
        if amount == 0 { return }
        let start = instalments[index].base.fee + instalments[index].settled.fee
        let parts = try scale.fee.parts(from: start, to: start + amount)
        move(parts, from: start, to: \.fee, \.fee, &relief)
        instalments[index].settled.fee += amount
        relief.left.fee -= amount
    }

    private mutating func relieveInterest(_ index: Int, _ relief: inout Relief)
        throws(AmountError)
    {
        let amount = min(relief.left.interest, instalments[index].unpaidInterest)
        if amount == 0 { return }
        let date = relief.effect.valueDate
        move(
            try interestParts(index, amount), from: interestStart(index), to: \.interest,
            isOverdue(index) ? \.overdueInterest : \.interest, isOwn: own != nil,
            &relief)
        try settle(interest: amount, of: index, on: date)
        instalments[index].relieve(amount, by: relief.effect.kind)
        relief.left.interest -= amount
    }

    private mutating func relievePrincipal(_ index: Int, _ relief: inout Relief)
        throws(AmountError)
    {
        let amount = min(relief.left.principal, instalments[index].unpaidPrincipal)
        if amount == 0 { return }
        let date = relief.effect.valueDate
        move(
            try principalParts(index, amount), from: principalStart(index), to: \.principal,
            isOverdue(index) ? \.overduePrincipal : \.principal, isOwn: own != nil,
            &relief)
        try settle(principal: amount, of: index, on: date)
        instalments[index].relieve(amount, by: relief.effect.kind)
        relief.left.principal -= amount
    }

    private mutating func move(
        _ parts: [Int64], from start: Int64,
        to claims: WritableKeyPath<WrittenOffClaims, [WrittenOffClaim]>,
        _ bucket: WritableKeyPath<Components, Int64>, on scale: ComponentScale? = nil,
        isOwn: Bool = false, _ relief: inout Relief
    ) {
        for (lender, part) in parts.enumerated() {
            lenders[lender][keyPath: relief.route][keyPath: bucket] += part
            relief.effect.parts[lender][keyPath: bucket] += part
        }
        let amount = parts.reduce(0, +)
        let weights = isOwn ? try? ProportionalScale(weights: parts) : nil
        let own = weights.map { ComponentScale($0) } ?? scale
        let first = isOwn ? 0 : start
        relief.claims[keyPath: claims].append(
            WrittenOffClaim(range: first..<first + amount, epoch: epoch, own: own))
    }
}

/// Amounts of a waiver or a charge-off while they are taken off a loan's claims.
private struct Relief {
    var left: ClaimAmounts
    let route: WritableKeyPath<LenderPosition, Components>
    var effect: FactEffect
    var claims = WrittenOffClaims()
}
