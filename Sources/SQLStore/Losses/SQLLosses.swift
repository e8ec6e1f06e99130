package import BusinessCalendar
package import LendingRules
package import Operations

/// What closes decide about losses, in the store.
package struct SQLLosses: LossStore {
    private let engine: any SQLEngine

    /// The decisions behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func isDecided(_ date: BusinessDate) async throws -> Bool {
        try await engine.read { connection in
            try CloseSteps.isDone(CloseSteps.losses, date, connection)
        }
    }

    package func instructed(on date: BusinessDate) async throws -> [LoanID] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT loan FROM fact WHERE \(Facts.instructs) AND value_date = ?1
                UNION
                SELECT f.loan FROM fact f
                WHERE f.booking_date = ?1 AND \(Facts.reverses(of: "f"))
                    AND EXISTS (SELECT 1 FROM fact g WHERE g.shard = f.shard AND g.loan = f.loan
                        AND \(Facts.movesClaims(of: "g")))
                ORDER BY loan
                """, [.date(date)]
            ) { row throws(StoreError) in try row.loan(0) }
        }
    }

    package func covers(before date: BusinessDate) async throws -> [KeptCover] {
        try await engine.read { connection in
            try connection.all(LossRows.select + LossRows.latest, [.date(date)], LossRows.read)
        }
    }

    package func demands(before date: BusinessDate) async throws -> [CoverDemand] {
        try await engine.read { connection in
            try connection.all(LossRows.demands, [.date(date)], LossRows.readDemand)
        }
    }

    package func decide(_ day: LossDay, facts: [NewFact]) async throws {
        let all = 0..<Surroundings.shardCount
        try await engine.write { connection in
            guard try CloseSteps.mark(CloseSteps.losses, day.date, all, connection) else {
                return
            }
            try NewFactRows.insert(facts, [], connection)
            try connection.bulkInsert(into: .lossDraw, rows: day.draws.count) {
                index, writer throws(StoreError) in
                LossRows.write(day.draws[index], on: day.date, writer)
            }
            try connection.bulkInsert(into: .coverState, rows: day.covers.count) {
                index, writer throws(StoreError) in
                LossRows.write(day.covers[index], on: day.date, writer)
            }
        }
    }
}
