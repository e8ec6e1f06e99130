package import Operations

extension SQLAuditSource {
    /// The use of limits with what it is counted from, as one snapshot.
    package func limits() async throws -> KeptLimits {
        try await engine.read { connection in
            let rows = try LimitRows.all(connection)
            if rows.isEmpty { return KeptLimits(used: [:]) }
            let posted = try LimitClaims.posted(connection)
            return KeptLimits(
                used: Dictionary(uniqueKeysWithValues: rows.map { ($0.slot, $0.used) }),
                claims: try LimitClaims.all(connection),
                principal: try LimitClaims.principal(through: posted, connection), posted: posted)
        }
    }
}
