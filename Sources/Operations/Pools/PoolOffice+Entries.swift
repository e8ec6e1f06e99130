import Bookkeeping
package import BusinessCalendar
package import LendingRules
import Monetary

extension PoolOffice {
    /// What a payment date puts into the ledger, the issue of the notes with the first one: in id
    /// order, under the pool's name, or `pool/tranche`.
    func entries(
        of report: PaymentReport, _ payment: KeptPoolPayment, _ terms: DealTerms, _ plan: PoolPlan
    ) throws -> [LedgerRow] {
        let notes = NoteEntries(
            of: terms, issuer: plan.buyer, platform: platform, booked: Set(payment.booked))
        var sheet = LedgerSheet(date: payment.recordedOn)
        for line in (report.number == 1 ? notes.issue : []) + notes.entries(of: report) {
            try sheet.add(
                KindedPosting(.poolNotes, line.posting), shard: surroundings.shard(plan.name),
                agreement: plan.name + (line.tranche.isEmpty ? "" : "/\(line.tranche)"))
        }
        return sheet.rows
    }

    /// What all payment dates of all pools should have put into the ledger.
    func entries() async throws -> [LedgerRow] {
        var rows: [LedgerRow] = []
        for head in try await store.heads() {
            if try await store.payments(of: head.name).isEmpty { continue }
            let (pool, plan) = try await kept(head.name)
            let paid = try await deal(try await PoolBook(self, pool, plan))
            for date in paid.dates {
                rows += try entries(of: date.report, date.payment, paid.deal.terms, plan)
            }
        }
        return rows
    }

    /// The reports of the payment dates that were recorded on a business date, in pool order.
    ///
    /// - Throws: ``PoolFault``.
    package func reports(recordedOn date: BusinessDate) async throws
        -> [(plan: PoolPlan, report: PaymentReport)]
    {
        var reports: [(plan: PoolPlan, report: PaymentReport)] = []
        for head in try await store.heads() {
            let payments = try await store.payments(of: head.name)
            guard payments.contains(where: { $0.recordedOn == date }) else { continue }
            let (pool, plan) = try await kept(head.name)
            let paid = try await deal(try await PoolBook(self, pool, plan))
            for one in paid.dates where one.payment.recordedOn == date {
                reports.append((plan, one.report))
            }
        }
        return reports
    }
}
