// A clerk's vouchers beyond payments: claims given up, cash on those written off, loans undone.

extension Auditor {
    mutating func enter(_ event: AuditedEvent) {
        switch event.what {
        case .payment(let cents): receive(cents, event.id)
        case .refund(let cents): payBack(cents)
        case .waiver(let asked): _ = giveUp(asked, event.id, everything: false)
        case .writeOff(let asked, let everything):
            if everything { stop(event.day) }
            writeOff(asked, event.id, everything: everything)
        case .recovery(let cents): collect(cents, event.id)
        case .cost(let cents):
            day.openCosts += cents
            day.cash -= cents
        case .undone(let owesInterest, let fee):
            undo(event, owesInterest: owesInterest)
            day.cash += fee
        case .handedOver: break  // Of the evening.
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

    /// The open period is billed with what it has earned by last night, later ones with nothing.
    private mutating func stop(_ today: Int) {
        guard stoppedDay == nil else { return }
        stoppedDay = today
        let earned = isUndone ? 0 : interestEarned(throughNightOf: today - 1)
        for number in unpaid.indices where !unpaid[number].isDue {
            let before = loan.plan[..<number].reduce(0) { $0 + $1.interest }
            unpaid[number].billedInterest = min(
                unpaid[number].billedInterest, max(0, earned - before))
        }
    }

    private mutating func writeOff(
        _ asked: AuditedEvent.Asked, _ id: String, everything: Bool
    ) {
        let gone = giveUp(asked, id, everything: everything)
        lost.principal += gone.principal
        lost.interest += gone.interest
        lost.penalty += gone.penalty
        for (lender, part) in (day.relief[id] ?? []).enumerated() {
            day.memorandum[lender] += part.sum
        }
    }

    /// Strikes claims out, instalment by instalment, each component up to what was asked.
    private mutating func giveUp(
        _ asked: AuditedEvent.Asked, _ id: String, everything: Bool
    ) -> CentRanges {
        day.relief[id] = loan.lent.map { _ in AuditedClaims() }
        var left = asked
        var gone: CentRanges = ([], [], [])
        for number in unpaid.indices where everything || unpaid[number].isDue {
            let isOverdue = unpaid[number].isOverdue
            let penalty = min(
                left.penalty, penaltyEarned(number) - unpaid[number].settledPenalty)
            let penaltyCents = settledPenalty..<settledPenalty + penalty
            strike(owners.penalty.count(penaltyCents), id, \.penalty)
            unpaid[number].settledPenalty += penalty
            settledPenalty += penalty
            let interest = interestCents(number).prefix(left.interest)
            strike(
                owners.interest.count(interest), id, isOverdue ? \.overdueInterest : \.interest)
            unpaid[number].goneInterest += interest.count
            let principal = principalCents(number).prefix(left.principal)
            strike(
                owners.principal.count(principal), id,
                isOverdue ? \.overduePrincipal : \.principal)
            unpaid[number].principal -= principal.count
            left = AuditedEvent.Asked(
                principal: left.principal - principal.count,
                interest: left.interest - interest.count, penalty: left.penalty - penalty)
            gone.principal.append(principal)
            gone.interest.append(interest)
            gone.penalty.append(penaltyCents)
        }
        return gone
    }

    private mutating func strike(
        _ parts: [Int], _ id: String, _ bucket: WritableKeyPath<AuditedClaims, Int>
    ) {
        for lender in parts.indices {
            day.claims[lender][keyPath: bucket] -= parts[lender]
            day.relief[id]?[lender][keyPath: bucket] += parts[lender]
        }
    }

    /// First what collecting cost, then the owners of the cents lost, then the borrower.
    private mutating func collect(_ cents: Int, _ id: String) {
        day.relief[id] = loan.lent.map { _ in AuditedClaims() }
        day.cash += cents
        var left = cents
        let cost = min(left, day.openCosts)
        day.openCosts -= cost
        left -= cost
        restore(\.lost.principal, \.owners.principal, &left, id, \.principal)
        restore(\.lost.interest, \.owners.interest, &left, id, \.interest)
        restore(\.lost.penalty, \.owners.penalty, &left, id, \.penalty)
        sideCash += left
    }

    private mutating func restore(
        _ lost: WritableKeyPath<Auditor, [Range<Int>]>,
        _ owners: WritableKeyPath<Auditor, CentOwners>, _ left: inout Int, _ id: String,
        _ bucket: WritableKeyPath<AuditedClaims, Int>
    ) {
        var rest: [Range<Int>] = []
        for cents in self[keyPath: lost] {
            let found = cents.prefix(left)
            left -= found.count
            restored += found.count
            rest.append(found.upperBound..<cents.upperBound)
            for (lender, part) in self[keyPath: owners].count(found).enumerated() {
                day.relief[id]?[lender][keyPath: bucket] += part
                day.memorandum[lender] -= part
            }
        }
        self[keyPath: lost] = rest
    }

    /// Every voucher but cash is torn up: what came in waits, whatever it had met.
    private mutating func undo(_ event: AuditedEvent, owesInterest: Bool) {
        let interest = owesInterest ? interestEarned(throughNightOf: event.day - 1) : 0
        isUndone = true
        day.cash += loan.lent.reduce(0, +)
        for index in waiting.indices { waiting[index].cents = waiting[index].kept }
        sideCash += restored
        day.claims = loan.lent.map { _ in AuditedClaims() }
        day.received = day.received.mapValues { $0.map { _ in 0 } }
        day.relief = day.relief.mapValues { $0.map { _ in AuditedClaims() } }
        day.memorandum = loan.lent.map { _ in 0 }
        (unpaid, lost) = ([], ([], [], []))
        guard interest > 0 else { return }
        var present = CentOwners(weights: weights)
        day.received[event.id] = present.count(0..<interest)
        day.cash += interest
    }
}
