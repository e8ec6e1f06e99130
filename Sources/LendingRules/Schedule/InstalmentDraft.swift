import BusinessCalendar
import Monetary

/// Instalments being laid out one after the other, from an open period on.
struct InstalmentDraft {
    private let plan: SchedulePlan
    private let open: OpenPeriod
    private let periods: [InterestPeriod]
    /// Whether instalments after the one that repays everything disappear.
    private let endsEarly: Bool
    /// Interest that a flat loan may still bill; nil when nothing limits it.
    private var flatInterest: Int64?
    /// Principal not yet laid out.
    private var balance: Int64
    /// Interest deferred to the next payable instalment.
    private var carried: Int64
    /// Everything the borrower pays, kept only to refuse sums beyond 64 bits.
    private var paid: Int64
    private(set) var instalments: [Instalment] = []

    /// - Parameters:
    ///   - paid: What the instalments before come to; minor units.
    ///   - flatInterest: What a flat loan whose plan has changed may still bill.
    /// - Throws: ``ScheduleError/amountOutOfRange``.
    init(
        _ plan: SchedulePlan, _ open: OpenPeriod, _ periods: [InterestPeriod],
        after paid: Int64 = 0, endsEarly: Bool = false, flatInterest left: Int64? = nil
    ) throws(ScheduleError) {
        self.plan = plan
        self.open = open
        self.periods = periods
        self.paid = paid
        // Statements stop when nothing is left to ask for.
        self.endsEarly =
            endsEarly || open.balance == 0 || plan.terms.method == .statementCycle
        balance = open.balance
        carried = open.carried
        instalments.reserveCapacity(periods.count)
        if plan.terms.method == .flat, plan.changedOn == nil {
            flatInterest = try plan.flatInterest(periods)
        } else {
            flatInterest = left
        }
    }

    /// Lays out every instalment.
    ///
    /// - Throws: ``ScheduleError``.
    mutating func layOut() throws(ScheduleError) {
        for place in periods.indices {
            try append(place)
            if endsEarly, balance == 0 { return }
        }
    }

    private mutating func append(_ place: Int) throws(ScheduleError) {
        let index = open.index + place
        let period = periods[place]
        let early = place == 0 ? open.paidEarly : 0
        let isDeferred = plan.hasInterestGrace(index)
        let known = carried
        // What was paid early had accrued, whatever another plan makes of the period.
        let own = max(try ownInterest(place), early - known)
        let (accrued, isTooMuch) = known.addingReportingOverflow(own)
        if isTooMuch { throw .amountOutOfRange }
        let payable = own - max(0, early - known)
        let principal = try principalPart(place, interest: payable)
        // Nothing is deferred beyond the instalment that ends the loan.
        let isLast = place == periods.count - 1 || (endsEarly && principal == balance)
        let interest = isDeferred && !isLast ? early : accrued
        let instalment = Instalment(
            number: index + 1, startsOn: period.startsOn, dueOn: period.dueOn,
            principal: principal, interest: interest,
            openingBalance: place == 0 ? open.openingBalance : balance,
            fraction: period.fraction, rate: plan.rate(index),
            fee: try fee(principal: principal, interest: interest - early),
            paidEarly: early, movement: place == 0 ? open.movement : 0, carried: known,
            billedEarly: place == 0 ? open.billedEarly : 0)
        let (billed, isLarge) = principal.addingReportingOverflow(interest)
        let (all, isLarger) = billed.addingReportingOverflow(instalment.fee)
        let (sum, isTooLarge) = paid.addingReportingOverflow(all)
        if isLarge || isLarger || isTooLarge { throw .amountOutOfRange }
        paid = sum
        instalments.append(instalment)
        carried = accrued - interest
        balance -= principal
    }
}

extension InstalmentDraft {
    /// The accrual of the last day, so that what accrues lands exactly on what is billed; the last
    /// instalment of a flat loan takes what is left of its rounded total.
    private mutating func ownInterest(_ place: Int) throws(ScheduleError) -> Int64 {
        let exact = try exactInterest(place)
        guard let left = flatInterest else { return exact }
        let isLast = place == periods.count - 1 && open.balance > 0
        let own = isLast ? left : min(exact, left)
        flatInterest = left - own
        return own
    }

