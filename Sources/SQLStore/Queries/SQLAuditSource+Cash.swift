package import BusinessCalendar
package import Operations
package import Reconciling

extension SQLAuditSource {
    /// Batches and what statements have shown of them.
    package func cash() async throws -> KeptCash {
        try await engine.read { connection in
            KeptCash(
                batches: try connection.all(
                    CashRows.selectBatches + "ORDER BY b.date, b.currency", [], CashRows.batch),
                booked: try connection.all(
                    CashRows.selectBookings + CashRows.order, [], CashRows.booked))
        }
    }

    /// Payments and reversals booked on a date.
    package func payments(on date: BusinessDate) async throws -> [CollectedPayment] {
        try await engine.read { connection in try CashRows.payments(date, connection) }
    }
}
