package import BusinessCalendar
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
            try connection.all(
                "SELECT \(HeldPayouts.columns), l.principal, l.state \(HeldPayouts.tables)"
                    + "ORDER BY p.loan"
            ) { row throws(StoreError) in
                KeptPayout(
                    held: try HeldPayouts.read(row), principal: try row.int64(HeldPayouts.end),
                    loanState: try LoanCodes.states.value(row, HeldPayouts.end + 1))
            }
        }
    }

    /// Payments and reversals booked on a date.
    package func payments(on date: BusinessDate) async throws -> [CollectedPayment] {
        try await engine.read { connection in try CashRows.payments(date, connection) }
    }
}
