import BusinessCalendar
import LendingRules

/// What a borrower pays, by how the real one behaved and a draw.
struct DemoBorrower {
    let loan: DemoLoan
    /// As an early repayment leaves it.
    let schedule: Schedule
    /// Last date of the demo.
    let end: BusinessDate
    private let early: DemoPayment?

    /// - Throws: `ScheduleError` when an early repayment cannot be.
    init(loan: DemoLoan, schedule: Schedule, end: BusinessDate) throws(ScheduleError) {
        (self.loan, self.end) = (loan, end)
        let date = schedule.terms.disbursedOn.adding(days: DemoBorrower.earlyDays)
        guard loan.repaysEarly, date <= end else {
            (self.schedule, early) = (schedule, nil)
            return
        }
        let amount = schedule.terms.principal / 5
        var life = ScheduleLife(schedule)
        try life.apply(.repayment(amount, .lowerInstalment), on: date)
        self.schedule = life.schedule
        early = DemoPayment(
            id: "P-\(loan.id)-0", loan: loan.id, amount: amount,
            currency: schedule.terms.currency, learnedOn: date, valueDate: date)
    }

    /// Days after the disbursement on which a part is repaid early.
    private static let earlyDays = 12

    /// Days past due at which a loan that nobody pays is charged off; the real ones' 150,
    /// compressed.
    static let chargeOffDays = 60

    /// Every payment that is learned by the end of the demo.
    var payments: [DemoPayment] {
        if givesBack { return [] }
        let paid = paidInstalments.flatMap(payments) + lastEffort
        return ((early.map { [$0] } ?? []) + paid).filter { $0.learnedOn <= end }
    }

    private var due: [Instalment] { schedule.instalments.filter { $0.dueOn <= end } }

    /// Those that are paid before the borrower stops.
    var paidInstalments: [Instalment] { Array(due.prefix(paidCount)) }

    private var paidCount: Int {
        switch loan.conduct {
        case .current, .fullyPaid: due.count
        case .chargedOff: 0
        case .late(let days):
            loan.draw.pick(
                "stops", of: due.indices.filter { loan.conduct.fits(due[$0].dueOn, end: end) })
                // A demo too short for the conduct: as late as it can be without being later.
                ?? due.indices.first { end.days(since: due[$0].dueOn) <= days.upperBound }
                ?? due.count
        }
    }

    /// One late borrower in three pays half of what it owes, and no more.
    private var lastEffort: [DemoPayment] {
        guard case .late = loan.conduct, paidCount < due.count, loan.draw.isOneIn(3, "half")
        else { return [] }
        let instalment = due[paidCount]
        return [pay(instalment.total / 2, instalment, after: 8)]
    }

    /// How one instalment is paid.
    enum Manner {
        case onTime, early, inTwoParts, toldLate, returned, withinGrace, tooMuch, partWaived
    }

    func manner(of instalment: Instalment) -> Manner {
        switch loan.draw.number("manner\(instalment.number)", below: 60) {
        // What comes before its due date, or is too much, would repay principal.
        case 0..<5 where loan.isFree: .onTime
        case 20..<22 where loan.isFree: .onTime
        case 0..<5: .early
        case 5..<10: .inTwoParts
        case 10..<14: .toldLate
        case 14..<17: .returned
        case 17..<20: .withinGrace
        case 20..<22: .tooMuch
        case 22..<24: .partWaived
        default: .onTime
        }
    }

    private func payments(for instalment: Instalment) -> [DemoPayment] {
        let total = instalment.total
        switch manner(of: instalment) {
        case .onTime: return [pay(total, instalment, after: 0)]
        case .early: return [pay(total, instalment, after: -3)]
        case .inTwoParts:
            return [
                pay(total / 3, instalment, after: 0),
                pay(total - total / 3, instalment, after: 1, part: "b"),
            ]
        case .toldLate: return [pay(total, instalment, after: 0, learnedAfter: 2)]
        case .returned:
            // Paid again within the grace days, so that no penalty keeps the loan past due.
            let payment = pay(total, instalment, after: 0)
            return [
                payment, payment.returned(afterDays: 3),
                pay(total, instalment, after: 3, part: "b"),
            ]
        case .withinGrace: return [pay(total, instalment, after: 2)]
        case .tooMuch: return [pay(total * 3 / 2, instalment, after: 0)]
        case .partWaived: return [pay(total - waived(of: instalment), instalment, after: 0)]
        }
    }

    private func pay(
        _ amount: Int64, _ instalment: Instalment, after days: Int, learnedAfter: Int = 0,
        part: String = "a"
    ) -> DemoPayment {
        let valueDate = max(instalment.dueOn.adding(days: days), schedule.terms.disbursedOn)
        return DemoPayment(
            id: "P-\(loan.id)-\(instalment.number)\(part)", loan: loan.id, amount: amount,
            currency: schedule.terms.currency, learnedOn: valueDate.adding(days: learnedAfter),
            valueDate: valueDate)
    }
}
