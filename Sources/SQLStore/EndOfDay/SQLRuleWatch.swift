package import BusinessCalendar
package import LendingRules
package import Operations

/// What a close holds against rules, in the store.
package struct SQLRuleWatch: RuleWatchStore {
    private let engine: any SQLEngine

    /// The books behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func lent(through date: BusinessDate) async throws -> [LentPrincipal] {
        try await engine.read { connection in
            try LimitClaims.principal(through: date, connection)
        }
    }

    package func keep(_ findings: [KeptFinding]) async throws {
        if findings.isEmpty { return }
        try await engine.write { connection in
            try RuleFindingRows.insert(findings, connection)
        }
    }
}
