import BusinessCalendar
import Monetary

/// The contract rate day by day, as penalty goes by it.
struct PenaltyRates: Hashable {
    private var steps: [(from: BusinessDate, rate: AnnualRate)]
    /// Days of the year that a daily penalty is a part of.
    let yearDays: Int

    init(_ terms: ScheduleTerms) {
        steps = [(terms.disbursedOn, terms.rate)]
        yearDays = terms.dayCount.penaltyYearDays
    }

    /// The rate in force at the end.
    var latest: AnnualRate { steps[steps.count - 1].rate }

    mutating func change(to rate: AnnualRate, from date: BusinessDate) {
        steps.append((date, rate))
    }

    /// The sum of the rates of the days from one date (counted) to another (not counted), in rate
    /// units; each day its own.
    func units(from start: BusinessDate, to end: BusinessDate) -> Int128 {
        guard start < end else { return 0 }
        if steps.count == 1 { return Int128(steps[0].rate.units) * Int128(end.days(since: start)) }
        var sum: Int128 = 0
        for (index, step) in steps.enumerated() {
            let next = index + 1 < steps.count ? steps[index + 1].from : end
            let low = index == 0 ? start : max(start, step.from)
            let high = min(end, next)
            if low < high { sum += Int128(step.rate.units) * Int128(high.days(since: low)) }
        }
        return sum
    }

    static func == (left: Self, right: Self) -> Bool {
        left.yearDays == right.yearDays
            && left.steps.elementsEqual(right.steps) { $0.from == $1.from && $0.rate == $1.rate }
    }

    func hash(into hasher: inout Hasher) {
        for step in steps { hasher.combine(step.from) }
    }
}

extension DayCount {
    /// A daily penalty counts actual days, over the year of an actual day count or 365.
    fileprivate var penaltyYearDays: Int {
        switch self {
        case .actual360: 360
        case .actual364: 364
        default: 365
        }
    }
}

/// Penalty on one overdue claim of one instalment: its principal or its interest.
///
/// `Σ amount × Σ daily rates × multiple ÷ year days`, days from the due date (counted) to the
/// payment (not counted), rounded once, half even, on the cumulative. What is paid by the end of
/// the grace days owes nothing; what is paid later owes from the due date or, where grace is
/// forgiven, from its end.
struct PenaltyAccrual: Hashable {
    let dueOn: BusinessDate
    /// Minor units times rate units of chunks that were paid after the grace days.
    private var paidUnits: Int128 = 0

    init(dueOn: BusinessDate) { self.dueOn = dueOn }

    /// Rate units that a chunk paid on `date` owes penalty for.
    private func units(on date: BusinessDate, _ terms: PenaltyTerms, _ rates: PenaltyRates)
        -> Int128
    {
        guard date.days(since: dueOn) > terms.graceDays else { return 0 }
        let start = terms.forgivesGrace ? dueOn.adding(days: terms.graceDays) : dueOn
        return rates.units(from: start, to: date)
    }

    /// Remembers what was paid on a date.
    ///
    /// - Throws: ``AmountError/overflow``.
    mutating func pay(
        _ amount: Int64, on date: BusinessDate, _ terms: PenaltyTerms, _ rates: PenaltyRates
    ) throws(AmountError) {
        paidUnits = try sum(amount, on: date, terms, rates)
    }

    /// Cumulative penalty if the rest were paid on `date`, minor units.
    ///
    /// - Throws: ``AmountError/overflow``.
    func target(
        unpaid: Int64, on date: BusinessDate, multipleThousandths: Int64, _ terms: PenaltyTerms,
        _ rates: PenaltyRates
    ) throws(AmountError) -> Int64 {
        if multipleThousandths == 0 { return 0 }
        let units = try sum(unpaid, on: date, terms, rates)
        if units == 0 { return 0 }
        let (numerator, overflow) = units.multipliedReportingOverflow(
            by: Int128(multipleThousandths))
        if overflow { throw .overflow }
        let divisor = Int128(rates.yearDays) * 1000 * Int128(AnnualRate.unitsPerOne)
        return try Rounding.halfEven.divide(numerator, by: divisor)
    }

    private func sum(
        _ amount: Int64, on date: BusinessDate, _ terms: PenaltyTerms, _ rates: PenaltyRates
    ) throws(AmountError) -> Int128 {
        if amount == 0 { return paidUnits }
        let (product, overflow) = Int128(amount).multipliedReportingOverflow(
            by: units(on: date, terms, rates))
        let (sum, carry) = paidUnits.addingReportingOverflow(product)
        if overflow || carry { throw .overflow }
        return sum
    }
}
