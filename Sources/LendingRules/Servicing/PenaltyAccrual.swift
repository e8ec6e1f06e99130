import BusinessCalendar
import Monetary

/// Penalty on the overdue principal of one instalment.
///
/// `Σ principal × days × rate × multiple ÷ 365`, days from the due date (counted) to the payment
/// (not counted), rounded once, half even, on the cumulative. What is paid by the end of the
/// grace days owes nothing; what is paid later owes from the due date.
struct PenaltyAccrual: Hashable {
    let dueOn: BusinessDate
    let graceDays: Int
    /// Minor-unit days of chunks of principal that were paid after the grace days.
    private var paidUnits: Int128 = 0

    init(dueOn: BusinessDate, graceDays: Int) {
        self.dueOn = dueOn
        self.graceDays = graceDays
    }

    /// Days that principal paid on `date` owes penalty for.
    func penalisedDays(on date: BusinessDate) -> Int {
        let late = date.days(since: dueOn)
        return late > graceDays ? late : 0
    }

    /// Remembers principal paid on a date.
    mutating func pay(principal: Int64, on date: BusinessDate) {
        paidUnits += Int128(principal) * Int128(penalisedDays(on: date))
    }

    /// Cumulative penalty if the rest were paid on `date`, minor units.
    ///
    /// - Throws: ``AmountError/overflow``.
    func target(unpaid: Int64, on date: BusinessDate, rate: AnnualRate, multipleThousandths: Int64)
        throws(AmountError) -> Int64
    {
        let units = paidUnits + Int128(unpaid) * Int128(penalisedDays(on: date))
        if units == 0 { return 0 }
        let perUnit = Int128(rate.units) * Int128(multipleThousandths)
        let (numerator, overflow) = units.multipliedReportingOverflow(by: perUnit)
        if overflow { throw .overflow }
        let divisor = 365 * 1000 * Int128(AnnualRate.unitsPerOne)
        return try Rounding.halfEven.divide(numerator, by: divisor)
    }
}
