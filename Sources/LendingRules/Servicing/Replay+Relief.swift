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
        writtenOff += try take(amounts, of: 0..<reach, as: \.chargedOff, &effect)
        effects.append(effect)
    }

    /// Bills what has accrued of the open period; no later interest will ever be.
    private mutating func stop(on date: BusinessDate) throws(AmountError) {
        guard stoppedOn == nil else { return }
        stoppedOn = date
        let accrued = try accruedInterest(before: date)
        for index in dueCount..<instalments.count {
            let open = accrued - contract.schedule.cumulativeInterest[index]
            instalments[index].interest = max(0, min(instalments[index].interest, open))
        }
    }

    /// Takes amounts off the front of what is left of each instalment and says which intervals of
    /// the scales they were; what is not there is the effect's shortfall.
    private mutating func take(
        _ amounts: ClaimAmounts, of reach: Range<Int>,
        as route: WritableKeyPath<LenderPosition, Components>, _ effect: inout FactEffect
    ) throws(AmountError) -> WrittenOffClaims {
        var left = amounts
        var intervals = WrittenOffClaims()
        let date = effect.valueDate
        for index in reach {
            let isOverdue = isOverdue(index, on: date)
            if index < dueCount {
                let penalty = min(left.penalty, try penaltyDue(index, on: date))
                try move(penalty, from: penaltyStart, \.penalty, route, &effect)
                intervals.penalty.add(penalty, from: penaltyStart, in: epoch)
                instalments[index].settledPenalty += penalty
                settledPenalty += penalty
                left.penalty -= penalty
            }
            let interest = min(left.interest, instalments[index].unpaidInterest)
            try move(
                interest, from: interestStart(index), isOverdue ? \.overdueInterest : \.interest,
                route, &effect)
            intervals.interest.add(interest, from: interestStart(index), in: epoch)
            instalments[index].settledInterest += interest
            left.interest -= interest
            let principal = min(left.principal, instalments[index].unpaidPrincipal)
            try move(
                principal, from: principalStart(index),
                isOverdue ? \.overduePrincipal : \.principal, route, &effect)
            intervals.principal.add(principal, from: principalStart(index), in: epoch)
            instalments[index].penalty.pay(principal: principal, on: stopped(date))
            instalments[index].settledPrincipal += principal
            instalments[index].relieve(interest + principal, by: effect.kind)
            left.principal -= principal
        }
        effect.shortfall = left.clampedTotal
        return intervals
    }

    private mutating func move(
        _ amount: Int64, from start: Int64, _ bucket: WritableKeyPath<Components, Int64>,
        _ route: WritableKeyPath<LenderPosition, Components>, _ effect: inout FactEffect
    ) throws(AmountError) {
        guard amount > 0 else { return }
        for (lender, part) in try parts(of: amount, onward: start).enumerated() {
            lenders[lender][keyPath: route][keyPath: bucket] += part
            effect.parts[lender][keyPath: bucket] += part
        }
    }
}

extension [ScaleInterval] {
    fileprivate mutating func add(_ amount: Int64, from start: Int64, in epoch: Int) {
        if amount > 0 { append(ScaleInterval(range: start..<start + amount, epoch: epoch)) }
    }
}
