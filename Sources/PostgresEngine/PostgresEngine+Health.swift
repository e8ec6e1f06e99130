internal import SQLStore

extension PostgresEngine {
    /// What a doctor wants to know of a server.
    package struct Health: Hashable, Sendable {
        /// Such as `15.20`.
        package let version: String
        /// Where the store's tables are.
        package let schema: String
        /// Whether the connection is encrypted.
        package let hasTLS: Bool
        /// Whether the server may lose what it said was committed.
        package let losesCommits: Bool
    }

    /// Asks the server about itself.
    ///
    /// - Throws: `StoreError` when it cannot be asked.
    package func health() async throws -> Health {
        let found = try await read { connection in
            try connection.first(
                """
                SELECT split_part(current_setting('server_version'), ' ', 1),
                    CAST(current_schema() AS TEXT),
                    (SELECT count(*) FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl),
                    CASE WHEN current_setting('fsync') = 'off'
                        OR current_setting('full_page_writes') = 'off' THEN 1 ELSE 0 END
                """
            ) { row throws(StoreError) in
                Health(
                    version: try row.text(0), schema: try row.text(1),
                    hasTLS: try row.int64(2) == 1, losesCommits: try row.int64(3) == 1)
            }
        }
        guard let found else { throw StoreError.missing(record: "what the server says of itself") }
        return found
    }
}
