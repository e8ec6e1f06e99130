import BusinessCalendar
import Monetary

extension Schedule {
    /// The schedule after a change; changes come in the order of their dates.
    ///
    /// Instalments due on or before the change's date stay as they are; a change that changes
    /// nothing gives the schedule back. Level instalments are recomputed from the period that
    /// contains the change: with V, what is owed on its due date (principal and the exact interest
    /// of the period less what was paid early), they are V·Π(1+rᵢ)/fₙ over the later periods.
    /// Equal principal is what is left ÷ paying periods left after a tranche, a repayment that
    /// lowers it or an extension.
    /// - Throws: ``ScheduleError`` when the change is impossible.
    package func changed(_ change: ScheduleChange) throws(ScheduleError) -> Schedule {
        var tail = try ScheduleTail(self, on: change.on)
        switch change {
        case .rate(let rate, _):
            guard rate != tail.plan.terms.rate else { return self }
            try tail.setRate(rate)
        case .tranche(let amount, _): try tail.draw(amount)
        case .repayment(let interest, let principal, _, let effect):
            try tail.check(interest: interest, principal: principal)
            guard effect != .nextInstalment, interest > 0 || principal > 0 else { return self }
            try tail.repay(interest: interest, principal: principal, effect)
        case .dueDates(let next, _):
            guard next != tail.periods[0].dueOn else { return self }
            try tail.moveDueDates(to: next)
        case .extended(let count, _): try tail.extend(by: count)
        case .restructured(let restructuring, _): try tail.restructure(restructuring)
        }
        let changed = try tail.schedule()
        if change.isAgreed { try changed.refuseUnpayable(from: tail.open.index) }
        return changed
    }

    /// What nobody would agree on: instalments that do not even pay their interest.
    ///
    /// - Throws: ``ScheduleError/instalmentBelowInterest(number:instalment:interest:)``.
    private func refuseUnpayable(from index: Int) throws(ScheduleError) {
        guard let plan, plan.terms.method.hasLevelTotal else { return }
        for (place, instalment) in instalments.enumerated().dropFirst(index).dropLast()
        where instalment.principal == 0 && instalment.interest >= max(1, plan.level)
            && instalment.openingBalance + instalment.movement > 0
            && !plan.hasPrincipalGrace(place)
        {
            throw .instalmentBelowInterest(
                number: instalment.number, instalment: plan.level, interest: instalment.interest)
        }
    }
}

extension ScheduleChange {
    /// Whether it is agreed on for its own sake, and does not follow from cash or from the rate.
    fileprivate var isAgreed: Bool {
        switch self {
        case .dueDates, .extended, .restructured: true
        case .rate, .tranche, .repayment: false
        }
    }
}

/// What is left of a schedule from the period that is open on a date, being changed.
struct ScheduleTail {
    let whole: Schedule
    let date: BusinessDate
    var plan: SchedulePlan
    var open: OpenPeriod
    var periods: [InterestPeriod]
    /// Instalments before the open one, unchanged.
    var kept: [Instalment]
    var brokenPeriods: [Int: [PeriodSegment]]
    /// Whether instalments after the one that repays everything disappear.
    var endsEarly = false

    /// - Throws: ``ScheduleError`` when nothing is open on the date, or a later change was made.
    init(_ schedule: Schedule, on date: BusinessDate) throws(ScheduleError) {
        let start = schedule.terms.disbursedOn
        guard date >= start else { throw .changeBeforeDisbursement(date, disbursedOn: start) }
        let index = schedule.dueCount(on: date)
        guard index < schedule.instalments.count, schedule.instalments[index].isOpen else {
            throw .changeAfterEnd(date)
        }
        let instalment = schedule.instalments[index]
        if let known = schedule.plan { plan = known } else { plan = try schedule.firstPlan() }
        if let last = plan.changedOn, date < last {
            throw .changeOutOfOrder(date, after: last)
        }
        whole = schedule
        self.date = date
        open = OpenPeriod(
            index: index, openingBalance: instalment.openingBalance,
            movement: instalment.movement, paidEarly: instalment.paidEarly,
            carried: instalment.carried, billedEarly: instalment.billedEarly,
            segments: schedule.brokenPeriods[index] ?? [])
        periods = schedule.instalments[index...].map(InterestPeriod.init)
        kept = Array(schedule.instalments[..<index])
        brokenPeriods = schedule.brokenPeriods.filter { $0.key < index }
    }

    /// The whole schedule with what is left laid out anew.
    ///
    /// - Throws: ``ScheduleError``.
    func schedule() throws(ScheduleError) -> Schedule {
        var (plan, broken) = (plan, brokenPeriods)
        plan.changedOn = date
        let paid = kept.reduce(0) { $0 + $1.principal + $1.interest + $1.fee }
        var draft = try InstalmentDraft(
            plan, open, periods, after: paid, endsEarly: endsEarly, flatInterest: flatInterest())
        try draft.layOut()
        if !open.segments.isEmpty { broken[open.index] = open.segments }
        return Schedule(
            terms: whole.terms, instalments: kept + draft.instalments,
            upfrontFee: whole.upfrontFee, brokenPeriods: broken, plan: plan)
    }
}

extension Schedule {
    /// The plan by which a schedule was laid out that has never changed.
    fileprivate func firstPlan() throws(ScheduleError) -> SchedulePlan {
        var plan = try SchedulePlan(terms)
        try plan.relevel(
            OpenPeriod(openingBalance: terms.principal), instalments.map(InterestPeriod.init))
        return plan
    }
}

extension Instalment {
    /// Whether principal is outstanding before it is paid.
    fileprivate var isOpen: Bool { openingBalance + movement > 0 }
}

extension InterestPeriod {
    init(_ instalment: Instalment) {
        startsOn = instalment.startsOn
        dueOn = instalment.dueOn
        fraction = instalment.fraction
    }
}
