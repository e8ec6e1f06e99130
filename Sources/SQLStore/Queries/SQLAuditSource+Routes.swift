package import Operations

extension SQLAuditSource {
    /// The volumes of routes with what they are counted from, as one snapshot.
    package func routes() async throws -> KeptRoutes {
        try await engine.read { connection in
            KeptRoutes(
                volumes: try RouteRows.all(connection), parts: try RouteRows.parts(connection))
        }
    }

    /// What rules have warned of, in key order.
    package func findings() async throws -> [KeptFinding] {
        try await engine.read { connection in try RuleFindingRows.all(connection) }
    }
}
