import BusinessCalendar
import Monetary
import Reconciling

/// Payments, lines and statements that the cash tests vary.
enum CashSamples {
    /// 0.10 and 1 % of a payment.
    static let fee = ChannelFee(fixed: 10, rate: try? Share("1%"))

    static func payment(_ id: String, _ amount: Int64, currency: Currency = Samples.dollar)
        -> CollectedPayment
    {
        CollectedPayment(id: id, loan: "L-\(id)", amount: amount, currency: currency)
    }

    static func line(
        _ payment: String, _ gross: Int64, fee: Int64? = nil, net: Int64? = nil,
        currency: Currency = Samples.dollar, line: Int = 1
    ) -> Record {
        let charged = fee ?? CashSamples.fee.amount(of: gross)
        return Record(
            key: ["CH-\(payment)"], amounts: [gross, charged, net ?? gross - charged],
            currency: currency, valueDate: Samples.date, fields: [payment], line: line)
    }

    static func channel(
        _ payments: [CollectedPayment], _ lines: [Record]?, arrived: [Currency: Int64] = [:]
    ) throws -> ChannelResult {
        try ChannelDay(
            channel: "tideway", payments: payments, lines: lines, fee: fee, arrived: arrived
        ).reconciled()
    }

    static func credit(_ remittance: String, _ amount: Int64, ref: String? = nil, line: Int = 1)
        -> Record
    {
        Record(
            key: [ref ?? "BK-\(remittance)"], amounts: [amount], currency: Samples.dollar,
            valueDate: Samples.date, fields: [remittance], line: line)
    }

    static func expect(_ remittance: String, _ amount: Int64, dueOn days: Int? = 0)
        -> CashExpectation
    {
        CashExpectation(
            kind: .transfer, remittance: remittance, currency: Samples.dollar, amount: amount,
            dueOn: days.map { Samples.date.adding(days: $0) })
    }

    static func statement(
        _ lines: [Record]?, _ expectations: [CashExpectation], waiting: Set<String> = []
    ) throws -> StatementMatch {
        try StatementDay(
            account: "account", date: Samples.date, lines: lines, expectations: expectations,
            waiting: waiting, isElsewhere: { $0.hasPrefix("S") }
        ).matched()
    }
}
