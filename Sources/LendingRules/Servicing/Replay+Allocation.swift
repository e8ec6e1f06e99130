import BusinessCalendar
import Monetary

// Payments: what is past due, then what is due, then in advance, each in the agreed order.

extension Replay {
    mutating func allocate(payment: Int, on date: BusinessDate) throws(AmountError) {
        let cash = payments[payment].unallocated
        guard cash > 0 else { return }
        try skipSettled(on: date)
        let past = instalments[firstUnpaid..<dueCount].prefix {
            $0.instalment.dueOn < date
        }.endIndex
        let terms = contract.servicing.allocation
        var slip = PaymentSlip(payment: payment, date: date, cash: cash)
        try pay(firstUnpaid..<past, pastDueOrder(on: date), terms.order, &slip)
        try pay(past..<dueCount, terms.due, terms.order, &slip)
        try skipSettled(on: date)
        if slip.cash > 0, firstUnpaid == dueCount { try payInAdvance(on: date) }
    }

    /// Passes over instalments that nothing is owed of any more.
    private mutating func skipSettled(on date: BusinessDate) throws(AmountError) {
        while firstUnpaid < dueCount, instalments[firstUnpaid].unpaid == 0,
            try penaltiesDue(firstUnpaid, on: date) == Penalties()
        { firstUnpaid += 1 }
    }

    private func pastDueOrder(on date: BusinessDate) -> [ClaimComponent] {
        let terms = contract.servicing.allocation
        guard let serious = terms.seriouslyPastDue,
            delinquency(endOf: date).days > serious.afterDays
        else { return terms.pastDue }
        return serious.components
    }

    private mutating func pay(
        _ reach: Range<Int>, _ components: [ClaimComponent], _ order: AllocationTerms.Order,
        _ slip: inout PaymentSlip
    ) throws(AmountError) {
        switch order {
        case .byInstalment:
            for index in reach where slip.cash > 0 {
                for component in components { try pay(component, index, &slip) }
            }
        case .byComponent:
            for component in components where slip.cash > 0 {
                for index in reach { try pay(component, index, &slip) }
            }
        }
    }

    private mutating func pay(
        _ component: ClaimComponent, _ index: Int, _ slip: inout PaymentSlip
    ) throws(AmountError) {
        if slip.cash == 0 { return }
        switch component {
        case .penalty: try payPenalties(index, &slip)
        case .fee: try payFee(index, &slip)
        case .interest: try payInterest(index, instalments[index].unpaidInterest, &slip)
        case .principal: try payPrincipal(index, &slip)
        }
    }
}

/// A payment while it is used up.
struct PaymentSlip {
    /// Its place among the payments.
    let payment: Int
    let date: BusinessDate
    /// What is left of it, minor units.
    var cash: Int64

    /// Takes no more than is there.
    mutating func take(_ amount: Int64) -> Int64 {
        let taken = max(0, min(cash, amount))
        cash -= taken
        return taken
    }
}

extension Replay {
    private mutating func payPenalties(_ index: Int, _ slip: inout PaymentSlip)
        throws(AmountError)
    {
        let due = try penaltiesDue(index, on: slip.date)
        let onPrincipal = slip.take(due.onPrincipal)
        let paid = Penalties(onPrincipal: onPrincipal, onInterest: slip.take(due.onInterest))
        let (parts, start) = (try penaltyParts(index, paid), penaltyStart(index))
        if paid.onPrincipal > 0 {
            credit(parts.map(\.onPrincipal), .penalty, index, at: start.onPrincipal, slip)
        }
        if paid.onInterest > 0 {
            credit(parts.map(\.onInterest), .penaltyOnInterest, index, at: start.onInterest, slip)
        }
        settle(penalties: paid, of: index)
    }

    private mutating func payFee(_ index: Int, _ slip: inout PaymentSlip) throws(AmountError) {
        let amount = slip.take(instalments[index].unpaidFee)
        if amount == 0 { return }
        let start = instalments[index].base.fee + instalments[index].settled.fee
        let parts = try scale.fee.parts(from: start, to: start + amount)
        credit(parts, .fee, index, at: start, slip)
        instalments[index].settled.fee += amount
    }

    /// Pays up to so much of an instalment's interest.
    mutating func payInterest(_ index: Int, _ limit: Int64, _ slip: inout PaymentSlip)
        throws(AmountError)
    {
        let amount = slip.take(limit)
        if amount == 0 { return }
        let parts = try interestParts(index, amount)
        credit(
            parts, isOverdue(index) ? .overdueInterest : .interest, index,
            at: own == nil ? interestStart(index) : nil, slip)
        try settle(interest: amount, of: index, on: slip.date)
        chargeServiceFees(.interestCollected, slip, index)
    }

    private mutating func payPrincipal(_ index: Int, _ slip: inout PaymentSlip)
        throws(AmountError)
    {
        let amount = slip.take(instalments[index].unpaidPrincipal)
        if amount == 0 { return }
        let parts = try principalParts(index, amount)
        credit(
            parts, isOverdue(index) ? .overduePrincipal : .principal, index,
            at: own == nil ? principalStart(index) : nil, slip)
        try settle(principal: amount, of: index, on: slip.date)
        chargeServiceFees(.principalCollected, slip, index)
    }

    /// Takes interest off an instalment, by whatever route; what a reversal revives after a full
    /// charge-off owes no penalty beyond it.
    mutating func settle(interest amount: Int64, of index: Int, on date: BusinessDate)
        throws(AmountError)
    {
        if contract.penalty.onInterestThousandths > 0 {
            try instalments[index].penaltyOnInterest.pay(
                amount, on: stopped(date), contract.penalty, rates)
        }
        instalments[index].settled.interest += amount
    }

    /// The same for principal.
    mutating func settle(principal amount: Int64, of index: Int, on date: BusinessDate)
        throws(AmountError)
    {
        try instalments[index].penalty.pay(amount, on: stopped(date), contract.penalty, rates)
        instalments[index].settled.principal += amount
    }

    /// Whether what is unpaid of an instalment has moved to overdue, as it does at the end of its
    /// due date.
    func isOverdue(_ index: Int) -> Bool { index < movedCount }

    /// Writes a step of a payment down for everybody: what it paid, and who got what of it.
    mutating func credit(
        _ parts: [Int64], _ claim: PaymentStep.Claim, _ index: Int, at start: Int64?,
        _ slip: PaymentSlip
    ) {
        let number = instalments[index].instalment.number
        for lender in parts.indices {
            lenders[lender].paid.add(parts[lender], to: claim)
            payments[slip.payment].credit(lender, instalment: number) {
                $0.components.add(parts[lender], to: claim)
            }
        }
        payments[slip.payment].steps.append(
            PaymentStep(
                instalment: number, claim: claim, parts: parts, scaleStart: start, epoch: epoch))
    }
}
