import BusinessCalendar
import Monetary

/// A payment on the date on which the platform learns of it.
struct SimulatedPayment: Sendable {
    let id: String
    let loan: String
    /// Minor units.
    let amount: Int64
    let learnedOn: BusinessDate
    let valueDate: BusinessDate
    /// The payment it takes back, or empty.
    var reverses = ""

    /// An import file of payments.
    static func file(of payments: [SimulatedPayment]) -> String {
        let header =
            "payment_id,loan_id,amount,currency,paid_at,value_date,channel,reverses\n"
        return payments.reduce(into: header) { text, payment in
            text +=
                [
                    payment.id, payment.loan, AmountText.format(payment.amount, decimals: 2),
                    "USD", "\(payment.valueDate)T12:00:00Z", payment.valueDate.description,
                    "direct-debit", payment.reverses,
                ].joined(separator: ",") + "\n"
        }
    }
}

extension SimulatedPayment {
    /// The same payments as the channel takes them.
    static func collections(of payments: [SimulatedPayment]) -> String {
        payments.reduce(into: "payment_id,amount,currency,value_date\n") { text, payment in
            let amount = payment.reverses.isEmpty ? payment.amount : -payment.amount
            text +=
                "\(payment.id),\(AmountText.format(amount, decimals: 2)),USD,"
                + "\(payment.valueDate)\n"
        }
    }
}

extension SimulatedLoan {
    /// Everything the borrower pays in the simulated days.
    var payments: [SimulatedPayment] {
        let half = instalment / 2
        switch habit {
        case .onTime: return [pay("a", instalment, after: 0)]
        case .inTwoParts:
            return [pay("a", half, after: 0), pay("b", instalment - half, after: 2)]
        case .never: return []
        case .early: return [pay("a", instalment, after: -1)]
        case .returned:
            let payment = pay("a", instalment, after: 0)
            var back = pay("r", instalment, after: 1)
            back.reverses = payment.id
            return [payment, back]
        case .toldLate: return [pay("a", instalment, after: 0, learnedAfter: 2)]
        case .twice: return [pay("a", instalment * 2, after: 0)]
        }
    }

    private func pay(_ part: String, _ amount: Int64, after days: Int, learnedAfter: Int = 0)
        -> SimulatedPayment
    {
        let valueDate = firstDueOn.adding(days: days)
        return SimulatedPayment(
            id: "P-\(id)-\(part)", loan: id, amount: amount,
            learnedOn: valueDate.adding(days: learnedAfter), valueDate: valueDate)
    }
}
