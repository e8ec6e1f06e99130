package import BusinessCalendar
package import LendingRules
private import Monetary
package import Operations
package import Reconciling

/// Cash under way, in the store.
package struct SQLCash: CashStore {
    private let engine: any SQLEngine
    private let openDate: OpenDate
    private let platform: PartyID

    /// A store that is empty is open on `firstDate`.
    package init(engine: any SQLEngine, firstDate: BusinessDate, platform: PartyID) {
        self.engine = engine
        self.platform = platform
        openDate = OpenDate(first: firstDate)
    }

    package func openDate() async throws -> BusinessDate {
        let openDate = openDate
        return try await engine.read { connection in try openDate.read(connection) }
    }

    package func payments(on date: BusinessDate) async throws -> [CollectedPayment] {
        try await engine.read { connection in try CashRows.payments(date, connection) }
    }

    package func movedPayouts(on date: BusinessDate) async throws -> [MovedPayout] {
        try await engine.read { connection in try CashRows.movedPayouts(date, connection) }
    }

    package func payouts(_ keys: [String]) async throws -> [KnownPayout] {
        try await engine.read { connection in
            var known: [KnownPayout] = []
            for key in Set(keys).sorted() {
                if let payout = try CashRows.payout(key, connection) { known.append(payout) }
            }
            return known
        }
    }

    package func freeze(
        _ batches: [CashBatch], _ entries: [LedgerRow], on date: BusinessDate
    ) async throws {
        try await engine.write { connection in
            let isNew = try CloseSteps.mark(
                CloseSteps.transit, date, 0..<Int(shardCount), connection)
            guard isNew else { return }
            for batch in batches {
                try connection.execute(
                    Table.cashBatch.insertion,
                    [
                        .text(batch.remittance), .date(batch.date), .text(batch.currency.code),
                        .int64(batch.gross), .int64(batch.fee), .date(batch.dueOn),
                        .text(batch.kind.rawValue),
                    ])
            }
            try LedgerRows.add(entries, connection)
        }
    }

    package func firstInTransit() async throws -> BusinessDate? {
        try await engine.read { connection in
            try connection.first(
                "SELECT date FROM close_step WHERE step = ?1 ORDER BY date LIMIT 1",
                [.text(CloseSteps.transit)]
            ) { row throws(StoreError) in try row.date(0) }
        }
    }

    package func batches(on date: BusinessDate) async throws -> [CashBatch] {
        try await engine.read { connection in
            try connection.all(
                CashRows.selectBatches + "WHERE b.date = ?1 ORDER BY b.remittance", [.date(date)],
                CashRows.batch)
        }
    }

    package func unseen(before statement: BusinessDate) async throws -> [CashBatch] {
        try await engine.read { connection in
            try connection.all(
                CashRows.selectBatches + """
                    WHERE b.date <= ?1 AND (
                        SELECT CAST(COALESCE(SUM(c.amount), 0) AS BIGINT) FROM cash_booking c
                        WHERE c.remittance = b.remittance AND c.currency = b.currency
                            AND c.statement < ?1) = 0
                    ORDER BY b.date, b.remittance
                    """, [.date(statement)], CashRows.batch)
        }
    }

    package func booked(_ remittances: [String]) async throws -> [BookedCash] {
        try await engine.read { connection in
            var booked: [BookedCash] = []
            for remittance in remittances {
                booked += try connection.all(
                    CashRows.selectBookings + "WHERE remittance = ?1" + CashRows.order,
                    [.text(remittance)], CashRows.booked)
            }
            return booked
        }
    }

    package func booked(statement: BusinessDate) async throws -> [BookedCash] {
        try await engine.read { connection in try Self.booked(statement, connection) }
    }

    package func received(
        _ name: String, from party: PartyID, on date: BusinessDate
    ) async throws -> FileContent? {
        try await engine.read { connection in
            try connection.first(
                """
                SELECT content FROM received_file WHERE party = ?1 AND date = ?2 AND name = ?3
                ORDER BY version DESC LIMIT 1
                """, [.text(party.name), .date(date), .text(name)]
            ) { row throws(StoreError) in FileContent(name: name, bytes: try row.blob(0)) }
        }
    }

    /// Throws `StoreError.dateNotOpen`, or `.overtaken` when more of the statement, or of the
    /// settlements it confirms, is booked than the result knows.
    package func record(
        _ result: CashResult, _ difference: [CashPosting], _ entries: [LedgerRow],
        on date: BusinessDate
    ) async throws {
        let (openDate, platform) = (openDate, platform)
        try await engine.write { connection in
            try openDate.require(date, connection)
            if let statement = result.statement {
                guard try Self.booked(statement, connection) == result.before else {
                    throw StoreError.overtaken(record: "the statement of \(statement)")
                }
            }
            for reconciled in result.dates {
                try ReconciliationRows(reconciled).replace(connection, on: date)
            }
            let changes = result.dates.flatMap(\.changes) + result.changed
            try BreakRows(changes, on: date, platform: platform).write(connection)
            try Receipts.add(result.receipts, connection)
            try SettlementEvents.add(result.steps, on: date, connection)
            for posting in difference { try Self.book(posting, on: date, connection) }
            try LedgerRows.add(entries, connection)
        }
    }

    private static func booked(
        _ statement: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [BookedCash] {
        try connection.all(
            CashRows.selectBookings + "WHERE statement = ?1" + CashRows.order,
            [.date(statement)], CashRows.booked)
    }

    /// A second correction on one open date adds to the first.
    private static func book(
        _ posting: CashPosting, on date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.execute(
            Table.cashBooking.insertion + """
                 ON CONFLICT (remittance, currency, statement, booked_on)
                DO UPDATE SET amount = cash_booking.amount + excluded.amount,
                    fee = cash_booking.fee + excluded.fee
                """,
            [
                .text(posting.remittance), .text(posting.currency.code),
                .date(posting.statement), .date(date), .text(posting.kind.rawValue),
                .int64(posting.amount), .int64(posting.fee),
            ])
    }
}
