internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations

/// How a settlement, its lines and its events lie in rows.
enum SettlementRows {
    /// The columns of the id, first in every table of settlements.
    static let id = "party, currency, settles_on, netting"

    /// Every settlement, in id order.
    static func read(_ connection: borrowing Connection) throws(StoreError) -> [Settlement] {
        var lines: [SettlementID: [SettlementLine]] = [:]
        try connection.query(
            "SELECT \(id), kind, date, type, source, amount FROM settlement_line ORDER BY \(id)"
        ) { row throws(StoreError) in
            lines[try readID(row), default: []].append(try line(row))
        }
        var events: [SettlementID: [BookedSettlementEvent]] = [:]
        try connection.query(
            """
            SELECT \(id), kind, booked_on, person, reference, amount FROM settlement_event
            ORDER BY \(id), number
            """
        ) { row throws(StoreError) in
            events[try readID(row), default: []].append(
                BookedSettlementEvent(try SettlementEvents.read(row, 4), on: try row.date(5)))
        }
        let settlements = try connection.all("SELECT \(id), amount FROM settlement ORDER BY \(id)")
        { row throws(StoreError) in
            let id = try readID(row)
            return Settlement(
                id: id, amount: try row.int64(4), lines: (lines[id] ?? []).sorted(),
                events: events[id] ?? [])
        }
        return settlements.sorted { $0.id < $1.id }
    }

    /// The values of an id, in the order of the columns.
    static func values(_ id: SettlementID) -> [SQLValue] {
        [
            .text(id.party.name), .text(id.currency.code), .date(id.settlesOn),
            .text(id.netting.description),
        ]
    }

    static func readID(_ row: borrowing Row) throws(StoreError) -> SettlementID {
        let name = try row.text(3)
        guard let netting = NettingSet(name) else {
            throw .unexpectedValue(column: 3, expected: "a netting set", found: name)
        }
        return SettlementID(
            party: try row.party(0), currency: try row.currency(1), settlesOn: try row.date(2),
            netting: netting)
    }

    private static func line(_ row: borrowing Row) throws(StoreError) -> SettlementLine {
        let type: ObligationType? = try row.text(6).isEmpty ? nil : try row.named(6)
        return SettlementLine(
            try row.named(4), type: type, date: try row.date(5), source: try row.text(7),
            currency: try row.currency(1), amount: try row.int64(8))
    }

    /// The values of a line, in the order of the columns.
    static func values(_ line: SettlementLine, of id: SettlementID) -> [SQLValue] {
        values(id) + [
            .text(line.kind.rawValue), .date(line.date), .text(line.type?.rawValue ?? ""),
            .text(line.source), .int64(line.amount),
        ]
    }
}

/// How a settlement's event lies in a row.
enum SettlementEvents {
    /// The event in `kind, booked_on, person, reference, amount` from a column on.
    static func read(_ row: borrowing Row, _ column: Int) throws(StoreError) -> SettlementEvent {
        let person = try row.text(column + 2)
        let by = person.isEmpty ? nil : person
        let reference = try row.text(column + 3)
        let amount = try row.int64(column + 4)
        switch try row.text(column) {
        case "drafted": return .drafted(by: by)
        case "carried-over": return .carriedOver
        case "cleared": return .cleared
        case "approved": return .approved(by: by)
        case "instructed": return .instructed
        case "received": return .received(amount, bankRef: reference)
        case "netted": return .netted(amount, into: reference)
        case let other:
            throw .unexpectedValue(column: column, expected: "a settlement event", found: other)
        }
    }

    /// The values of an event, in the order of the columns after the id.
    static func values(_ event: SettlementEvent, number: Int, on date: BusinessDate) -> [SQLValue] {
        let (person, reference, amount): (String?, String, Int64) =
            switch event {
            case .drafted(let person), .approved(let person): (person, "", 0)
            case .carriedOver, .cleared, .instructed: (nil, "", 0)
            case .received(let amount, let bankRef): (nil, bankRef, amount)
            case .netted(let amount, let into): (nil, into, amount)
            }
        return [
            .int64(Int64(number)), .text(event.word), .date(date), .text(person ?? ""),
            .text(reference), .int64(amount),
        ]
    }

    /// Adds steps with their entries.
    ///
    /// Throws `StoreError.overtaken` when another process took one of them.
    static func add(
        _ steps: [SettlementStep], on date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) {
        for step in steps {
            let values = values(step.event, number: step.number, on: date)
            let isNew = try connection.execute(
                Table.settlementEvent.insertionUnlessPresent,
                SettlementRows.values(step.settlement) + values)
            guard isNew == 1 else {
                throw .overtaken(record: "settlement \(step.settlement)")
            }
            let shard = UInt16(shard(of: step.settlement.party.name))
            try LedgerRows.add(
                step.postings.map {
                    LedgerRow(
                        date: date, shard: shard, kind: .settlement, agreement: "", posting: $0)
                }, connection)
        }
    }
}
