// What takes the place of a schedule once something has changed, on the bank's own amounts.

/// Instalments from a place on.
struct ChangedPlan: Sendable {
    let from: Int
    let rows: [Instalment]
    /// The level part, and the rate, that hold now.
    let level: Int64
    let rate: Exact

    func row(_ index: Int) -> Instalment? {
        index >= from && index - from < rows.count ? rows[index - from] : nil
    }
}

extension ShareOfLoan {
    /// Principal that falls due from a place on.
    func principal(from index: Int) -> Int64 {
        instalments[min(index, instalments.count)...].reduce(0) { $0 + $1.principal }
    }

    /// The place of the first instalment due after a day; nil when there is none.
    func open(on day: Day) -> Int? { instalments.firstIndex { $0.dueOn > day } }

    /// The rate that holds now.
    var rate: Exact { rates[rates.count - 1].rate }

    /// The rates of the days from one on to another, added up, in hundred-millionths.
    func rateDays(from start: Day, to end: Day) -> Int128 {
        var sum: Int128 = 0
        for (place, step) in rates.enumerated() {
            let low = place == 0 ? start : max(start, step.from)
            let high = place + 1 < rates.count ? min(end, rates[place + 1].from) : end
            if low < high {
                sum += step.rate.hundredMillionths * Int128(high.days(since: low))
            }
        }
        return sum
    }

    /// Principal comes before it falls due: with interest of the open period, paid so far.
    mutating func repay(
        _ principal: Int64, interest: Int64, at index: Int, on day: Day,
        _ effect: EarlyRepayment.Effect
    ) {
        var draft = draft(from: index)
        draft.balance -= principal
        draft.early = interest
        repaid.append((day, principal))
        if let statement = terms.statement {
            let closing = statement.closing(before: draft.periods[0].dueOn)
            draft.paidSinceClosing = repaid.reduce(0) { $0 + ($1.on > closing ? $1.amount : 0) }
        }
        draft.turn(to: draft.rate, on: day)
        let isShorter = effect == .shortenTerm && !ownTerms.method.repaysAtEnd
        draft.endsEarly = isShorter || draft.balance == 0
        if !draft.endsEarly { try? draft.relevel() }
        var rows = draft.rows()
        if draft.balance == 0, principal > 0 { rows = [rows[0].repaid(interest)] }
        replace(index, rows, draft)
    }

    /// So much of the principal of each instalment from a place on goes to another holder, below
    /// zero comes from one, and from a day on the rest bears interest; `early` of the open period's
    /// interest is not the bank's any more.
    mutating func move(_ parts: [Int64], interest early: Int64, at index: Int, on day: Day) {
        var draft = draft(from: index)
        let principals = zip(instalments[index...], parts).map { $0.principal - $1 }
        draft.balance = principals.reduce(0, +)
        draft.early = early
        draft.principals = principals
        draft.turn(to: draft.rate, on: day)
        replace(index, draft.rows(), draft)
    }

    /// Goes by dates and principal as told; interest is the bank's own, at another rate from a day
    /// on where one is given.
    mutating func follow(
        _ told: ArraySlice<ToldInstalment>, at index: Int, early: Int64, cutOn day: Day,
        _ change: (rate: Exact, from: Day)? = nil
    ) {
        let known = draft(from: index)
        var start = known.periods[0].startsOn
        var periods: [LoanPeriod] = []
        for row in told {
            let before = index + periods.count < instalments.count ? known.periods : []
            let old = periods.count < before.count ? before[periods.count] : nil
            periods.append(period(row, from: start, old, isCut: row.dueOn <= day))
            start = row.dueOn
        }
        var draft = PlanDraft(
            ownTerms, periods, balance: told.reduce(0) { $0 + $1.principal })
        draft.take(known)
        draft.early = early
        draft.principals = told.map(\.principal)
        if let change {
            draft.turn(to: change.rate, on: change.from)
            rates.append((change.from, change.rate))
        }
        replace(index, draft.rows(), draft)
    }

    private func period(
        _ row: ToldInstalment, from start: Day, _ old: LoanPeriod?, isCut: Bool
    ) -> LoanPeriod {
        if let old, old.startsOn == start, old.dueOn == row.dueOn { return old }
        if isCut, row.principal == 0, let old, old.startsOn == start, old.dayCount.isEven {
            // A period that ends before its time accrues as it did.
            return LoanPeriod(
                startsOn: start, dueOn: row.dueOn,
                numerator: old.numerator * Int64(row.dueOn.days(since: start)),
                denominator: old.denominator * Int64(max(1, old.days)), dayCount: old.dayCount)
        }
        let regular = ownTerms.every.adding(1, to: start, anchor: row.dueOn.parts.day)
        return ownTerms.period(from: start, to: row.dueOn, isIrregular: regular != row.dueOn)
    }

    /// What is left from an instalment on, as it stands.
    private func draft(from index: Int) -> PlanDraft {
        if let changed, let row = changed.row(index) {
            let later = changed.rows[(index - changed.from)...]
            var draft = PlanDraft(
                ownTerms, later.map(\.period), balance: principal(from: index))
            (draft.first, draft.level, draft.rate) = (index, changed.level, changed.rate)
            (draft.segments, draft.carried) = (row.segments, row.carried)
            return draft
        }
        let whole = schedule.instalments[index]
        var draft = PlanDraft(
            ownTerms, schedule.instalments[index...].map(\.period),
            balance: principal(from: index))
        draft.first = index
        let isOwn = computation == .ownSchedule
        draft.level = isOwn ? schedule.level : scale.halfUpPart(of: schedule.level)
        draft.carried = isOwn ? whole.carried : scale.halfUpPart(of: whole.carried)
        draft.rate = terms.annualRatePercent
        draft.segments = [
            Segment(
                from: whole.startsOn, balance: draft.bearing(draft.balance), rate: draft.rate)
        ]
        return draft
    }

    private mutating func replace(_ index: Int, _ rows: [Instalment], _ draft: PlanDraft) {
        held = nil
        let from = min(index, changed?.from ?? index)
        let kept = (from..<index).compactMap { changed?.row($0) }
        changed = ChangedPlan(
            from: from, rows: kept + rows, level: draft.level, rate: draft.rate)
        instalments.removeSubrange(index...)
        instalments += rows.map {
            ShareInstalment(
                startsOn: $0.startsOn, dueOn: $0.dueOn, principal: $0.principal,
                interest: $0.interest, fee: $0.fee)
        }
    }
}

extension PlanDraft {
    /// Goes on where another draft stands.
    fileprivate mutating func take(_ other: PlanDraft) {
        (first, level, rate, carried) = (other.first, other.level, other.rate, other.carried)
        segments = other.segments
    }

    /// From a day on the balance of now bears interest at a rate.
    fileprivate mutating func turn(to rate: Exact, on day: Day) {
        let start = periods[0].startsOn
        self.rate = rate
        segments.removeAll { $0.from >= max(day, start) }
        segments.append(Segment(from: max(day, start), balance: bearing(balance), rate: rate))
    }
}

extension Instalment {
    /// The instalment of a loan that was repaid in its period: what was paid is all there is.
    fileprivate func repaid(_ interest: Int64) -> Instalment {
        var row = self
        (row.principal, row.interest, row.fee, row.isRepaid) = (0, interest, 0, true)
        return row
    }
}

extension RepaymentMethod {
    /// Whether principal comes back with the last instalment alone.
    var repaysAtEnd: Bool { self == .interestOnly || self == .bullet || isDaily }
}
