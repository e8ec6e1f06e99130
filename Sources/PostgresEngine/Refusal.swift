internal import CPostgres
private import Glibc
internal import SQLStore

/// Why a connection did not come about: the server is not there now, or it will never let us in.
struct Refusal {
    private let reason: String
    /// The SQLSTATE of the server's refusal; nil when it gave none.
    private let state: String?

    /// Looks into a failed attempt to connect.
    init(_ reason: String, _ address: PostgresAddress) {
        self.reason = reason
        state = Self.isOfTLS(reason) ? nil : Self.askForState(address)
    }

    /// `.unavailable` for what may pass, `.cannotOpen` for what a person must mend.
    func failure(_ failures: FailureMapping) -> Failure {
        let isLasting =
            state.map { !Self.passing.contains($0.prefix(2)) }
            ?? (Self.isOfTLS(reason) || reason.contains("no password supplied"))
        guard isLasting else { return failures.lost(reason) }
        return Failure(.cannotOpen(path: failures.place, reason: reason + advice))
    }

    /// What libpq leaves out.
    private var advice: String {
        reason.contains("certificate verify failed")
            ? ": the server's certificate has expired, or no authority of sslrootcert has signed it"
            : ""
    }

    /// Connections, resources, and what an operator does to a server.
    private static let passing: Set<Substring> = ["08", "53", "57"]
    private static let longestWaitMilliseconds: Int32 = 5_000

    /// Whether the two sides could not agree on TLS; a handshake that was cut off is another thing.
    private static func isOfTLS(_ reason: String) -> Bool {
        ["SSL error", "does not support SSL", "certificate", "private key"]
            .contains { reason.contains($0) }
    }

    /// Connects once more: a refusal carries no code unless that is asked for before connecting.
    private static func askForState(_ address: PostgresAddress) -> String? {
        let attempt = ServerLink.withParameters(address) { PQconnectStartParams($0, $1, 1) }
        guard let attempt else { return nil }
        defer { PQfinish(attempt) }
        PQsetErrorVerbosity(attempt, PQERRORS_SQLSTATE)
        var next =
            PQstatus(attempt) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while next == PGRES_POLLING_WRITING || next == PGRES_POLLING_READING {
            let events = Int16(next == PGRES_POLLING_READING ? POLLIN : POLLOUT)
            var socket = pollfd(fd: PQsocket(attempt), events: events, revents: 0)
            guard poll(&socket, 1, longestWaitMilliseconds) > 0 else { return nil }
            next = PQconnectPoll(attempt)
        }
        return stateAtEnd(of: String(cString: PQerrorMessage(attempt)))
    }

    /// The server's word ends the message, two spaces after how grave it is, in whatever language.
    static func stateAtEnd(of message: String) -> String? {
        let end = message.utf8.reversed().drop { $0 == UInt8(ascii: "\n") }.prefix(7)
        let state = end.prefix(5).reversed()
        guard end.count == 7, state.allSatisfy(isOfState),
            end.dropFirst(5).allSatisfy({ $0 == UInt8(ascii: " ") })
        else { return nil }
        return String(decoding: Array(state), as: UTF8.self)
    }

    private static func isOfState(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte)
    }
}
