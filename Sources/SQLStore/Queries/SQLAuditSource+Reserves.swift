package import LendingRules
import Operations

extension SQLAuditSource {
    /// Everything lenders have paid into their deposits and been paid back.
    package func reserveMovements() async throws -> [ReserveMovement] {
        try await engine.read { connection in
            try connection.all(ReserveRows.select, [], ReserveRows.read)
        }
    }
}
