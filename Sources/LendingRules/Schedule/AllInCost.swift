import BusinessCalendar
import Monetary

/// What a loan costs with its fees: the rate at which everything the borrower pays is worth what it
/// received, by bisection over whole numbers.
///
/// Loans that flow on their regular due dates alone discount by whole periods; all others by days,
/// 365 to the year.
package struct AllInCost: Hashable, Sendable {
    /// Rate of a period × periods a year, in 10⁻⁶ percent.
    package let nominal: Int64
    /// The same with interest on interest, in 10⁻⁶ percent.
    package let effective: Int64

    /// Fixed-point one of discount factors.
    private static let one = UInt64(1) << 63
    /// Costs beyond a million percent are not given.
    private static let largestEffective: Int64 = 1_000_000_000_000

    /// The cost of a loan, or nil beyond a million percent a year.
    package init?(of life: ScheduleLife) {
        let terms = life.schedule.terms
        let isRegular = life.isRegular
        let factor = CashFlows(life, isRegular: isRegular).discountFactor
        let (count, units) = terms.every.perYear
        let year = factor.raised(to: isRegular ? count : 365)
        let yearly = isRegular ? year.root(units) : year
        let period = isRegular ? factor : year.raised(to: units).root(count)
        guard let effective = AllInCost.rate(yearly, times: 1, over: 1),
            let nominal = AllInCost.rate(period, times: count, over: units),
            effective <= AllInCost.largestEffective
        else { return nil }
        self.effective = effective
        self.nominal = nominal
    }

    /// `(1 ÷ factor − 1) × count ÷ units` in 10⁻⁶ percent.
    private static func rate(_ factor: DiscountFactor, times count: Int, over units: Int) -> Int64?
    {
        guard factor.value > 0 else { return nil }
        let interest = Int128(one - factor.value) * Int128(count) * 100_000_000
        return try? Rounding.halfEven.divide(
            interest, by: Int128(factor.value) * Int128(units))
    }
}

extension Period {
    /// Periods a year as a fraction: 12 months, 52 weeks, 365 days.
    fileprivate var perYear: (count: Int, units: Int) {
        switch unit {
        case .days: (365, count)
        case .weeks: (52, count)
        case .months: (12, count)
        case .years: (1, count)
        }
    }
}

extension ScheduleLife {
    /// Whether cash moves on the regular due dates alone.
    fileprivate var isRegular: Bool {
        guard tranches.isEmpty, repayments.isEmpty, let dates = try? DueDates(schedule.terms),
            dates.isFirstRegular
        else { return false }
        guard let holidays = schedule.terms.holidays, holidays.rule != .sameDay else { return true }
        return schedule.instalments.allSatisfy { instalment in
            (try? dates.counted(to: instalment.number)) == instalment.dueOn
        }
    }
}

/// The worth of one, a period later, in 2⁻⁶³.
private struct DiscountFactor {
    let value: UInt64

    func times(_ other: DiscountFactor) -> DiscountFactor {
        let (high, low) = value.multipliedFullWidth(by: other.value)
        return DiscountFactor(value: high << 1 | low >> 63)
    }

    func raised(to exponent: Int) -> DiscountFactor {
        var result = DiscountFactor(value: 1 << 63)
        var (base, left) = (self, exponent)
        while left > 0 {
            if left & 1 == 1 { result = result.times(base) }
            left >>= 1
            if left > 0 { base = base.times(base) }
        }
        return result
    }

    /// The factor of which `degree` make this one.
    func root(_ degree: Int) -> DiscountFactor {
        if degree == 1 { return self }
        return DiscountFactor.largest { $0.raised(to: degree).value <= value }
    }

    /// The largest factor up to one for which something holds that holds for all below it.
    static func largest(where holds: (DiscountFactor) -> Bool) -> DiscountFactor {
        var (low, high) = (UInt64(0), UInt64(1) << 63)
        while low < high {
            let middle = high - (high - low) / 2
            if holds(DiscountFactor(value: middle)) { low = middle } else { high = middle - 1 }
        }
        return DiscountFactor(value: low)
    }
}

/// What the borrower receives and pays, in steps of a period or of a day from the disbursement.
private struct CashFlows {
    private var flows: [(step: Int, amount: Int64)]

    init(_ life: ScheduleLife, isRegular: Bool) {
        let (schedule, start) = (life.schedule, life.schedule.terms.disbursedOn)
        flows = [(0, schedule.upfrontFee - schedule.terms.principal)]
        let isBullet = schedule.terms.method == .bullet
        for (instalment, cash) in zip(schedule.instalments, life.cashOnDueDates) {
            let period = isBullet ? schedule.terms.instalments : instalment.number
            flows.append((isRegular ? period : instalment.dueOn.days(since: start), cash))
        }
        flows += life.tranches.map { ($0.on.days(since: start), -$0.amount) }
        flows += life.repayments.map { ($0.on.days(since: start), $0.amount) }
        flows.sort { $0.step < $1.step }
    }

    /// The largest factor at which payments are worth no more than what was received.
    var discountFactor: DiscountFactor {
        .largest { worth(at: $0) <= 0 }
    }

    /// The sum of all flows, each times the factor to its step, in 2⁻⁴³ minor units.
    private func worth(at factor: DiscountFactor) -> Int128 {
        var discount = DiscountFactor(value: 1 << 63)
        var (sum, step) = (Int128(0), 0)
        for flow in flows {
            if flow.step != step {
                discount = discount.times(factor.raised(to: flow.step - step))
                step = flow.step
            }
            sum += (Int128(flow.amount) * Int128(discount.value)) >> 20
        }
        return sum
    }
}
