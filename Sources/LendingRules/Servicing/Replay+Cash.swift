import BusinessCalendar
import Monetary

// Cash that settles no claim in the books: refunds, recoveries, and what a loan undone leaves.

extension Replay {
    /// Cash of the borrower's that nobody has a claim on yet; below zero when too much went back.
    private var unallocated: Int64 {
        payments.reduce(0) { $0 + $1.received - $1.allocated } + cash.surplus - cash.refunded
    }

    /// Pays waiting cash back, the oldest first; what was not there is gone all the same.
    mutating func refund(_ amount: Int64, _ fact: LoanFact) {
        var effect = FactEffect(fact, .refund, lenders: lenders.count)
        effect.shortfall = max(0, amount - max(0, unallocated))
        var left = amount
        for index in payments.indices {
            let part = min(left, payments[index].unallocated)
            payments[index].refunded += part
            left -= part
        }
        cash.refunded += amount
        effects.append(effect)
    }

    /// Covers what collecting cost, then the claims written off, principal first, oldest first.
    mutating func recover(_ amount: Int64, _ fact: LoanFact) throws(AmountError) {
        var effect = FactEffect(fact, .recovery, lenders: lenders.count)
        let cost = min(amount, cash.costs - cash.costsCovered)
        var left = amount - cost
        var claims = writtenOff
        try collect(&claims.principal, \.principal, \.principal, &left, &effect)
        try collect(&claims.interest, \.interest, \.interest, &left, &effect)
        try collect(&claims.penalty, \.penalty, \.penalty, &left, &effect)
        try collect(
            &claims.penaltyOnInterest, \.penaltyOnInterest, \.penaltyOnInterest, &left, &effect)
        try collect(&claims.fee, \.fee, \.fee, &left, &effect)
        writtenOff = claims
        for lender in lenders.indices { acquired[lender].recover(effect.parts[lender].total) }
        cash.recovered += amount
        try coverCosts(cost, &effect)
        cash.surplus += left
        effect.shortfall = left
        effects.append(effect)
    }

    private mutating func collect(
        _ claims: inout [WrittenOffClaim], _ scale: KeyPath<HoldingEpoch, ComponentScale>,
        _ column: WritableKeyPath<Components, Int64>, _ left: inout Int64,
        _ effect: inout FactEffect
    ) throws(AmountError) {
        while left > 0, let next = claims.first {
            let (start, end) = (next.range.lowerBound, next.range.upperBound)
            let amount = min(left, end - start)
            // Who held a claim when it was written off owns what comes in on it.
            let parts = try (next.own ?? epochs[next.epoch][keyPath: scale]).parts(
                from: start, to: start + amount)
            for (lender, part) in parts.enumerated() {
                lenders[lender].recovered[keyPath: column] += part
                effect.parts[lender][keyPath: column] += part
            }
            left -= amount
            if start + amount == end {
                claims.removeFirst()
            } else {
                claims[0].range = start + amount..<end
            }
        }
    }

    /// One party pays another; a loan undone has no loss.
    mutating func indemnify(_ indemnity: Indemnity, _ fact: LoanFact) {
        var effect = FactEffect(fact, .indemnity(indemnity), lenders: lenders.count)
        if undoneOn == nil, let payer = contract.lenders.firstIndex(of: indemnity.payer),
            let payee = contract.lenders.firstIndex(of: indemnity.payee)
        {
            effect.cash[payer] = -indemnity.amount
            effect.cash[payee] = indemnity.amount
        }
        effects.append(effect)
    }

    /// Shares go back at par: as if nothing had been lent, but for the charge.
    mutating func undo(_ charge: CancellationCharge, _ fact: LoanFact) throws(AmountError) {
        let interest = charge == .interest ? try accruedInterest(before: fact.valueDate) : 0
        undoneOn = fact.valueDate
        (instalments, dueCount, movedCount, firstUnpaid) = ([], 0, 0, 0)
        laid = ScaleAmounts()
        repaidEarly = 0
        writtenOff = WrittenOffClaims()
        // What was collected on claims that never were is the borrower's.
        cash.surplus += lenders.reduce(0) { $0 + $1.recovered.total }
        lenders = Replay.strangers(of: contract)
        acquired = lenders.map { _ in AcquiredClaims() }
        for index in payments.indices { payments[index].clear() }
        for index in effects.indices {
            effects[index].parts = lenders.map { _ in Components() }
            effects[index].cash = lenders.map { _ in 0 }
        }
        if case .fee(let amount) = charge { cash.cancellationFees += amount }
        guard interest > 0 else { return }
        let parts = try scale.interest.parts(from: 0, to: interest)
        openAccruals = lenders.map { _ in OpenAccrual() }
        for lender in lenders.indices {
            lenders[lender].accruedInterest = parts[lender]
            lenders[lender].paid.interest = parts[lender]
        }
        let paid = parts.map { PaymentPart(components: Components(interest: $0)) }
        var payment = PaymentPosition(
            payment: fact.id, valueDate: fact.valueDate, received: interest, parts: paid)
        payment.instalments = [PaymentInstalment(number: 1, parts: paid)]
        payments.append(payment)
    }
}

extension PaymentPosition {
    /// Takes back whatever it was used for.
    fileprivate mutating func clear() {
        for lender in parts.indices { parts[lender] = PaymentPart() }
        instalments = []
        steps = []
    }
}
