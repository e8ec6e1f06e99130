package import BusinessCalendar
package import Operations

/// The calendar of the books in the store.
package struct SQLBusinessDays: BusinessDays {
    private let engine: any SQLEngine
    private let openDate: OpenDate

    /// A store that is empty is open on `firstDate`.
    package init(engine: any SQLEngine, firstDate: BusinessDate) {
        self.engine = engine
        openDate = OpenDate(first: firstDate)
    }

    package func status() async throws -> DayStatus {
        let openDate = openDate
        return try await engine.read { connection in
            DayStatus(
                open: try openDate.read(connection),
                closing: try connection.first("SELECT date FROM business_day WHERE state = 1") {
                    row throws(StoreError) in try row.date(0)
                },
                lastClosed: try connection.first(
                    ClosedDays.select + " ORDER BY date DESC LIMIT 1", [], ClosedDays.read))
        }
    }

    package func freeze(_ date: BusinessDate) async throws {
        let openDate = openDate
        try await engine.write { connection in
            let state = try connection.first(
                "SELECT state FROM business_day WHERE date = ?1 {lock}", [.date(date)]
            ) { row throws(StoreError) in try row.int64(0) }
            if state == 1 { return }
            try openDate.require(date, connection)
            try connection.execute(
                "UPDATE business_day SET state = 1 WHERE date = ?1", [.date(date)])
            try openDate.insert(date.adding(days: 1), connection)
        }
    }

    /// Throws `StoreError.overtaken` when the date is not closing, unless it is closed with the
    /// same head.
    package func finish(_ date: BusinessDate, head: [UInt8]) async throws {
        try await engine.write { connection in
            let changed = try connection.execute(
                """
                UPDATE business_day SET state = 2, head = ?2
                WHERE date = ?1 AND (state = 1 OR state = 2 AND head = ?2)
                """, [.date(date), .blob(head)])
            guard changed == 1 else {
                throw StoreError.overtaken(record: "the close of \(date)")
            }
        }
    }
}

/// How a closed day lies in a row.
enum ClosedDays {
    /// Selects closed days; add an ORDER BY.
    static let select = "SELECT date, head FROM business_day WHERE state = 2"

    /// The day in a row of `select`.
    static func read(_ row: borrowing Row) throws(StoreError) -> ClosedDay {
        ClosedDay(date: try row.date(0), head: try row.blob(1))
    }
}
