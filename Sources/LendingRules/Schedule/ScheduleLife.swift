package import BusinessCalendar
import Monetary

/// A schedule with what is known to happen to it, date by date, when every instalment is paid as it
/// falls due.
package struct ScheduleLife: Hashable, Sendable {
    /// What happens on one date.
    package enum Event: Hashable, Sendable {
        case rate(AnnualRate)
        /// Minor units that are paid out.
        case tranche(Int64)
        /// Minor units that the borrower pays beyond the instalments.
        case repayment(Int64, EarlyRepaymentEffect)
    }

    /// What an early repayment brought, minor units.
    package struct Repayment: Hashable, Sendable {
        package let on: BusinessDate
        package let amount: Int64
        package let interest: Int64
        package let principal: Int64
        package let effect: EarlyRepaymentEffect
        /// What waits for the next instalments.
        package let waiting: Int64
    }

    /// The schedule as all events so far have left it.
    package private(set) var schedule: Schedule
    package private(set) var repayments: [Repayment] = []
    /// Principal paid out after the disbursement, in the order of dates.
    package private(set) var tranches: [Tranche] = []
    private var lastDate: BusinessDate

    /// Principal paid out after the disbursement, minor units.
    package struct Tranche: Hashable, Sendable {
        package let on: BusinessDate
        package let amount: Int64
    }

    package init(_ schedule: Schedule) {
        self.schedule = schedule
        lastDate = schedule.terms.disbursedOn
    }
}

extension ScheduleLife {
    /// Lets an event happen; events come in the order of their dates.
    ///
    /// - Throws: ``ScheduleError`` when it cannot happen; nothing has changed then.
    package mutating func apply(_ event: Event, on date: BusinessDate) throws(ScheduleError) {
        let start = schedule.terms.disbursedOn
        guard date >= start else { throw .changeBeforeDisbursement(date, disbursedOn: start) }
        guard date >= lastDate else { throw .changeOutOfOrder(date, after: lastDate) }
        switch event {
        case .rate(let rate): schedule = try schedule.changed(.rate(rate, on: date))
        case .tranche(let amount):
            schedule = try schedule.changed(.tranche(amount, on: date))
            tranches.append(Tranche(on: date, amount: amount))
        case .repayment(let amount, let effect): try repay(amount, effect, on: date)
        }
        lastDate = date
    }

    /// A repayment inside a period pays the interest accrued before its date first, then
    /// principal.
    private mutating func repay(
        _ amount: Int64, _ effect: EarlyRepaymentEffect, on date: BusinessDate
    )
        throws(ScheduleError)
    {
        guard amount > 0 else { throw .repaymentNotPositive(amount) }
        if effect == .nextInstalment { return try wait(amount, on: date) }
        let interest = min(amount, try schedule.openInterest(before: date))
        let principal = amount - interest
        schedule = try schedule.changed(
            .repayment(interest: interest, principal: principal, on: date, effect))
        repayments.append(
            Repayment(
                on: date, amount: amount, interest: interest, principal: principal,
                effect: effect, waiting: 0))
    }

    private mutating func wait(_ amount: Int64, on date: BusinessDate) throws(ScheduleError) {
        let later = schedule.instalments[schedule.dueCount(on: date)...]
        guard !later.isEmpty else { throw .changeAfterEnd(date) }
        let billed = later.reduce(0) { $0 + $1.total }
        let left = billed - waiting(before: later[later.startIndex].dueOn)
        guard amount <= left else { throw .paymentAboveInstalments(left, on: date) }
        repayments.append(
            Repayment(
                on: date, amount: amount, interest: 0, principal: 0, effect: .nextInstalment,
                waiting: amount))
    }

    /// Cash that waits for the instalment of a due date once those before it are covered.
    private func waiting(before due: BusinessDate) -> Int64 {
        var waiting: Int64 = 0
        var next = 0
        for instalment in schedule.instalments where instalment.dueOn <= due {
            while next < repayments.count, repayments[next].on < instalment.dueOn {
                waiting += repayments[next].waiting
                next += 1
            }
            if instalment.dueOn < due { waiting -= min(waiting, instalment.total) }
        }
        return waiting
    }

    /// What is paid on each due date beyond the cash that waits for it, minor units.
    package var cashOnDueDates: [Int64] {
        if repayments.allSatisfy({ $0.waiting == 0 }) { return schedule.instalments.map(\.total) }
        return schedule.instalments.map {
            $0.total - min($0.total, waiting(before: $0.dueOn))
        }
    }
}
