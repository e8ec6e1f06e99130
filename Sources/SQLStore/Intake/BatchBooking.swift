internal import LendingRules
internal import Operations

/// The transaction that books a batch of loans.
///
/// It holds the open date together with other intakes, then rows of limits in key order, then what
/// it inserts in key order, so that no two of them wait for each other.
struct BatchBooking: Sendable {
    let batch: LoanBatch
    let openDate: OpenDate
    let limits: LimitLedger

    /// Nothing is booked because there is no room.
    struct NoRoom: Error {
        let refused: [LoanShortage]
    }

    /// Throws ``NoRoom``, so that nothing stays of a batch of which nothing may be booked.
    func run(_ connection: borrowing Connection) throws -> BookedBatch {
        try holdDate(connection)
        let current = try ReserveRows.renewed(batch.limits, connection)
        let limits = limits.renewed(current)
        var new = try unknown(connection)
        let used = try limits.used(of: new.limitSlots, connection)
        // While it waited for the room another may have booked some of them.
        if !used.isEmpty { new = try unknown(connection) }
        var use = LimitUse(limits: current, used: used)
        let refused = use.take(new)
        let names = Set(refused.map(\.loan))
        let admitted = names.isEmpty ? new : new.filter { !names.contains($0.record.loan) }
        if !refused.isEmpty, admitted.isEmpty || !batch.keepsGood {
            throw NoRoom(refused: refused)
        }
        try insertSnapshots(connection)
        try BookingRows(admitted.sortedByShard()).insert(connection)
        try limits.take(use.taken, beyond: used, connection)
        let opened = try openLines(connection)
        return BookedBatch(booked: admitted.count + opened, refused: refused)
    }

    /// Books notes as a part of a transaction that holds the date alone.
    ///
    /// Throws `StoreError.overtaken` when there is no room any more.
    func draw(_ connection: borrowing Connection) throws {
        if batch.bookings.isEmpty { return }
        do {
            _ = try run(connection)
        } catch let short as NoRoom {
            throw StoreError.overtaken(
                record: "the limit for loan \(short.refused.first?.loan.text ?? "")")
        }
    }

    /// Gives how many lines are new.
    private func openLines(_ connection: borrowing Connection) throws(StoreError) -> Int {
        let known = try SQLIntake.hashes(of: batch.lines.map(\.line), connection)
        for line in batch.lines where known[line.line] ?? line.contentHash != line.contentHash {
            throw .overtaken(record: "line '\(line.line)', which has other content now,")
        }
        let new = batch.lines.filter { known[$0.line] == nil }
            .sorted { (shard(of: $0.line.text), $0.line) < (shard(of: $1.line.text), $1.line) }
        try connection.bulkInsert(into: .creditLine, rows: new.count) {
            index, writer throws(StoreError) in
            LineRecords.write(new[index], writer)
        }
        return new.count
    }

    private func holdDate(_ connection: borrowing Connection) throws(StoreError) {
        // Alone for lines: no loan may come by the name of one meanwhile.
        let isFirst = try limits.begins(batch.bookings.limitSlots, connection)
        let hold: OpenDate.Hold = isFirst || !batch.lines.isEmpty ? .alone : .together
        let dates = batch.bookings.map(\.record.bookedOn) + batch.lines.map(\.bookedOn)
        for date in Set(dates) {
            try openDate.require(date, connection, hold)
        }
    }

    /// The loans that are not booked yet.
    private func unknown(_ connection: borrowing Connection) throws(StoreError) -> [LoanBooking] {
        let bookings = batch.bookings
        let known = try SQLIntake.hashes(of: bookings.map(\.record.loan), connection)
        for record in bookings.map(\.record)
        where known[record.loan] ?? record.contentHash != record.contentHash {
            throw .overtaken(record: "loan '\(record.loan)', which has other content now,")
        }
        return bookings.filter { known[$0.record.loan] == nil }
    }

    private func insertSnapshots(_ connection: borrowing Connection) throws(StoreError) {
        for snapshot in batch.snapshots.sorted(by: { $0.version < $1.version }) {
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
