package import BusinessCalendar
import Monetary

/// The instalments of one loan in order of their due dates.
package struct Schedule: Hashable, Sendable {
    /// What was agreed at the start; changes leave it as it is.
    package let terms: ScheduleTerms
    package let instalments: [Instalment]
    /// `cumulativePrincipal[k]` is billed by the first k instalments; element 0 is zero.
    package let cumulativePrincipal: [Int64]
    /// The same for interest.
    package let cumulativeInterest: [Int64]
    /// The same for fees that fall due with instalments.
    package let cumulativeFee: [Int64]
    /// Fees that fall due on the day of the disbursement, minor units.
    package let upfrontFee: Int64
    /// The segments of periods in which rate or balance changes, by the instalment's index.
    package let brokenPeriods: [Int: [PeriodSegment]]
    /// How what is left is laid out once something has changed.
    let plan: SchedulePlan?

    /// A schedule of instalments that repay exactly the principal.
    package init(terms: ScheduleTerms, instalments: [Instalment]) {
        self.init(terms: terms, instalments: instalments, upfrontFee: 0)
    }

    init(
        terms: ScheduleTerms, instalments: [Instalment], upfrontFee: Int64,
        brokenPeriods: [Int: [PeriodSegment]] = [:], plan: SchedulePlan? = nil
    ) {
        self.terms = terms
        self.instalments = instalments
        self.upfrontFee = upfrontFee
        self.brokenPeriods = brokenPeriods
        self.plan = plan
        cumulativePrincipal = Schedule.cumulated(instalments, \.principal)
        cumulativeInterest = Schedule.cumulated(instalments, \.interest)
        cumulativeFee = Schedule.cumulated(instalments, \.fee)
        let lent = instalments.reduce(terms.principal) { $0 + $1.movement }
        precondition(cumulativePrincipal.last == lent, "a schedule repays its principal exactly")
    }

    /// How many instalments have their due date on or before a date.
    package func dueCount(on date: BusinessDate) -> Int {
        instalments.prefix { $0.dueOn <= date }.count
    }

    /// The date that the due date of an instalment counts to, holiday or not.
    package func counted(_ instalment: Instalment) -> BusinessDate {
        guard terms.holidays != nil, let plan = plan ?? (try? SchedulePlan(terms)) else {
            return instalment.dueOn
        }
        return plan.counted(instalment.number - 1, dueOn: instalment.dueOn)
    }

    @inline(__always)
    private static func cumulated(_ instalments: [Instalment], _ part: KeyPath<Instalment, Int64>)
        -> [Int64]
    {
        var sum: Int64 = 0
        var sums: [Int64] = [0]
        sums.reserveCapacity(instalments.count + 1)
        for instalment in instalments {
            sum += instalment[keyPath: part]
            sums.append(sum)
        }
        return sums
    }
}
