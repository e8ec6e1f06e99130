package import BusinessCalendar
package import LendingRules
package import Operations

// Booking of approved loans.

extension SQLIntake: LoanIntakeStore {
    package func known(_ loans: [LoanID]) async throws -> [LoanID: String] {
        try await engine.read { connection in try Self.hashes(of: loans, connection) }
    }

    package func used(
        of limits: [Limit], on date: BusinessDate
    ) async throws -> [LimitSlot: Int64] {
        try await engine.read { connection in
            var tally = LimitTally()
            var used: [LimitSlot: Int64] = [:]
            let keys = Set(limits.flatMap { $0.counted + [$0.key] })
            let slots = keys.map { LimitSlot($0, on: date) }.sorted()
            for slot in slots {
                if let found = try LimitRows.used(of: slot, isLocking: false, connection) {
                    used[slot] = found
                    for value in try LimitRows.values(of: slot, connection) {
                        used[value.slot] = value.used
                    }
                } else if used[slot.whole] == nil || slot.whole == slot {
                    used[slot] = try tally.used(of: slot, among: slots, connection)
                    guard slot.isOfDimension, slot.whole == slot else { continue }
                    let values = try tally.values(of: slot, among: slots, connection)
                    used.merge(values) { $1 }
                }
            }
            return used
        }
    }

    package func volumes(of slots: [RouteSlot]) async throws -> [RouteSlot: Int64] {
        try await engine.read { connection in
            try RouteRows.volumes(of: slots.sorted(), isLocking: false, connection)
        }
    }

    package func deposited(_ keys: [LimitKey]) async throws -> [Limit] {
        try await engine.read { connection in
            try ReserveRows.renewed(keys.map { Limit($0, amount: 0) }, connection)
        }
    }

    /// Throws `StoreError.dateNotOpen` when a loan's booking date is not the open one, or
    /// `.overtaken` when a loan is booked with other content.
    package func book(_ batch: LoanBatch) async throws -> BookedBatch {
        let booking = BatchBooking(
            batch: batch, openDate: openDate,
            limits: LimitLedger(batch.limits, hasGuard: hasLimitGuard))
        for _ in 1..<Self.tries {
            do {
                return try await book(booking)
            } catch StoreError.constraint {
                // Intakes run side by side: another has booked some of the loans since we looked.
                continue
            }
        }
        return try await book(booking)
    }

    private func book(_ booking: BatchBooking) async throws -> BookedBatch {
        do {
            return try await engine.write { connection in try booking.run(connection) }
        } catch let short as BatchBooking.NoRoom {
            return BookedBatch(booked: 0, refused: short.refused)
        }
    }

    private static let tries = 4

    /// Content hashes of those of the loans and lines that are booked already.
    static func hashes(
        of loans: [LoanID], _ connection: borrowing Connection
    ) throws(StoreError) -> [LoanID: String] {
        var hashes: [LoanID: String] = [:]
        for loan in loans {
            hashes[loan] = try connection.first(
                "SELECT content_hash FROM loan WHERE shard = ?1 AND loan = ?2"
                    + " UNION ALL SELECT content_hash FROM credit_line"
                    + " WHERE shard = ?1 AND line = ?2", SQLValue.loan(loan)
            ) { row throws(StoreError) in try row.text(0) }
        }
        return hashes
    }
}
