internal import LendingRules
internal import Operations

/// The transaction that books a batch of loans.
///
/// It holds the open date together with other intakes, then rows of limits and those of routes in
/// key order, then what it inserts in key order, so that no two of them wait for each other. Who
/// lends what is decided when all of them are held.
struct BatchBooking: Sendable {
    let batch: LoanBatch
    let openDate: OpenDate
    let limits: LimitLedger

    /// Nothing is booked because there is no room, or nobody lends a loan.
    struct NoRoom: Error {
        let refused: [LoanRefusal]
    }

    /// Throws ``NoRoom``, so that nothing stays of a batch of which nothing may be booked.
    func run(_ connection: borrowing Connection) throws -> BookedBatch {
        try holdDate(connection)
        let current = try ReserveRows.renewed(batch.limits, connection)
        let limits = limits.renewed(current)
        var new = try unknown(connection)
        let dimensions = try limits.dimensions(connection)
        let used = try limits.used(of: new.limitSlots(by: dimensions), connection)
        let volumes = try RouteRows.held(new.routeSlots, connection)
        // While it waited for the room another may have booked some of them.
        if !used.isEmpty || !volumes.isEmpty { new = try unknown(connection) }
        var run = FundingRun(
            limits: LimitUse(limits: current, used: used), volumes: volumes, book: batch.rules)
        let funded = run.book(new)
        let admitted = funded.bookings
        if !funded.refused.isEmpty, admitted.isEmpty || !batch.keepsGood {
            throw NoRoom(refused: funded.refused)
        }
        try insertSnapshots(connection)
        try BookingRows(admitted.sortedByShard()).insert(connection)
        let begun = new.begun(by: admitted, dimensions).filter { used[$0] != nil }
        try limits.take(
            run.limits.taken.merging(begun.map { ($0, 0) }) { taken, _ in taken }, beyond: used,
            connection)
        try RouteRows.add(run.routed, of: new.routes, connection)
        let opened = try openLines(connection)
        return BookedBatch(
            booked: admitted.count + opened, refused: funded.refused, warnings: funded.warnings)
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
                record: "what is left for loan \(short.refused.first?.loan.text ?? "")")
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
        let slots = batch.bookings.limitSlots(by: try limits.dimensions(connection))
        let isFirstUse = try limits.begins(slots, connection)
        let isFirstRoute = try RouteRows.begins(batch.bookings.routeSlots, connection)
        let isAlone = isFirstUse || isFirstRoute || !batch.lines.isEmpty
        let hold: OpenDate.Hold = isAlone ? .alone : .together
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
    /// Where those count who may lend the loans that were admitted of these: a bank that took
    /// nothing gets its row as well, or every later batch would have to count it anew. A value of a
    /// dimension needs none, see ``LimitLedger/used(of:_:)``.
    fileprivate func begun(by admitted: [LoanBooking], _ dimensions: Set<LimitDimension>)
        -> Set<LimitSlot>
    {
        if allSatisfy({ $0.open == nil }) { return [] }
        let names = Set(admitted.map(\.record.loan))
        return filter { $0.open != nil && names.contains($0.record.loan) }
            .limitSlots(by: dimensions).filter { $0.whole == $0 }
    }

    /// In the order of the loans' key, so that rows are appended where the tree is hot.
    fileprivate func sortedByShard() -> [LoanBooking] {
        map { (shard(of: $0.record.loan.text), $0) }
            .sorted { ($0.0, $0.1.record.loan) < ($1.0, $1.1.record.loan) }
            .map(\.1)
    }
}
