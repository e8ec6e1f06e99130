import BusinessCalendar
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

    /// The payment, taken back some days later.
    func returned(afterDays days: Int) -> DemoPayment {
        let back = learnedOn.adding(days: days)
        return DemoPayment(
            id: "R" + id.dropFirst(), loan: loan, amount: amount, currency: currency,
            learnedOn: back, valueDate: back, reverses: id)
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
