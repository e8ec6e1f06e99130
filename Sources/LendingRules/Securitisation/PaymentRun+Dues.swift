import BusinessCalendar
import Monetary

// What is due on a payment date, before anything is paid.

extension PaymentRun {
    mutating func earn() throws(AmountError) {
        let end = collections.paysOn
        for (place, note) in terms.tranches.enumerated() {
            let standing = deal.tranches[place]
            let report = TrancheReport(
                name: note.name, holder: note.holder, opening: standing.balance,
                earned: try deal.earned(place, until: end, by: end),
                interestCarried: standing.interestCarried,
                factor: try PoolFactor(standing.balance, of: note.original))
            _ = try report.earned.plus(report.interestCarried)
            tranches.append(report)
        }
        feeDue = deal.feeCarried
        if let fee = terms.servicing {
            let period = EarningPeriod(
                from: collections.from, to: collections.to.adding(days: 1), dayCount: fee.dayCount)
            feeDue = try feeDue.plus(try period.earned(on: deal.pool, rate: fee.rate))
        }
        for (place, expense) in terms.expenses.enumerated() {
            expensesDue.append(try deal.expensesCarried[place].plus(expense.amount))
        }
    }

    /// Losses take from the last tranche first; recoveries give back to the first one first.
    mutating func takeLosses() {
        var loss = collections.losses
        for place in tranches.indices.reversed() {
            let part = min(loss, tranches[place].closing)
            tranches[place].writtenDown = part
            loss -= part
        }
        unabsorbed = loss
        guard terms.recoveriesWriteUp else { return }
        var gain = collections.recoveries
        for place in tranches.indices {
            let open = deal.tranches[place].writtenDown + tranches[place].writtenDown
            let part = min(gain, open)
            tranches[place].writtenUp = part
            gain -= part
        }
    }

    mutating func readTests() throws(AmountError) {
        deal.lost = try deal.lost.plus(collections.losses)
        deal.recovered = try deal.recovered.plus(collections.recoveries)
        var interest = try collections.interest.minus(feeDue)
        for due in expensesDue { interest = try interest.minus(due) }
        let figures = TestFigures(
            poolAtCutOff: terms.poolPrincipal, pool: pool, lost: deal.lost,
            buckets: collections.buckets,
            principalCollected: try collections.principal.plus(collections.recoveries)
                .plus(opening.unspent),
            balances: tranches.map(\.closing), interestDue: tranches.map(\.interestDue),
            interestAvailable: interest)
        for (place, trigger) in terms.triggers.enumerated() {
            let reading = try trigger.read(
                figures, pulledOn: deal.pulledOn[place], on: collections.paysOn)
            deal.pulledOn[place] = reading.pulledOn
            readings.append(reading)
        }
    }
}
