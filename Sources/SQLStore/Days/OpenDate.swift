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

    /// Makes sure that `date` is open, and holds it open until the transaction ends.
    ///
    /// Throws `StoreError.dateNotOpen`.
    func require(_ date: BusinessDate, _ connection: borrowing Connection) throws(StoreError) {
        if let open = try lock(connection) {
            guard open == date else { throw .dateNotOpen("\(date)") }
            return
        }
        guard date == first else { throw .dateNotOpen("\(date)") }
        // Either the store is empty, or another process has frozen the date while we waited.
        try connection.execute(
            Table.businessDay.insertionUnlessPresent, [.date(date), 0, .null])
        guard try lock(connection) == date else { throw .dateNotOpen("\(date)") }
    }

    private func lock(_ connection: borrowing Connection) throws(StoreError) -> BusinessDate? {
        try connection.first("SELECT date FROM business_day WHERE state = 0 {lock}") {
            row throws(StoreError) in try row.date(0)
        }
    }

    /// Opens a date that is not in the store.
    func insert(_ date: BusinessDate, _ connection: borrowing Connection) throws(StoreError) {
        try connection.execute(Table.businessDay.insertion, [.date(date), 0, .null])
    }
}
