import PostgresEngine
import TestSupport
import Testing

/// What needs a server of the test's own, since it changes the server or breaks it: one after the
/// other, on one server.
@Suite(.serialized) enum OwnServerTests {
    /// The server and the certificates it shows.
    struct Server: Sendable {
        let cluster: PostgresCluster
        let certificates: Certificates

        static let shared = Task {
            let certificates = try await Certificates()
            return Server(
                cluster: try await PostgresCluster.withTLS(certificates),
                certificates: certificates)
        }

        /// The address of a role and a database of this server, on its socket.
        func address(role: String, database: String = "postgres") throws -> PostgresAddress {
            try Schemas.address(
                cluster.url.replacing("user=colend", with: "user=\(role)")
                    .replacing("///postgres", with: "///\(database)"))
        }
    }
}
