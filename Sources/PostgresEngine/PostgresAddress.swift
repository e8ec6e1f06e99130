private import CPostgres

/// Where a store is: `postgres://user@host:port/database?option=value`, as libpq reads it.
///
/// TLS (`sslmode`, `sslrootcert`), timeouts, several hosts and the schema
/// (`options=-csearch_path%3Dlending`) stand in the address; a password may, but should not: libpq
/// also takes it from `PGPASSWORD` and from `~/.pgpass`.
package struct PostgresAddress: Hashable, Sendable {
    /// The address with whatever secret stands in it.
    let url: String
    /// The address without secrets, for messages.
    package let shown: String

    /// Whether a text claims to be such an address.
    package static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
    }

    /// Nil when libpq cannot read it; its reason may quote a secret, so it is not told. Nil also
    /// when it reads a part of a password, with `/` or `@` in it, as a host or a database.
    package init?(_ text: String) {
        guard Self.isAddress(text), let options = PQconninfoParse(text, nil) else { return nil }
        defer { PQconninfoFree(options) }
        var parts: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                parts[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        let names = ["host", "dbname"].compactMap { parts[$0] }
        let isPort = parts["port"]?.utf8.allSatisfy { (44...57).contains($0) } ?? true
        guard isPort, names.allSatisfy({ !$0.contains("@") }) else { return nil }
        url = text
        shown = Self.show(parts)
    }

    private static func show(_ parts: [String: String]) -> String {
        let user = parts["user"].map { "\($0)@" } ?? ""
        let port = parts["port"].map { ":\($0)" } ?? ""
        let host = parts["host"] ?? parts["hostaddr"] ?? ""
        // A socket's directory has no place before the slash.
        let isSocket = host.hasPrefix("/")
        let details = [isSocket ? "host=\(host)" : nil, parts["options"].map { "options=\($0)" }]
            .compactMap(\.self)
        return "postgres://\(user)\(isSocket ? "" : host)\(port)/\(parts["dbname"] ?? "")"
            + (details.isEmpty ? "" : "?\(details.joined(separator: "&"))")
    }
}
