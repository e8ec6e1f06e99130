import BusinessCalendar
import LendingRules

/// What a borrower pays, by how the real one behaved and a draw.
struct DemoBorrower {
    let loan: DemoLoan
    let schedule: Schedule
    /// Last date of the demo.
    let end: BusinessDate

    /// Days past due at which a loan that nobody pays is charged off; the real ones' 150,
    /// compressed.
    static let chargeOffDays = 60

    /// Every payment that is learned by the end of the demo.
    var payments: [DemoPayment] {
        due.prefix(paidInstalments).flatMap(payments).filter { $0.learnedOn <= end }
            + lastEffort.filter { $0.learnedOn <= end }
    }

    private var due: [Instalment] { schedule.instalments.filter { $0.dueOn <= end } }

    /// How many instalments are paid before the borrower stops.
    private var paidInstalments: Int {
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
        guard case .late = loan.conduct, paidInstalments < due.count,
            loan.draw.isOneIn(3, "half")
        else { return [] }
        let instalment = due[paidInstalments]
        return [pay(instalment.total / 2, instalment, after: 8)]
    }

    private func payments(for instalment: Instalment) -> [DemoPayment] {
        let number = "\(instalment.number)"
        let total = instalment.total
        switch loan.draw.number("manner" + number, below: 60) {
        case 0..<5: return [pay(total, instalment, after: -3)]
        case 5..<10:
            return [
                pay(total / 3, instalment, after: 0),
                pay(total - total / 3, instalment, after: 1, part: "b"),
            ]
        case 10..<14: return [pay(total, instalment, after: 0, learnedAfter: 2)]
        case 14..<17:
            // Paid again within the grace days, so that no penalty keeps the loan past due.
            let payment = pay(total, instalment, after: 0)
            return [
                payment, payment.returned(afterDays: 3),
                pay(total, instalment, after: 3, part: "b"),
            ]
        case 17..<20: return [pay(total, instalment, after: 2)]
        case 20..<22: return [pay(total * 3 / 2, instalment, after: 0)]
        default: return [pay(total, instalment, after: 0)]
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
