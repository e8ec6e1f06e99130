import Monetary

// What is kept for the next payment date, and what is told.

extension PaymentRun {
    mutating func close() throws(AmountError) {
        for (place, note) in terms.tranches.enumerated() {
            let report = tranches[place]
            tranches[place].factor = try PoolFactor(report.closing, of: note.original)
            deal.tranches[place].balance = report.closing
            deal.tranches[place].interestCarried = report.interestShortfall
            deal.tranches[place].writtenDown += report.writtenDown - report.writtenUp
        }
        deal.payments += 1
        deal.collectedTo = collections.to
        deal.paidOn = collections.paysOn
        deal.pool = callPrice == nil ? pool : 0
        deal.isClosed = callPrice != nil || collections.paysOn >= terms.finalOn
    }

    /// The report of the payment date.
    var report: PaymentReport {
        get throws(AmountError) {
            PaymentReport(
                number: deal.payments, from: collections.from, to: collections.to,
                paysOn: collections.paysOn, pool: try statistics, funds: funds, lines: lines,
                tranches: tranches, reserve: reserve, triggers: readings,
                unabsorbedLoss: unabsorbed, isCalled: callPrice != nil, isLast: deal.isClosed)
        }
    }

    private var statistics: PoolStatistics {
        get throws(AmountError) {
            PoolStatistics(
                loans: callPrice == nil ? collections.loans : 0, opening: opening.pool,
                principal: collections.principal, prepaid: collections.prepaid,
                losses: collections.losses, recoveries: collections.recoveries,
                called: callPrice == nil ? 0 : pool, closing: deal.pool,
                buckets: collections.buckets, lostSoFar: deal.lost,
                recoveredSoFar: deal.recovered,
                factor: try PoolFactor(deal.pool, of: terms.poolPrincipal))
        }
    }
}
