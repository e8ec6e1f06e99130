import LendingRules

// A clerk's vouchers beyond payments: claims given up, cash on those written off, loans undone.

extension Auditor {
    mutating func enter(_ event: LoanFact) throws {
        switch event.kind {
        case .repayment(let amount): try receive(Int(amount), event.id)
        case .refund(let amount): payBack(Int(amount))
        case .waiver(let asked, _): _ = giveUp(asked, event.id, everything: false)
        case .chargeOff(let asked, let isFull):
            if isFull, !isUndone { isStopped = true }
            writeOff(asked, event.id, everything: isFull)
        case .recovery(let amount): collect(Int(amount), event.id)
        case .collectionCost(let amount):
            day.openCosts += Int(amount)
            day.cash -= Int(amount)
        case .cancelled(.fee(let fee)):
            undo(event, owesInterest: false)
            day.cash += Int(fee)
        case .cancelled(let charge): undo(event, owesInterest: charge == .interest)
        case .payoutFailed, .payoutReturned: undo(event, owesInterest: false)
        case .rateChange, .dueDateChange, .extended, .restructured, .drawdown:
            try enterPlan(event)
        case .indemnified: day.relief[event.id] = noClaims
        case .disbursed, .reversal, .transferred, .ratioChange, .assigned, .instructed: break
        }
    }

    /// Out of what waits longest; what is not there is gone all the same.
    private mutating func payBack(_ cents: Int) {
        var left = cents
        for index in waiting.indices {
            let part = min(left, waiting[index].cents)
            waiting[index].cents -= part
            waiting[index].kept -= part
            left -= part
        }
        sideCash -= left
        day.cash -= cents
    }

    private mutating func writeOff(_ asked: ClaimAmounts, _ id: String, everything: Bool) {
        let gone = giveUp(asked, id, everything: everything)
        lost.principal += gone.principal
        lost.interest += gone.interest
        lost.penalty += gone.penalty
        lost.penaltyOnInterest += gone.penaltyOnInterest
        lost.fee += gone.fee
        for (lender, part) in (day.relief[id] ?? []).enumerated() {
            day.memorandum[lender] += part.sum
        }
    }

    /// Strikes claims out, the oldest instalment first, each component up to what was asked.
    private mutating func giveUp(_ asked: ClaimAmounts, _ id: String, everything: Bool)
        -> LostCents
    {
        var (gone, part) = (LostCents(), noClaims)
        var left = asked
        func strike(
            _ cents: [Cent], _ bucket: AuditedBucket, _ list: WritableKeyPath<LostCents, [Cent]>,
            _ component: WritableKeyPath<ClaimAmounts, Int64>
        ) {
            let isShared = list == \.principal || list == \.interest
            gone[keyPath: list] += isShared ? writtenOff(cents) : cents
            left[keyPath: component] -= Int64(cents.count)
            part.add(cents, bucket)
        }
        for index in due.indices {
            let isOverdue = due[index].isOverdue
            let first = min(Int(left.penalty), due[index].onPrincipal.open)
            strike(takePenalty(index, first), .penalty, \.penalty, \.penalty)
            let second = min(Int(left.penalty), due[index].onInterest.open)
            strike(
                takePenaltyOnInterest(index, second), .penaltyOnInterest, \.penaltyOnInterest,
                \.penalty)
            strike(due[index].fee.take(Int(left.fee)), .fee, \.fee, \.fee)
            strike(
                due[index].interest.take(Int(left.interest)),
                isOverdue ? .overdueInterest : .interest, \.interest, \.interest)
            strike(
                due[index].principal.take(Int(left.principal)),
                isOverdue ? .overduePrincipal : .principal, \.principal, \.principal)
        }
        if everything {
            strike(accrued.take(Int(left.interest)), .interest, \.interest, \.interest)
            let cents = undue.take(Int(left.principal))
            strike(cents, .principal, \.principal, \.principal)
            if own != nil {
                gone.principal.removeLast(cents.count)
                gone.principal += mixedByInstalment(cents)
            }
            givenUp += cents.count
        }
        day.relief[id] = part
        return gone
    }

    /// First what collecting cost, then the owners of the cents lost, then the borrower.
    private mutating func collect(_ cents: Int, _ id: String) {
        day.relief[id] = noClaims
        day.cash += cents
        var left = cents
        let cost = min(left, day.openCosts)
        day.openCosts -= cost
        left -= cost
        restore(\.principal, &left, id, .principal)
        restore(\.interest, &left, id, .interest)
        restore(\.penalty, &left, id, .penalty)
        restore(\.penaltyOnInterest, &left, id, .penaltyOnInterest)
        restore(\.fee, &left, id, .fee)
        sideCash += left
    }

    private mutating func restore(
        _ list: WritableKeyPath<LostCents, [Cent]>, _ left: inout Int, _ id: String,
        _ bucket: AuditedBucket
    ) {
        let found = Array(lost[keyPath: list].prefix(left))
        lost[keyPath: list].removeFirst(found.count)
        left -= found.count
        restored += found.count
        day.relief[id]?.add(found, bucket)
        for cent in found { day.memorandum[cent.owner] -= 1 }
    }

    /// Every voucher but cash is torn up: what came in waits, whatever it had met.
    private mutating func undo(_ event: LoanFact, owesInterest: Bool) {
        let interest = owesInterest ? interestSoFar() : 0
        isUndone = true
        day.cash += lent.reduce(0, +)
        for index in waiting.indices { waiting[index].cents = waiting[index].kept }
        sideCash += restored
        day.received = day.received.mapValues { _ in noClaims }
        day.relief = day.relief.mapValues { _ in noClaims }
        day.memorandum = lent.map { _ in 0 }
        day.spread = day.memorandum
        (due, lost) = ([], LostCents())
        (undue, accrued) = (CentQueue(), CentQueue())
        (penalty, penaltyOnInterest) = (CentQueue(), CentQueue())
        fees = FeeBase(lenders: lenders, fees: contract.serviceFees.count)
        lent = day.memorandum
        observation = Observation()
        guard interest > 0 else { return }
        var present = streams.interest
        present.rewind()
        var parts = noClaims
        parts.add(present.draw(interest), .interest)
        day.received[event.id] = parts
        day.cash += interest
    }
}
