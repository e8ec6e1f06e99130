package import BusinessCalendar
internal import LendingRules
package import Operations
package import Reconciling

extension SQLAuditSource {
    /// Batches and what statements have shown of them.
    package func cash() async throws -> KeptCash {
        try await engine.read { connection in
            KeptCash(
                batches: try connection.all(
                    CashRows.selectBatches + "ORDER BY b.date, b.remittance", [], CashRows.batch),
                booked: try connection.all(
                    CashRows.selectBookings + CashRows.order, [], CashRows.booked))
        }
    }

    /// Payouts on their way or back by facts booked on a date.
    package func movedPayouts(on date: BusinessDate) async throws -> [MovedPayout] {
        try await engine.read { connection in try CashRows.movedPayouts(date, connection) }
    }

    /// Every payout with the loan it pays.
    package func payouts() async throws -> [KeptPayout] {
        try await engine.read { connection in
            var shares: [LoanID: [PlannedShare]] = [:]
            try connection.query(
                """
                SELECT s.loan, s.lender, s.amount FROM funding_share s
                JOIN payout p ON p.shard = s.shard AND p.loan = s.loan
                ORDER BY s.shard, s.loan, s.position
                """
            ) { row throws(StoreError) in
                shares[try row.loan(0), default: []].append(
                    PlannedShare(party: try row.party(1), amount: try row.int64(2)))
            }
            return try connection.all(
                "SELECT \(HeldPayouts.columns), l.agreement_version, l.state \(HeldPayouts.tables)"
                    + "ORDER BY p.loan"
            ) { row throws(StoreError) in
                let held = try HeldPayouts.read(row)
                return KeptPayout(
                    held: held, plan: SharePlan(shares: shares[held.payout.loan] ?? []),
                    agreementVersion: TermsVersion(try row.text(HeldPayouts.end)),
                    loanState: try LoanCodes.states.value(row, HeldPayouts.end + 1))
            }
        }
    }

    /// Payments and reversals booked on a date.
    package func payments(on date: BusinessDate) async throws -> [CollectedPayment] {
        try await engine.read { connection in try CashRows.payments(date, connection) }
    }
}
