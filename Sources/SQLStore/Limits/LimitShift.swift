internal import BusinessCalendar
internal import LendingRules
internal import Operations

/// Lets the use of limits follow what a transaction does to loans that are booked: what their
/// shares count afterwards less what they counted before, so that a share is given back once,
/// together with the change by which it goes back.
///
/// The transaction holds the open date, or a count that begins meanwhile would miss it.
struct LimitShift {
    private let loans: [LoanID]
    private let isCounted: Bool
    private let dimensions: Set<LimitDimension>
    private let posted: BusinessDate?
    private let versions: LimitVersions
    private var change: [LimitSlot: Int64] = [:]

    /// Looks at the loans before they change, and keeps others from changing them.
    init(of loans: some Sequence<LoanID>, _ connection: borrowing Connection) throws(StoreError) {
        self.loans = Set(loans).sorted()
        let counted = self.loans.isEmpty ? [] : try LimitRows.counted(connection)
        isCounted = !counted.isEmpty
        dimensions = Set(counted.compactMap(\.scope.dimension))
        posted = isCounted ? try LimitClaims.posted(connection) : nil
        versions = isCounted ? try LimitVersions(connection) : LimitVersions()
        if isCounted {
            for loan in self.loans {
                try connection.query(
                    "SELECT 1 FROM loan WHERE shard = ?1 AND loan = ?2 {lock}",
                    SQLValue.loan(loan)
                ) { _ throws(StoreError) in }
            }
        }
        try add(-1, connection)
    }

    /// Looks at them again and changes the use by the difference, in key order.
    mutating func apply(_ connection: borrowing Connection) throws(StoreError) {
        var tally = LimitTally()
        try apply(&tally, connection)
    }

    /// The same in a transaction that counts more than once.
    mutating func apply(
        _ tally: inout LimitTally, _ connection: borrowing Connection
    ) throws(StoreError) {
        try add(1, connection)
        let changes = change.filter { $0.value != 0 }.sorted { $0.key < $1.key }
        let first = changes.isEmpty ? [:] : try LimitRows.first(connection)
        for (slot, amount) in changes { tally.note(amount, of: slot) }
        // Values that were counted, with their changes, when their dimension began.
        var begun: Set<LimitSlot> = []
        for (slot, amount) in changes where !begun.contains(slot.whole) {
            // What is not counted has no row, nor has what lies before the first that is.
            guard let begin = first[slot.key.whole], begin <= slot.whole else { continue }
            let isOfCounted = try holdsWhole(of: slot, connection)
            if try LimitRows.add(amount, to: slot, upTo: nil, connection) { continue }
            if isOfCounted {
                try LimitRows.insert(slot, used: amount, connection)
                continue
            }
            // A share moved to a lender that had taken none in that period yet.
            let used = try tally.used(of: slot, connection)
            try LimitRows.insert(slot, used: used, connection)
            guard slot.isOfDimension, slot.whole == slot else { continue }
            begun.insert(slot)
            let values = try tally.values(of: slot, connection)
            for (value, used) in values.sorted(by: { $0.key < $1.key }) {
                try LimitRows.insert(value, used: used, connection)
            }
        }
    }

    /// Whether a value's dimension is counted in its period. Keeps others from making a row of the
    /// value meanwhile.
    private func holdsWhole(
        of slot: LimitSlot, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        guard slot.whole != slot else { return false }
        return try LimitRows.used(of: slot.whole, isLocking: true, connection) != nil
    }

    private mutating func add(
        _ sign: Int64, _ connection: borrowing Connection
    ) throws(StoreError) {
        guard isCounted else { return }
        for loan in loans {
            let count = LimitCount(
                claims: try LimitClaims.claims(of: loan, versions, dimensions, connection),
                principal: [], posted: posted)
            for (slot, amount) in count.used { change[slot, default: 0] += sign * amount }
        }
    }
}

/// Lets the use of what is outstanding follow a close: principal that came into the books on its
/// date or left them, less the reservations that became such principal.
enum LimitClose {
    /// Once for each date, together with the step that freezes its obligations.
    static func take(
        _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) {
        let counted = try LimitRows.counted(connection).filter { $0.span == .outstanding }
        if counted.isEmpty { return }
        let dimensions = Set(counted.compactMap(\.scope.dimension))
        let before = date.adding(days: -1)
        let moved = LimitCount(
            claims: [],
            principal: try LimitClaims.principal(on: date, connection)
                + LoanPrincipal.moved(on: date, by: dimensions, connection),
            posted: date)
        let claims = try LimitClaims.disbursed(on: date, by: dimensions, connection)
        let reserved = LimitCount(claims: claims, principal: [], posted: before)
        // What was taken over by ratio changes has become principal, whatever it has come to.
        let grown = LimitCount(
            claims: [], principal: try RatioGrowth.posted(on: date, by: dimensions, connection),
            posted: date)
        // What banks of these loans have yet to give back stays reserved.
        let still = LimitCount(claims: claims, principal: [], posted: date)
        let slots = Set(moved.used.keys).union(reserved.used.keys).union(grown.used.keys)
        for slot in slots.filter({ counted.contains($0.key.whole) }).sorted() {
            let released = (reserved.used[slot] ?? 0) - (still.used[slot] ?? 0)
            let change = (moved.used[slot] ?? 0) - released - (grown.used[slot] ?? 0)
            if change == 0 { continue }
            if try LimitRows.add(change, to: slot, upTo: nil, connection) { continue }
            try LimitRows.insert(slot, used: change, connection)
        }
    }
}
