internal import LendingRules
internal import Monetary
internal import Operations

/// How the volumes of routes, and what they gave of each loan, lie in rows.
enum RouteRows {
    /// What is kept of slots in key order; nothing of those without a row.
    static func volumes(
        of slots: [RouteSlot], isLocking: Bool, _ connection: borrowing Connection
    ) throws(StoreError) -> [RouteSlot: Int64] {
        let clause = isLocking ? " {lock}" : ""
        var volumes: [RouteSlot: Int64] = [:]
        for slot in slots {
            volumes[slot] = try connection.first(
                "SELECT offered FROM route_volume" + condition + clause, values(slot)
            ) { row throws(StoreError) in try row.int64(0) }
        }
        return volumes
    }

    /// The same with every row held, zero where there is none: the transaction holds the date alone
    /// then, see ``begins(_:_:)``.
    static func held(
        _ slots: Set<RouteSlot>, _ connection: borrowing Connection
    ) throws(StoreError) -> [RouteSlot: Int64] {
        if slots.isEmpty { return [:] }
        let kept = try volumes(of: slots.sorted(), isLocking: true, connection)
        return slots.reduce(into: kept) { if $0[$1] == nil { $0[$1] = 0 } }
    }

    /// Whether rows are missing, so that nothing can be held by them.
    static func begins(
        _ slots: Set<RouteSlot>, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        if slots.isEmpty { return false }
        return try volumes(of: slots.sorted(), isLocking: false, connection).count < slots.count
    }

    /// Changes each row once; where a route gives its first part all its banks get one.
    static func add(
        _ routed: [RouteSlot: Int64], of routes: [[RouteSlot]], _ connection: borrowing Connection
    ) throws(StoreError) {
        if routed.isEmpty { return }
        let begun = Set(routes.filter { $0.contains { routed[$0] != nil } }.joined())
        for slot in begun.sorted() {
            try connection.execute(
                Table.routeVolume.insertionUnlessPresent, values(slot) + [.int64(0)])
            guard let amount = routed[slot] else { continue }
            try connection.execute(
                "UPDATE route_volume SET offered = offered + ?6" + condition,
                values(slot) + [.int64(amount)])
        }
    }

    /// What routes gave of new loans in key order.
    static func insert(
        _ bookings: [LoanBooking], _ connection: borrowing Connection
    ) throws(StoreError) {
        let parts = bookings.flatMap { booking in
            booking.routed.map { (loan: booking.record.loan, part: $0) }
        }
        if parts.isEmpty { return }
        try connection.bulkInsert(into: .routedShare, rows: parts.count) {
            index, writer throws(StoreError) in
            let (loan, part) = parts[index]
            writer.loan(loan)
            writer.text(part.slot.route)
            writer.text(part.slot.party.name)
            writer.int64(part.amount)
        }
    }

    /// Every volume that is kept.
    static func all(_ connection: borrowing Connection) throws(StoreError) -> [RouteSlot: Int64] {
        var volumes: [RouteSlot: Int64] = [:]
        try connection.query(
            "SELECT agreement, route, mix, party, currency, offered FROM route_volume"
        ) { row throws(StoreError) in
            let slot = RouteSlot(
                agreement: try row.text(0), route: try row.text(1), mix: try row.text(2),
                party: try row.party(3), currency: try row.currency(4))
            volumes[slot] = try row.int64(5)
        }
        return volumes
    }

    /// Every part that a route gave, with what its bank was asked for first.
    static func parts(_ connection: borrowing Connection) throws(StoreError) -> [RoutedLoan] {
        try connection.all(
            """
            SELECT \(LoanRecords.columns), s.route, s.party, s.amount, r.amount
            FROM routed_share s JOIN loan l ON l.shard = s.shard AND l.loan = s.loan
            LEFT JOIN funding_request r ON r.shard = s.shard AND r.loan = s.loan
                AND r.request_key = s.loan || '.' || s.party || '.1'
            ORDER BY s.loan, s.route, s.party
            """
        ) { row throws(StoreError) in
            let end = LoanRecords.end
            return RoutedLoan(
                record: try LoanRecords.read(row), route: try row.text(end),
                party: try row.party(end + 1), amount: try row.int64(end + 2),
                asked: row.isNull(end + 3) ? nil : try row.int64(end + 3))
        }
    }

    private static let condition =
        " WHERE agreement = ?1 AND route = ?2 AND mix = ?3 AND party = ?4 AND currency = ?5"

    private static func values(_ slot: RouteSlot) -> [SQLValue] {
        [
            .text(slot.agreement), .text(slot.route), .text(slot.mix), .text(slot.party.name),
            .text(slot.currency.code),
        ]
    }
}

extension [LoanBooking] {
    /// The slots of each route that may take a part of loans of which it is open who lends them.
    var routes: [[RouteSlot]] {
        var seen: Set<RouteSlot> = []
        var routes: [[RouteSlot]] = []
        for open in compactMap(\.open) {
            for route in open.agreement.routes(for: open.loan) {
                let slots = route.slots(agreement: open.agreement.name, open.agreement.currency)
                if let first = slots.first, seen.insert(first).inserted { routes.append(slots) }
            }
        }
        return routes
    }

    var routeSlots: Set<RouteSlot> { Set(routes.joined()) }
}
