internal import BusinessCalendar

/// The steps of a close that are done.
enum CloseSteps {
    /// Deciding the day's losses.
    static let losses = "losses"
    /// Posting of a slice of shards.
    static let post = "post"
    /// Classing of claims.
    static let classes = "classes"
    /// Freezing of the day's obligations.
    static let obligations = "obligations"
    /// Putting the day's collections in transit.
    static let transit = "transit"

    /// The slices of a date that are posted, in order.
    static func posted(
        _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [Range<Int>] {
        try connection.all(
            """
            SELECT first_shard, end_shard FROM close_step WHERE date = ?1 AND step = ?2
            ORDER BY first_shard {lock}
            """, [.date(date), .text(post)]
        ) { row throws(StoreError) in
            let (first, end) = (try row.count(0), try row.count(1))
            guard first < end else {
                throw .unexpectedValue(
                    column: 1, expected: "more than \(first)", found: "\(end)")
            }
            return first..<end
        }
    }

    /// Whether a step that has no shards is done.
    static func isDone(
        _ step: String, _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        try connection.first(
            "SELECT 1 FROM close_step WHERE date = ?1 AND step = ?2", [.date(date), .text(step)]
        ) { row throws(StoreError) in try row.int64(0) } != nil
    }

    /// Marks a step as done; false when it is done already.
    @discardableResult
    static func mark(
        _ step: String, _ date: BusinessDate, _ shards: Range<Int>,
        _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        try connection.execute(
            Table.closeStep.insertionUnlessPresent,
            [
                .date(date), .text(step), .int64(Int64(shards.lowerBound)),
                .int64(Int64(shards.upperBound)),
            ]) == 1
    }
}
