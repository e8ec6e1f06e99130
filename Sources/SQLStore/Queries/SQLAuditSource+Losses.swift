package import Operations

extension SQLAuditSource {
    /// What closes have kept about losses besides facts.
    package func losses() async throws -> KeptLosses {
        try await engine.read { connection in
            KeptLosses(
                covers: try connection.all(LossRows.select, [], LossRows.read),
                draws: try connection.all(LossRows.selectDraws, [], LossRows.readDraw))
        }
    }
}
