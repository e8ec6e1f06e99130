package import BusinessCalendar
package import LendingRules
package import Operations

// Recording of facts beyond payments.

extension SQLIntake: FactIntakeStore {
    package func subjects(_ ids: [LoanID]) async throws -> [LoanID: FactSubject] {
        try await engine.read { connection in
            var subjects: [LoanID: FactSubject] = [:]
            for id in Set(ids) { subjects[id] = try Self.subject(id, connection) }
            return subjects
        }
    }

    /// Throws `StoreError.dateNotOpen`, or `.overtaken` when a loan or line has changed since it
    /// was read, an id is recorded with other content or a limit has no room any more.
    @discardableResult
    package func record(_ batch: FactBatch, on date: BusinessDate) async throws -> Int {
        let openDate = openDate
        let booking = BatchBooking(
            batch: batch.draws, openDate: openDate,
            limits: LimitLedger(batch.draws.limits, hasGuard: hasLimitGuard))
        return try await engine.write { connection in
            try openDate.require(date, connection)
            let new = try NewFactRows.unrecorded(of: batch.facts, connection)
            let keys = try NewFactRows.unrecorded(of: batch.keys, connection)
            if new.isEmpty && keys.isEmpty { return 0 }
            for (line, notes) in batch.notes.sorted(by: { $0.key < $1.key }) {
                try LineRecords.hold(line, notes: notes, connection)
            }
            for (loan, seen) in batch.seen.sorted(by: { $0.key < $1.key }) {
                try Self.require(seen, factsOf: loan, connection)
            }
            var shift = try LimitShift(of: batch.states.keys, connection)
            try RatioGrowth.take(
                new, hasLimitGuard ? batch.limits : [],
                LimitLedger(batch.limits, hasGuard: hasLimitGuard), connection)
            try NewFactRows.insert(new, keys, connection)
            for (loan, state) in batch.states.sorted(by: { $0.key < $1.key }) {
                try Self.undo(loan, state, on: date, connection)
            }
            try shift.apply(connection)
            try booking.draw(connection)
            return new.count(where: \.isWhole) + keys.count
        }
    }

    static func subject(
        _ loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> FactSubject? {
        let found = try connection.first(
            "SELECT \(LoanRecords.columns), l.state, l.disbursed_on FROM loan l"
                + " WHERE l.shard = ?1 AND l.loan = ?2", SQLValue.loan(loan)
        ) { row throws(StoreError) in
            (
                try LoanRecords.read(row), try LoanCodes.states.value(row, LoanRecords.end),
                try row.dateOrNil(LoanRecords.end + 1)
            )
        }
        guard let (record, state, disbursedOn) = found else { return nil }
        let dossier =
            disbursedOn == nil
            ? nil : try LoanDossiers.dossier(of: loan, bookedThrough: nil, connection)
        return FactSubject(
            record: record, state: state, dossier: dossier,
            payout: disbursedOn == nil ? try payout(of: loan, connection) : nil)
    }

    private static func payout(
        of loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> PayoutState? {
        try connection.first(
            "SELECT state FROM payout WHERE shard = ?1 AND loan = ?2", SQLValue.loan(loan)
        ) { row throws(StoreError) in try PayoutCodes.states.value(row, 0) }
    }

    /// A payment that came in the meantime may have taken what a fact was to give up.
    static func require(
        _ seen: Int, factsOf loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) {
        let count = try connection.first(
            "SELECT count(*) FROM fact WHERE shard = ?1 AND loan = ?2", SQLValue.loan(loan)
        ) { row throws(StoreError) in try row.count(0) }
        guard count == seen else { throw .overtaken(record: "loan \(loan)") }
    }

    private static func undo(
        _ loan: LoanID, _ state: LoanState, on date: BusinessDate,
        _ connection: borrowing Connection
    ) throws(StoreError) {
        try SQLTransfers.releaseUnlessAwaited(loan, on: date, connection)
        try connection.execute(
            "UPDATE loan SET state = ?3 WHERE shard = ?1 AND loan = ?2",
            SQLValue.loan(loan) + [.int64(LoanCodes.states.code(state))])
        let confirmed = try connection.all(
            "SELECT request_key, loan FROM funding_request"
                + " WHERE shard = ?1 AND loan = ?2 AND state = ?3 ORDER BY request_key",
            SQLValue.loan(loan) + [.int64(RequestCodes.states.code(.confirmed))],
            RequestKey.read)
        // A bank's word that was read before must not make them what they were.
        try SQLClaims.raise(confirmed, connection)
        for key in confirmed {
            try connection.execute(
                RequestKey.update + " SET state = ?4" + RequestKey.condition,
                key.values + [.int64(RequestCodes.states.code(.returned))])
        }
    }
}
