internal import LendingRules
package import Operations

/// What a running service asks of its store.
package struct SQLServiceQueries: StoreHealth, FundingFigures {
    private let engine: any SQLEngine
    /// Where the store is, for messages.
    private let place: String

    /// The queries behind an engine; `place` is told without secrets.
    package init(engine: any SQLEngine, place: String) {
        self.engine = engine
        self.place = place
    }

    package func check() async throws {
        try await Schema.requireCurrent(engine, path: place)
    }

    package func openRequests() async throws -> [RequestTally] {
        // Each condition is that of an index, so that no scrape reads the whole book.
        let conditions = [RequestCodes.isOpen, "state = 6", "state = 10"]
        return try await engine.read { connection in
            var tallies: [RequestTally] = []
            for condition in conditions {
                tallies += try connection.all(
                    "SELECT lender, state, CAST(COUNT(*) AS BIGINT) FROM funding_request"
                        + " WHERE \(condition) GROUP BY lender, state ORDER BY lender, state"
                ) { row throws(StoreError) in
                    RequestTally(
                        party: try row.party(0), state: try RequestCodes.states.value(row, 1),
                        count: try row.int64(2))
                }
            }
            return tallies
        }
    }
}
