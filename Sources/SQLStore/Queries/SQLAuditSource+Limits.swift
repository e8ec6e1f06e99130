internal import LendingRules
package import Operations

extension SQLAuditSource {
    /// The use of limits with what it is counted from, as one snapshot.
    package func limits() async throws -> KeptLimits {
        try await engine.read { connection in
            let rows = try LimitRows.all(connection)
            if rows.isEmpty { return KeptLimits(used: [:]) }
            let posted = try LimitClaims.posted(connection)
            let dimensions = Set(rows.compactMap(\.slot.key.scope.dimension))
            return KeptLimits(
                used: Dictionary(uniqueKeysWithValues: rows.map { ($0.slot, $0.used) }),
                claims: try LimitClaims.all(by: dimensions, connection),
                principal: try LimitClaims.principal(through: posted, connection)
                    + LoanPrincipal.standing(through: posted, by: dimensions, connection)
                    + RatioGrowth.pending(beyond: posted, by: dimensions, connection),
                posted: posted)
        }
    }
}
