import BusinessCalendar
import LendingRules
import Monetary

// What a night earns: interest of the open period, penalties on what is overdue, fees of service.

extension Auditor {
    mutating func earn() {
        if isUndone || isStopped { return }
        accrue(until: today.adding(days: 1))
        let days = [DayCount.actual360: 360, .actual364: 364]
        let year = Int128(days[schedule.terms.dayCount] ?? 365)
        for index in due.indices {
            let late = today.days(since: due[index].dueOn)
            let terms = contract.penalty
            let more = due[index].onPrincipal.pass(
                due[index].principal.count, late: late, rate: rate,
                thousandths: terms.multipleThousandths, year: year, terms)
            let extra = due[index].onInterest.pass(
                due[index].interest.count, late: late, rate: rate,
                thousandths: terms.onInterestThousandths, year: year, terms)
            addPenalties(index, more, extra)
        }
    }

    /// Brings the open period to what it has earned by the morning of a date.
    mutating func accrue(until morning: BusinessDate) {
        guard due.count < schedule.instalments.count else { return }
        let before = schedule.instalments[..<due.count].reduce(0) { $0 + Int($1.interest) }
        let more = before + periodInterest(due.count, until: morning) - earned
        if more < 0 { takeBack(-more) }
        guard more > 0 else { return }
        earned += more
        let cents = drawInterest(more)
        for cent in cents where cent.isSpread { day.spread[cent.owner] += 1 }
        accrued.add(cents)
    }

    /// Another plan may round a cent away that was earned and nobody has paid.
    private mutating func takeBack(_ count: Int) {
        let kept = accrued.count - min(count, accrued.count)
        let cents = accrued.takeAll()
        accrued = CentQueue(Array(cents[..<kept]))
        earned -= cents.count - kept
        for cent in cents[kept...] where cent.isSpread { day.spread[cent.owner] -= 1 }
        if own == nil {
            streams.interest.putBack(cents.count - kept)
        } else {
            own?.coming.putBack(Array(cents[kept...]))
        }
    }

    /// All interest of the days before today, whatever was written off or paid.
    func interestSoFar() -> Int {
        let past = schedule.instalments.prefix { $0.dueOn <= today }
        let billed = past.reduce(0) { $0 + Int($1.interest) }
        guard past.count < schedule.instalments.count else { return billed }
        return billed + periodInterest(past.count, until: today)
    }

    /// All interest of a period, what others defer to it included, rounded once.
    private func periodInterest(_ index: Int, until morning: BusinessDate) -> Int {
        let period = schedule.instalments[index]
        let end = min(morning, period.dueOn)
        let carried = Int(period.carried)
        let exact = exactInterest(index, until: end)
        let rounding = schedule.terms.rounding.rawValue
        let deferred =
            index + 1 < schedule.instalments.count
            ? Int(schedule.instalments[index + 1].carried) : 0
        // With its last night the period comes to what is billed.
        let whole = Int(period.interest) + deferred
        if end == period.dueOn { return whole }
        return min(whole, max(Int(period.paidEarly), carried + Int(exact.rounded(rounding))))
    }

    /// Flat loans bear interest on all that was lent until nothing is left.
    private func bearing(_ period: Instalment) -> Int64 {
        guard planTerms.method == .flat, period.openingBalance > 0 else {
            return period.openingBalance
        }
        return Int64(flatPrincipal)
    }

    private func exactInterest(_ index: Int, until end: BusinessDate) -> ExactFraction {
        let period = schedule.instalments[index]
        let segments =
            schedule.brokenPeriods[index]
            ?? [
                PeriodSegment(
                    startsOn: period.startsOn, balance: bearing(period), rate: period.rate)
            ]
        var sum = ExactFraction.zero
        for (number, segment) in segments.enumerated() {
            let next = number + 1 < segments.count ? segments[number + 1].startsOn : end
            let (first, last) = (min(segment.startsOn, end), min(next, end))
            let part = YearParts.part(
                from: first, to: last, of: period, schedule.terms.dayCount)
            let yearly = ExactFraction(
                Int128(segment.balance) * Int128(segment.rate.units), 100_000_000)
            sum = sum + yearly * part
        }
        return sum
    }
}

// MARK: - Long past due

/// Whether income is kept out of the books.
struct Observation {
    var isNonAccrual = false
    /// The day on which the last arrears were paid, while instalments are observed.
    var curedOn: BusinessDate?
}

extension Auditor {
    /// Past the limit income leaves the books; it comes back when nothing is in arrears and the
    /// instalments under observation were paid on their dates.
    mutating func observe() {
        let late = daysPastDue
        if late > servicing.nonAccrual.afterDays {
            observation = Observation(isNonAccrual: true)
            return
        }
        guard observation.isNonAccrual else { return }
        guard due.allSatisfy({ $0.unpaid + $0.onPrincipal.open + $0.onInterest.open == 0 })
        else {
            observation.curedOn = nil
            return
        }
        let since = observation.curedOn ?? today
        observation.curedOn = since
        let observed = due.filter { $0.dueOn > since }.count
        if observed >= servicing.nonAccrual.observedInstalments { observation = Observation() }
    }
}
