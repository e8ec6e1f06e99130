private import Foundation

extension PostgresCluster {
    /// Starts a server with TLS on a free port of 127.0.0.1, where it calls itself `localhost`.
    ///
    /// `ann` comes in by her certificate, `bob` by the password `right`, `colend` freely.
    ///
    /// - Throws: ``Absence`` or an error of Foundation.
    package static func withTLS(_ certificates: Certificates) async throws -> PostgresCluster {
        try certificates.folder.write(
            """
            local   all all                 trust
            hostssl all ann    127.0.0.1/32 cert
            host    all bob    127.0.0.1/32 scram-sha-256
            host    all colend 127.0.0.1/32 trust

            """, to: "pg_hba.conf")
        // Not on the command line, which `set` could not change any more.
        try certificates.folder.write(
            "ssl = on\nssl_ca_file = 'ca.crt'\n", to: "postgresql.auto.conf")
        while true {
            do {
                return try await listening(with: certificates)
            } catch let absence as Absence
                where absence.description.contains("Address already in use")
            {
                // Somebody else took the port while the data directory was made.
            }
        }
    }

    private static func listening(with certificates: Certificates) async throws -> PostgresCluster {
        try await PostgresCluster(
            settings: [
                "-c", "listen_addresses=127.0.0.1",
                // It is killed in tests, which must not wait for the machine's disk.
                "-c", "fsync=off",
            ],
            files: [
                "server.crt", "server.key", "expired.crt", "expired.key", "ca.crt", "pg_hba.conf",
                "postgresql.auto.conf",
            ].map(certificates.file),
            port: freePort())
    }

    /// The address of the server over TCP, for a user and with options of TLS.
    package func secureURL(user: String = "colend", _ options: String) -> String {
        let port = url.split(separator: "&").first { $0.hasPrefix("port=") } ?? ""
        return "postgresql:///postgres?host=localhost&hostaddr=127.0.0.1&\(port)&user=\(user)"
            + "&\(options)"
    }

    /// Changes settings of the running server: `ssl = off`.
    ///
    /// - Throws: ``Absence`` when it cannot, or an error of Foundation.
    package func set(_ assignments: String...) async throws {
        for assignment in assignments { try await psql("ALTER SYSTEM SET \(assignment)") }
        try await psql("SELECT pg_reload_conf()")
    }

    /// A port that nobody listens on; somebody could before we do.
    private static func freePort() -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = bind(descriptor, pointer, length)
                _ = getsockname(descriptor, pointer, &length)
            }
            return UInt16(bigEndian: pointer.pointee.sin_port)
        }
    }
}
