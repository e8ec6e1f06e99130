package import BusinessCalendar
package import LendingRules

/// Lenders' deposits as the store sees them; each method is one transaction.
package protocol ReserveStore: Sendable {
    /// The business date now open; the configured first date is opened in an empty store.
    func openDate() async throws -> BusinessDate
    /// Those recorded already under the parties and ids of the movements, as they were recorded.
    func known(_ movements: [ReserveMovement]) async throws -> [ReserveMovement]
    /// Records movements with their entries, on a date that must still be open: all of them, or
    /// none where deposits would hold less than loans have drawn on them, which it returns. Fails
    /// when one is recorded already.
    func record(
        _ movements: [ReserveMovement], _ entries: [LedgerRow], on date: BusinessDate
    ) async throws -> [LimitShortage]
}
