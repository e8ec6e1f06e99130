internal import LendingRules
package import BusinessCalendar
package import Operations

/// What people said of requests, in the store.
package struct SQLResolutions: ResolutionStore {
    private let engine: any SQLEngine
    private let openDate: OpenDate

    /// A store that is empty is open on `firstDate`.
    package init(engine: any SQLEngine, firstDate: BusinessDate) {
        self.engine = engine
        openDate = OpenDate(first: firstDate)
    }

    package func disputed(_ key: String) async throws -> DisputedRequest? {
        try await engine.read { connection in
            guard let place = try RequestKey.place(of: key, connection),
                let held = try place.held(connection).first
            else { return nil }
            return DisputedRequest(
                held: held, said: try ResolutionRows.all(of: place, connection))
        }
    }

    /// Throws `StoreError.overtaken`, and nothing is kept, when something has changed since.
    package func keep(
        _ resolution: Resolution, of held: HeldRequest, _ result: RequestResult?, now: Int64
    ) async throws {
        let openDate = openDate
        try await engine.write { connection in
            let date = try openDate.read(connection)
            try openDate.require(date, connection)
            let place = RequestKey(held.request)
            let overtaken = StoreError.overtaken(record: "request \(held.request.key)")
            guard try place.held(connection).first?.version == held.version else {
                throw overtaken
            }
            guard try ResolutionRows.insert(resolution, of: place, on: date, connection) else {
                throw overtaken
            }
            let results = result.map { [$0] } ?? []
            guard try RequestResults.storeAll(results, now: now, connection) == results else {
                throw overtaken
            }
        }
    }
}

/// How people's words about requests lie in rows.
enum ResolutionRows {
    /// Those about one request, oldest first.
    static func all(
        of place: RequestKey, _ connection: borrowing Connection
    ) throws(StoreError) -> [Resolution] {
        try connection.all(
            "SELECT \(columns) FROM request_resolution" + RequestKey.condition
                + " ORDER BY number", place.values
        ) { row throws(StoreError) in try read(row, from: 0) }
    }

    /// Those about every request, by key, oldest first.
    static func all(
        _ connection: borrowing Connection
    ) throws(StoreError) -> [String: [Resolution]] {
        try byKey("", [], connection)
    }

    /// Those about the requests of one loan.
    static func all(
        of loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> [String: [Resolution]] {
        try byKey(" WHERE shard = ?1 AND loan = ?2", SQLValue.loan(loan), connection)
    }

    private static func byKey(
        _ condition: String, _ values: [SQLValue], _ connection: borrowing Connection
    ) throws(StoreError) -> [String: [Resolution]] {
        var words: [String: [Resolution]] = [:]
        try connection.query(
            "SELECT request_key, \(columns) FROM request_resolution" + condition
                + " ORDER BY request_key, number", values
        ) { row throws(StoreError) in
            words[try row.text(0), default: []].append(try read(row, from: 1))
        }
        return words
    }

    /// False when another word was kept under the number.
    static func insert(
        _ word: Resolution, of place: RequestKey, on date: BusinessDate,
        _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        try connection.execute(
            Table.requestResolution.insertionUnlessPresent,
            place.values + [
                .int64(Int64(word.number)), .int64(RequestCodes.states.code(word.state)),
                .int64(RequestCodes.resolutions.code(word.outcome)), .text(word.person),
                .text(word.reason), .int64(word.isDecision ? 1 : 0), .date(date),
            ]) == 1
    }

    private static let columns = "number, state, outcome, person, reason, is_decision"

    private static func read(
        _ row: borrowing Row, from first: Int
    ) throws(StoreError) -> Resolution {
        Resolution(
            number: try row.count(first), state: try RequestCodes.states.value(row, first + 1),
            outcome: try RequestCodes.resolutions.value(row, first + 2),
            person: try row.text(first + 3), reason: try row.text(first + 4),
            isDecision: try row.int64(first + 5) == 1)
    }
}
