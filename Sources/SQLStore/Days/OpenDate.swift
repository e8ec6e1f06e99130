internal import BusinessCalendar

/// Which business date takes new facts; an empty store is open on the configured first date.
struct OpenDate: Sendable {
    /// The configured first business date.
    let first: BusinessDate

    /// The date now open.
    func read(_ connection: borrowing Connection) throws(StoreError) -> BusinessDate {
        try connection.first("SELECT date FROM business_day WHERE state = 0") {
            row throws(StoreError) in try row.date(0)
        } ?? first
    }

    /// Whether other transactions may hold the date open at the same time.
    ///
    /// What relies on nobody else recording meanwhile holds it alone; a freeze waits for both.
    enum Hold {
        case alone, together
    }

    /// Makes sure that `date` is open, and holds it open until the transaction ends.
    ///
    /// Held before any other row, and never first together and then alone: two that did would wait
    /// for each other. Throws `StoreError.dateNotOpen`.
    func require(
        _ date: BusinessDate, _ connection: borrowing Connection, _ hold: Hold = .alone
    ) throws(StoreError) {
        if let open = try Self.lock(hold, connection) {
            guard open == date else { throw .dateNotOpen("\(date)") }
            return
        }
        guard date == first else { throw .dateNotOpen("\(date)") }
        // Either the store is empty, or another process has frozen the date while we waited.
        try connection.execute(
            Table.businessDay.insertionUnlessPresent, [.date(date), 0, .null])
        guard try Self.lock(hold, connection) == date else { throw .dateNotOpen("\(date)") }
    }

    /// Holds whichever date is open, together with others; nil in an empty store.
    @discardableResult
    static func hold(_ connection: borrowing Connection) throws(StoreError) -> BusinessDate? {
        // A date that was frozen while we waited is not seen; the next one is.
        if let date = try lock(.together, connection) { return date }
        return try lock(.together, connection)
    }

    private static func lock(
        _ hold: Hold, _ connection: borrowing Connection
    ) throws(StoreError) -> BusinessDate? {
        let clause = hold == .alone ? "{lock}" : "{share}"
        return try connection.first("SELECT date FROM business_day WHERE state = 0 \(clause)") {
            row throws(StoreError) in try row.date(0)
        }
    }

    /// Opens a date that is not in the store.
    func insert(_ date: BusinessDate, _ connection: borrowing Connection) throws(StoreError) {
        try connection.execute(Table.businessDay.insertion, [.date(date), 0, .null])
    }
}
