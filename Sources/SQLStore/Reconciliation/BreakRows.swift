internal import Bookkeeping
internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations
internal import Reconciling

/// The rows that changes of breaks leave, booked on one open date.
struct BreakRows {
    private let changes: [BreakChange]
    private let date: BusinessDate
    private let platform: PartyID

    /// The rows of changes on an open date.
    init(_ changes: [BreakChange], on date: BusinessDate, platform: PartyID) {
        self.changes = changes
        self.date = date
        self.platform = platform
    }

    /// Writes breaks, events, signatures, movements and entries.
    ///
    /// Throws `StoreError.overtaken` when a break has changed since, and `.constraint` when a
    /// person signs a proposal twice.
    func write(_ connection: borrowing Connection) throws(StoreError) {
        try writeBreaks(connection)
        try writeEvents(connection)
        try writeSignatures(connection)
        try writeMovements(connection)
    }

    private func writeBreaks(_ connection: borrowing Connection) throws(StoreError) {
        let changes = changes
        let table = Table.reconciliationBreak
        let written = try connection.batch(
            table.insertionOrReplacement
                + " WHERE \(table.name).events = ?\(table.columns.count + 1)",
            rows: changes.count
        ) { index, writer throws(StoreError) in
            KeptBreaks.write(changes[index].kept, writer)
            writer.int64(Int64(changes[index].version))
        }
        guard written == changes.count else {
            throw .overtaken(record: "a break of \(changes[0].kept.party)")
        }
        try connection.batch(Table.breakEvidence.insertionOrReplacement, rows: changes.count) {
            index, writer throws(StoreError) in
            KeptBreaks.writeEvidence(changes[index].kept, writer)
        }
    }

    private func writeEvents(_ connection: borrowing Connection) throws(StoreError) {
        let events = changes.flatMap { change in
            change.acts.enumerated().map { (change, change.version + $0.offset + 1, $0.element) }
        }
        let date = date
        try connection.batch(Table.breakEvent.insertion, rows: events.count) {
            index, writer throws(StoreError) in
            let (change, number, act) = events[index]
            BreakRows.name(change.kept, writer)
            writer.int64(Int64(number))
            writer.text(act.event.name)
            writer.text(act.event.person ?? "")
            writer.text(act.event.object)
            writer.text(act.note)
            writer.date(date)
        }
        try connection.batch(Table.breakEventTime.insertion, rows: events.count) {
            index, writer throws(StoreError) in
            BreakRows.name(events[index].0.kept, writer)
            writer.int64(Int64(events[index].1))
            writer.int64(events[index].0.instant)
        }
    }

    private func writeSignatures(_ connection: borrowing Connection) throws(StoreError) {
        for change in changes {
            for act in change.acts {
                guard let (person, role) = BreakRows.signature(act.event) else { continue }
                let kept = change.kept
                let isNew = try connection.execute(
                    Table.breakSignature.insertion + " ON CONFLICT DO NOTHING",
                    [
                        .text(kept.party.name), .date(kept.firstDate), .text(kept.id),
                        .int64(Int64(kept.lifecycle.round)), .text(person), .text(role),
                    ])
                guard isNew == 1 else {
                    throw .constraint(
                        reason: "\(person) or another has signed this proposal for \(kept.id)")
                }
            }
        }
    }

    private static func signature(_ event: BreakEvent) -> (String, String)? {
        switch event {
        case .proposed(_, let person): (person, "proposed")
        case .approved(let person): (person, "approved")
        default: nil
        }
    }

    private func writeMovements(_ connection: borrowing Connection) throws(StoreError) {
        for change in changes {
            let (kept, date) = (change.kept, date)
            try connection.batch(BreakRows.addition, rows: change.movements.count) {
                index, writer throws(StoreError) in
                let movement = change.movements[index]
                BreakRows.name(kept, writer)
                writer.text(movement.kind.rawValue)
                writer.text(movement.currency.code)
                writer.date(date)
                writer.int64(movement.amount)
            }
            let shard = UInt16(shard(of: kept.party.name))
            try LedgerRows.add(
                change.postings(platform: platform).map {
                    LedgerRow(
                        date: date, shard: shard, kind: $0.kind, agreement: "",
                        posting: $0.posting)
                }, connection)
        }
    }

    private static let addition =
        Table.breakMovement.insertion + """
             ON CONFLICT (party, first_date, break_id, kind, currency, booked_on)
            DO UPDATE SET amount = break_movement.amount + excluded.amount
            """

    private static func name(_ kept: KeptBreak, _ writer: any RowWriter) {
        writer.text(kept.party.name)
        writer.date(kept.firstDate)
        writer.text(kept.id)
    }
}
