package import Monetary

extension PoolDeal {
    /// Goes on with a deal whose call has not bought every share: what the call was to bring counts
    /// as paid in advance, and what it has brought is collected in the period after it.
    ///
    /// - Parameter report: That of the payment date of the call, the last one.
    /// - Throws: ``AmountError/overflow``.
    package mutating func reopen(after report: PaymentReport) throws(AmountError) {
        guard isClosed, report.isCalled else { return }
        deficit = try deficit.plus(report.funds.callPrice)
        pool = report.pool.called
        isClosed = paidOn >= terms.finalOn
    }
}
