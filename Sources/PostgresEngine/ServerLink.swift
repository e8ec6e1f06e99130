internal import CPostgres
private import Glibc
internal import SQLStore

/// Owns a connection to the server.
struct ServerLink: ~Copyable {
    /// What libpq's functions take; used by one thread at a time.
    let raw: OpaquePointer

    /// Connects and waits until it has.
    ///
    /// Throws `.unavailable` when the server does not answer or is just starting, `.cannotOpen`
    /// when it answers and does not let us in.
    init(_ address: PostgresAddress, _ failures: FailureMapping) throws(Failure) {
        let connection = Self.withParameters(address) { PQconnectdbParams($0, $1, 1) }
        guard let connection else { throw failures.lost("libpq has no memory") }
        guard PQstatus(connection) == CONNECTION_OK else {
            let reason = failures.libraryMessage(connection)
            PQfinish(connection)
            throw Refusal(reason, address).failure(failures)
        }
        raw = connection
        // The default prints the server's notices on standard error.
        PQsetNoticeReceiver(raw, { _, _ in }, nil)
    }

    deinit { PQfinish(raw) }

    /// Whether the connection is still there, as far as is known on this side.
    var isOpen: Bool { PQstatus(raw) == CONNECTION_OK }

    /// Whether nothing is under way on it: no transaction, no answers to come.
    var isAtRest: Bool {
        isOpen && PQpipelineStatus(raw) == PQ_PIPELINE_OFF
            && PQtransactionStatus(raw) == PQTRANS_IDLE
    }

    /// Reads what the server has sent unasked, such as that it is going down; never waits.
    func takeNotice() { Self.takeNotice(of: raw) }

    /// The same of a connection that is just being used.
    static func takeNotice(of raw: OpaquePointer) {
        var socket = pollfd(fd: PQsocket(raw), events: Int16(POLLIN), revents: 0)
        // Its last words come before the end of the stream.
        while socket.fd >= 0, PQstatus(raw) == CONNECTION_OK, poll(&socket, 1, 0) > 0 {
            PQconsumeInput(raw)
        }
    }

    /// What the address may change comes before it, what it may not after it.
    static func withParameters<Result>(
        _ address: PostgresAddress,
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>
        ) -> Result
    ) -> Result {
        let parameters = [
            ("connect_timeout", "10"), ("fallback_application_name", "colend"),
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "60000"), ("dbname", address.url), ("client_encoding", "UTF8"),
        ]
        return withTexts(parameters.map(\.0)) { keywords in
            withTexts(parameters.map(\.1)) { values in body(keywords, values) }
        }
    }

    /// C texts that live as long as the call, with a null behind them.
    private static func withTexts<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        let bytes = texts.map { Array($0.utf8CString) }
        let all = bytes.flatMap(\.self)
        return all.withUnsafeBufferPointer { all in
            var pointers: [UnsafePointer<CChar>?] = []
            var offset = 0
            for text in bytes {
                pointers.append(all.baseAddress.map { $0 + offset })
                offset += text.count
            }
            return body(pointers + [nil])
        }
    }
}
