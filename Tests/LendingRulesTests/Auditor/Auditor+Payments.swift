import BusinessCalendar
import LendingRules
import Monetary

// A clerk's vouchers of cash on claims: past due, due today, in advance.

extension Auditor {
    mutating func receive(_ cents: Int, _ payment: String) throws {
        day.received[payment] = noClaims
        day.cash += cents
        waiting.append(Waiting(payment: payment, kept: cents, cents: cents))
        try spend(waiting.count - 1)
    }

    var noClaims: [AuditedClaims] {
        [AuditedClaims](repeating: AuditedClaims(), count: lenders)
    }

    /// Lays all cash that waits on what may be paid, the oldest first.
    mutating func spendAll() throws {
        for index in waiting.indices where waiting[index].cents > 0 { try spend(index) }
    }

    /// Lays what waits of a payment on whatever may be paid.
    mutating func spend(_ index: Int) throws {
        if isUndone { return }
        var cash = waiting[index].cents
        let payment = waiting[index].payment
        let terms = servicing.allocation
        var pastDueOrder = terms.pastDue
        if let serious = terms.seriouslyPastDue, daysPastDue > serious.afterDays {
            pastDueOrder = serious.components
        }
        let late = due.indices.filter { due[$0].dueOn < today }
        let fresh = due.indices.filter { due[$0].dueOn >= today }
        pay(late, pastDueOrder, payment, &cash)
        pay(fresh, terms.due, payment, &cash)
        waiting[index].cents = cash
        if cash > 0 { try payAhead() }
    }

    private mutating func pay(
        _ numbers: [Int], _ order: [ClaimComponent], _ payment: String, _ cash: inout Int
    ) {
        if servicing.allocation.order == .byInstalment {
            for number in numbers {
                for component in order { pay(component, number, payment, &cash) }
            }
        } else {
            for component in order {
                for number in numbers { pay(component, number, payment, &cash) }
            }
        }
    }

    private mutating func pay(
        _ component: ClaimComponent, _ number: Int, _ payment: String, _ cash: inout Int
    ) {
        let isOverdue = due[number].isOverdue
        switch component {
        case .penalty:
            let first = min(cash, due[number].onPrincipal.open)
            give(takePenalty(number, first), .penalty, payment, &cash)
            let second = min(cash, due[number].onInterest.open)
            give(takePenaltyOnInterest(number, second), .penaltyOnInterest, payment, &cash)
        case .fee: give(due[number].fee.take(cash), .fee, payment, &cash)
        case .interest:
            let cents = due[number].interest.take(cash)
            give(cents, isOverdue ? .overdueInterest : .interest, payment, &cash)
        case .principal:
            let cents = due[number].principal.take(cash)
            give(cents, isOverdue ? .overduePrincipal : .principal, payment, &cash)
        }
    }

    private mutating func give(
        _ cents: [Cent], _ bucket: AuditedBucket, _ payment: String, _ cash: inout Int
    ) {
        cash -= cents.count
        day.received[payment]?.add(cents, bucket)
        for cent in cents {
            switch bucket {
            case .interest, .overdueInterest: fees.interest[cent.owner] += 1
            case .principal, .overduePrincipal: fees.principal[cent.owner] += 1
            default: break
            }
        }
    }
}

// MARK: - In advance

extension Auditor {
    private var repaysEarly: Bool {
        if isStopped || due.count >= schedule.instalments.count { return false }
        return schedule.terms.method == .daily
            || servicing.earlyRepayment.effect != .nextInstalment
    }

    /// Cash beyond all that has fallen due: accrued interest and principal with its fee.
    private mutating func payAhead() throws {
        guard repaysEarly else { return }
        var from = today
        let morrow = today.adding(days: 1)
        if today == contract.disbursedOn, servicing.minimumDays == 1,
            morrow < schedule.instalments[due.count].dueOn
        {
            from = morrow
            accrue(until: from)
        }
        var cash = waiting.reduce(0) { $0 + $1.cents }
        guard cash > 0 else { return }
        var (interest, principal, fee) = (0, 0, 0)
        for component in servicing.allocation.inAdvance {
            switch component {
            case .interest:
                interest = min(cash, accrued.count)
                cash -= interest
            case .principal:
                (principal, fee) = affordable(cash)
                cash -= principal + fee
            case .penalty, .fee: break
            }
        }
        hand(interest, fee, principal)
        interestAhead += interest
        // In grace interest paid early must be billed, or a later instalment would bill it again.
        let open = schedule.instalments[due.count]
        let isBeyond = interestAhead > Int(open.interest - open.paidEarly)
        guard principal > 0 || isBeyond else { return }
        try shrink(by: principal, on: from)
    }

    /// Lays the plan out for so much principal less; interest that was paid alone is told then.
    private mutating func shrink(by principal: Int, on date: BusinessDate) throws {
        var effect = servicing.earlyRepayment.effect
        if effect == .nextInstalment || schedule.terms.method.repaysAtEnd {
            effect = .lowerInstalment
        }
        let interest = Int64(interestAhead)
        interestAhead = 0
        try change(
            .repayment(interest: interest, principal: Int64(principal), on: date, effect))
    }

    /// Takes what is paid in advance out of all cash that waits, the oldest first.
    private mutating func hand(_ interest: Int, _ fee: Int, _ principal: Int) {
        var (interest, fee, principal) = (interest, fee, principal)
        for index in waiting.indices {
            let payment = waiting[index].payment
            var cash = waiting[index].cents
            let first = accrued.take(min(cash, interest))
            interest -= first.count
            give(first, .interest, payment, &cash)
            let second = streams.fee.draw(min(cash, fee))
            fee -= second.count
            give(second, .fee, payment, &cash)
            let third = takeAhead(min(cash, principal))
            principal -= third.count
            repaidEarly += third.count
            give(third, .principal, payment, &cash)
            waiting[index].cents = cash
        }
    }

    /// The most principal that some cash repays with its fee.
    private func affordable(_ cash: Int) -> (principal: Int, fee: Int) {
        var principal = min(cash, undue.count)
        while principal > 0, principal + earlyFee(principal) > cash { principal -= 1 }
        return (principal, earlyFee(principal))
    }

    private func earlyFee(_ principal: Int) -> Int {
        guard let share = servicing.earlyRepayment.fee else { return 0 }
        func fee(_ principal: Int) -> Int {
            ExactFraction(
                Int128(principal) * Int128(share.numerator), Int128(share.denominator)
            ).rounded("half-up")
        }
        return fee(repaidEarly + principal) - fee(repaidEarly)
    }
}
