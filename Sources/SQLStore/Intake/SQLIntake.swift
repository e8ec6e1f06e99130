package import BusinessCalendar

/// Everything that is taken in, in the store: loans, repayments and other facts.
package struct SQLIntake: Sendable {
    let engine: any SQLEngine
    let openDate: OpenDate
    let hasLimitGuard: Bool

    /// A store that is empty is open on `firstDate`.
    ///
    /// Without the limit guard the use of limits is looked up and changed under no lock: only for a
    /// harness that must notice.
    package init(engine: any SQLEngine, firstDate: BusinessDate, hasLimitGuard: Bool = true) {
        self.engine = engine
        self.hasLimitGuard = hasLimitGuard
        openDate = OpenDate(first: firstDate)
    }

    /// The date on which whatever is taken in now is booked.
    package func openDate() async throws -> BusinessDate {
        let openDate = openDate
        return try await engine.read { connection in try openDate.read(connection) }
    }

    /// Content hashes of those facts that are recorded already; repayments are facts.
    package func known(_ facts: [String]) async throws -> [String: String] {
        try await engine.read { connection in try NewFactRows.hashes(of: facts, connection) }
    }
}