    private func exactInterest(_ place: Int) throws(ScheduleError) -> Int64 {
        let period = periods[place]
        do {
            if place == 0, !open.segments.isEmpty {
                return try open.segments.interest(
                    plan.terms.clock(of: period), from: period.startsOn, days: period.days,
                    rounding: plan.terms.rounding)
            }
            return try plan.interest(
                on: plan.bearing(balance), at: plan.rate(open.index + place), over: period)
        } catch { throw .amountOutOfRange }
    }

    private func principalPart(_ place: Int, interest: Int64) throws(ScheduleError) -> Int64 {
        if place == periods.count - 1 { return balance }
        // Rounded up, the level part may repay everything before the last instalment.
        if balance == 0 || plan.hasPrincipalGrace(open.index + place) { return 0 }
        if plan.terms.method.repaysAtEnd { return 0 }
        if let cycle = plan.terms.statement, plan.terms.method == .statementCycle {
            return try minimumPayment(place, cycle)
        }
        let number = open.index + place + 1
        let total = try instalmentTotal(interest: interest)
        // After a change what is left may be so little that the level part rounds below interest.
        if plan.changedOn != nil, total < interest || total == 0 { return 0 }
        guard total >= interest else {
            throw .instalmentBelowInterest(number: number, instalment: total, interest: interest)
        }
        guard total > 0 || plan.terms.instalmentMultiple == 1 else {
            throw .multipleTooLarge(plan.terms.instalmentMultiple, number: number)
        }
        return min(total - interest, balance)
    }

    private func minimumPayment(_ place: Int, _ cycle: StatementCycle) throws(ScheduleError)
        -> Int64
    {
        let paid = place == 0 ? open.billedEarly : 0
        let (balance, rounding) = (balance, plan.terms.instalmentRounding)
        return try ScheduleError.fitting { () throws(AmountError) in
            try cycle.minimum(of: balance, paid: paid, rounding)
        }
    }

    private func instalmentTotal(interest: Int64) throws(ScheduleError) -> Int64 {
        if plan.terms.method.hasLevelTotal { return plan.level }
        do {
            let total = try min(plan.level, balance).plus(interest)
            if plan.terms.instalmentMultiple == 1 { return total }
            let multiples = try plan.terms.instalmentRounding.divide(
                Int128(total), by: Int128(plan.terms.instalmentMultiple))
            return try multiples.times(plan.terms.instalmentMultiple)
        } catch { throw .amountOutOfRange }
    }

    private func fee(principal: Int64, interest: Int64) throws(ScheduleError) -> Int64 {
        if plan.terms.fees.isEmpty || (open.balance == 0 && open.movement < 0) { return 0 }
        return try plan.terms.instalmentFee(
            principal: principal, interest: interest, outstanding: balance)
    }
}

extension SchedulePlan {
    /// Interest of a whole period on a principal, rounded once.
    ///
    /// - Throws: ``AmountError/overflow``.
    func interest(on principal: Int64, at rate: AnnualRate, over period: InterestPeriod)
        throws(AmountError) -> Int64
    {
        let days = terms.dayCount.isLinear ? period.days : 1
        let quotient = AccrualQuotient(
            openingBalance: principal, rate: rate, fraction: period.fraction, days: days)
        return try quotient.accrued(days: days, rounding: terms.rounding)
    }

    /// All interest of a flat loan, rounded once.
    ///
    /// - Throws: ``ScheduleError/amountOutOfRange``.
    func flatInterest(_ periods: [InterestPeriod]) throws(ScheduleError) -> Int64 {
        guard let sum = YearFraction.sum(periods.map(\.fraction)) else { throw .amountOutOfRange }
        let (lent, rate, rounding) = (lent, terms.rate, terms.rounding)
        return try ScheduleError.fitting { () throws(AmountError) in
            try AccrualQuotient(openingBalance: lent, rate: rate, fraction: sum, days: 1)
                .accrued(days: 1, rounding: rounding)
        }
    }
}
