import BusinessCalendar
import LendingRules

// A clerk's vouchers that agree on something else for what has not fallen due.

extension Auditor {
    mutating func change(_ change: ScheduleChange) throws {
        schedule = try schedule.changed(change)
        fallDue()
        layOutOwnParts()
        // Another plan may count other cents for the nights that have passed; a loan repaid on its
        // first day may owe one that is still to come.
        if today > contract.disbursedOn { accrue(until: today) }
    }

    mutating func enterPlan(_ event: LoanFact) throws {
        if isUndone || isStopped || undue.count == 0 { return }
        switch event.kind {
        case .rateChange(let new):
            rate = Int(new.units)
            planTerms.rate = new
            try change(.rate(new, on: today))
        case .dueDateChange(let next): try change(.dueDates(next: next, on: today))
        case .extended(let count): try change(.extended(by: count, on: today))
        case .restructured(let plan): try restructure(plan)
        case .drawdown(let shares): try drawDown(shares)
        default: break
        }
        try spendAll()
    }

    /// Those who lend more hold more of what has not fallen due; what was earned stays whose it is.
    private mutating func drawDown(_ shares: [PlannedShare]) throws {
        var held = undue.all.counts(lenders)
        for (index, party) in contract.lenders.enumerated() {
            let more = shares.filter { $0.party == party }.reduce(0) { $0 + Int($1.amount) }
            held[index] += more
            lent[index] += more
            day.cash -= more
            flatPrincipal += more
        }
        hold(held)
        try change(.tranche(shares.reduce(0) { $0 + $1.amount }, on: today))
    }

    /// All principal not due belongs to its holders cent by cent anew, and later interest too.
    private mutating func hold(_ held: [Int]) {
        var principal = CentStream(book, held)
        undue = CentQueue(principal.draw(held.reduce(0, +)))
        weights = held
        streams.interest.turn(IncomeWeights(contract, held).interest)
    }

    private mutating func restructure(_ plan: Restructure) throws {
        var heap = undue.takeAll()
        for index in due.indices { heap += due[index].principal.takeAll() }
        var held = heap.counts(lenders)
        var capitalised = 0
        if plan.capitalises {
            // What grace defers to a period that begins today no instalment bills: it stays.
            let opensToday = schedule.instalments[due.count].startsOn == today
            let deferred = opensToday ? accrued.takeAll() : []
            capitalised = accrued.count
            for (index, claims) in claims().enumerated() { held[index] += claims.sum }
            capitaliseAll()
            accrued.add(deferred)
        }
        let new = plan.rate ?? planTerms.rate
        rate = Int(new.units)
        hold(held)
        flatPrincipal = held.reduce(0, +)
        if planTerms.method == .principalGrace { planTerms.method = .equalInstalment }
        (planTerms.rate, planTerms.principalGrace, planTerms.interestGrace) = (new, 0, 0)
        try change(
            .restructured(
                Restructuring(
                    principal: Int64(held.reduce(0, +)),
                    rate: new, method: planTerms.method,
                    instalments: plan.instalments, every: planTerms.every,
                    firstDueOn: plan.firstDueOn, capitalisedInterest: Int64(capitalised)),
                on: today))
    }

    private mutating func capitaliseAll() {
        _ = accrued.takeAll()
        _ = penalty.takeAll()
        _ = penaltyOnInterest.takeAll()
        for index in due.indices {
            _ = due[index].interest.takeAll()
            _ = due[index].fee.takeAll()
            _ = due[index].ownPenalties?.onPrincipal.takeAll()
            _ = due[index].ownPenalties?.onInterest.takeAll()
            due[index].onPrincipal.settled = due[index].onPrincipal.earned
            due[index].onInterest.settled = due[index].onInterest.earned
        }
    }
}
