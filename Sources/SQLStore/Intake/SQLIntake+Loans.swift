package import LendingRules
package import Operations

// Booking of approved loans.

extension SQLIntake: LoanIntakeStore {
    package func known(_ loans: [LoanID]) async throws -> [LoanID: String] {
        try await engine.read { connection in try Self.hashes(of: loans, connection) }
    }

    /// Throws `StoreError.dateNotOpen` when a loan's booking date is not the open one, or
    /// `.overtaken` when a loan is booked with other content.
    @discardableResult
    package func book(_ bookings: [LoanBooking], snapshots: [TermsSnapshot]) async throws -> Int {
        let openDate = openDate
        return try await engine.write { connection in
            for date in Set(bookings.map(\.record.bookedOn)) {
                try openDate.require(date, connection)
            }
            try Self.insert(snapshots, connection)
            let known = try Self.hashes(of: bookings.map(\.record.loan), connection)
            for record in bookings.map(\.record)
            where known[record.loan] ?? record.contentHash != record.contentHash {
                throw StoreError.overtaken(
                    record: "loan '\(record.loan)', which has other content now,")
            }
            let new = bookings.filter { known[$0.record.loan] == nil }.sortedByShard()
            try BookingRows(new).insert(connection)
            return new.count
        }
    }

    private static func hashes(
        of loans: [LoanID], _ connection: borrowing Connection
    ) throws(StoreError) -> [LoanID: String] {
        var hashes: [LoanID: String] = [:]
        for loan in loans {
            hashes[loan] = try connection.first(
                "SELECT content_hash FROM loan WHERE shard = ?1 AND loan = ?2", SQLValue.loan(loan)
            ) { row throws(StoreError) in try row.text(0) }
        }
        return hashes
    }

    private static func insert(
        _ snapshots: [TermsSnapshot], _ connection: borrowing Connection
    ) throws(StoreError) {
        for snapshot in snapshots {
            try connection.execute(
                Table.terms.insertionUnlessPresent,
                [.text(snapshot.version.text), .text(snapshot.text)])
        }
    }
}

extension [LoanBooking] {
    /// In the order of the loans' key, so that rows are appended where the tree is hot.
    fileprivate func sortedByShard() -> [LoanBooking] {
        map { (shard(of: $0.record.loan.text), $0) }
            .sorted { ($0.0, $0.1.record.loan) < ($1.0, $1.1.record.loan) }
            .map(\.1)
    }
}
