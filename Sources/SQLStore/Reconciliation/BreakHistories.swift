internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations
internal import Reconciling

/// Reads what happened to breaks and what they moved.
enum BreakHistories {
    /// A break's events, oldest first.
    static func events(
        of id: String, _ connection: borrowing Connection
    ) throws(StoreError) -> [BreakRecord] {
        try connection.all(
            """
            SELECT e.number, e.event, e.person, e.object, e.note, e.booked_on, COALESCE(t.at, 0)
            FROM break_event e LEFT JOIN break_event_time t ON t.party = e.party
                AND t.first_date = e.first_date AND t.break_id = e.break_id
                AND t.number = e.number
            WHERE e.break_id = ?1 ORDER BY e.party, e.first_date, e.number
            """, [.text(id)]
        ) { row throws(StoreError) in
            BreakRecord(
                number: try row.count(0), event: try row.text(1), person: try row.text(2),
                object: try row.text(3), note: try row.text(4), bookedOn: try row.date(5),
                instant: try row.int64(6))
        }
    }

    /// What has happened to every break, by id, oldest first.
    static func lives(
        _ connection: borrowing Connection
    ) throws(StoreError) -> [String: [BookedBreakEvent]] {
        var lives: [String: [BookedBreakEvent]] = [:]
        try connection.query(
            """
            SELECT break_id, event, person, object, booked_on FROM break_event
            ORDER BY party, first_date, break_id, number
            """
        ) { row throws(StoreError) in
            let name = try row.text(1)
            let event = BreakEvent(name: name, person: try row.text(2), object: try row.text(3))
            guard let event else {
                throw .unexpectedValue(column: 1, expected: "an event of a break", found: name)
            }
            lives[try row.text(0), default: []].append(
                BookedBreakEvent(event, on: try row.date(4)))
        }
        return lives
    }

    /// Movements of one break, or of all.
    static func movements(
        of kept: KeptBreak? = nil, _ connection: borrowing Connection
    ) throws(StoreError) -> [BookedMovement] {
        let condition =
            kept == nil ? "" : "WHERE party = ?1 AND first_date = ?2 AND break_id = ?3"
        let values: [SQLValue] =
            kept.map { [.text($0.party.name), .date($0.firstDate), .text($0.id)] } ?? []
        return try connection.all(
            """
            SELECT party, first_date, break_id, kind, currency, booked_on, amount
            FROM break_movement \(condition)
            ORDER BY party, first_date, break_id, booked_on, kind, currency
            """, values
        ) { row throws(StoreError) in
            BookedMovement(
                party: try row.party(0), firstDate: try row.date(1), breakID: try row.text(2),
                bookedOn: try row.date(5),
                movement: DisputeMovement(
                    try row.named(3), currency: try row.currency(4), amount: try row.int64(6)))
        }
    }
}
