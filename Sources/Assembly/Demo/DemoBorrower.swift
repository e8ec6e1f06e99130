import BusinessCalendar
import LendingRules
import Monetary
import PartnerGateway

/// A payment as a borrower makes it, on the date the platform learns of it.
struct DemoPayment: Hashable, Sendable {
    let id: String
    let loan: String
    let amount: Int64
    let currency: Currency
    let learnedOn: BusinessDate
    let valueDate: BusinessDate
    /// The payment it takes back, or empty.
    var reverses = ""
}

/// What a borrower pays, by how the real one behaved and a draw.
struct DemoBorrower {
    let loan: DemoLoan
    let schedule: Schedule

    /// Every payment up to the end of the demo.
    func payments(until end: BusinessDate) -> [DemoPayment] {
        let due = schedule.instalments.prefix { $0.dueOn <= end }
        return due.flatMap(payments).filter { $0.learnedOn <= end }
    }

    private func payments(for instalment: Instalment) -> [DemoPayment] {
        let draw = loan.draw
        let number = "\(instalment.number)"
        switch loan.status {
        case "Fully Paid":
            return [pay(instalment.total * 2, instalment, after: 0)]
        case "In Grace Period":
            return [pay(instalment.total, instalment, after: 2)]
        case "Late (16-30 days)":
            return [pay(instalment.total / 2, instalment, after: 8)]
        case "Late (31-120 days)", "Charged Off":
            return []
        case _ where draw.isOneIn(12, "early" + number):
            return [pay(instalment.total, instalment, after: -3)]
        case _ where draw.isOneIn(12, "twice" + number):
            return [
                pay(instalment.total / 3, instalment, after: 0),
                pay(instalment.total - instalment.total / 3, instalment, after: 1, part: "b"),
            ]
        case _ where draw.isOneIn(15, "told late" + number):
            return [pay(instalment.total, instalment, after: 0, learnedAfter: 2)]
        case _ where draw.isOneIn(20, "returned" + number):
            return returned(instalment)
        default:
            return [pay(instalment.total, instalment, after: 0)]
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

    /// A direct debit that comes back after three days.
    private func returned(_ instalment: Instalment) -> [DemoPayment] {
        let payment = pay(instalment.total, instalment, after: 0)
        let back = payment.learnedOn.adding(days: 3)
        return [
            payment,
            DemoPayment(
                id: "R-\(loan.id)-\(instalment.number)", loan: loan.id, amount: payment.amount,
                currency: payment.currency, learnedOn: back, valueDate: back,
                reverses: payment.id),
        ]
    }

    /// Payments learned on one date, as an import file.
    static func file(of payments: [DemoPayment]) -> [UInt8] {
        var writer = CSVWriter(columns: [
            "payment_id", "loan_id", "amount", "currency", "paid_at", "value_date", "channel",
            "reverses",
        ])
        for payment in payments.sorted(by: { $0.id < $1.id }) {
            writer.row([
                payment.id, payment.loan, payment.amount.text(payment.currency),
                payment.currency.code, "\(payment.valueDate)T12:00:00Z",
                payment.valueDate.description, "direct-debit", payment.reverses,
            ])
        }
        return writer.bytes
    }
}
