internal import CPostgres
internal import SQLStore

/// Turns what the server and libpq report into `StoreError`.
struct FailureMapping: Sendable {
    /// The store without its password, for messages.
    let place: String
    /// How long the engine waits for other transactions.
    let patienceMilliseconds: Int

    /// The failure behind a result, or behind the connection when the result says nothing.
    func failure(_ result: OpaquePointer?, _ connection: OpaquePointer, sql: String) -> Failure {
        if let result, let state = colend_pg_state(result) {
            let message = colend_pg_message(result).map { String(cString: $0) } ?? ""
            let state = String(cString: state)
            // A standby admits no transaction that could write, and says it has no such feature.
            return state == "0A000" && isStandby(connection)
                ? Failure(.readOnly) : failure(state: state, message: message, sql: sql)
        }
        let message = libraryMessage(connection)
        // A write that failed leaves the connection open until its end has been read.
        ServerLink.takeNotice(of: connection)
        // A failed result without a code says the same, even where no end is to be read yet. What
        // libpq has against a call itself comes without a result.
        let isLost =
            PQstatus(connection) == CONNECTION_BAD
            || result.map { PQresultStatus($0) == PGRES_FATAL_ERROR } ?? false
        return isLost ? lost(message) : Failure(.statement(reason: message, sql: sql))
    }

    /// The failure behind an SQLSTATE: see "PostgreSQL Error Codes" in the server's manual.
    func failure(state: String, message: String, sql: String) -> Failure {
        switch state {
        case "40001", "40P01":
            Failure(.contention, .busy(waitedMilliseconds: patienceMilliseconds))
        case "55P03": Failure(.busy(waitedMilliseconds: patienceMilliseconds))
        case "57014": Failure(.interrupted(reason: message))
        case "53100": Failure(.diskFull)
        case "53400": Failure(.inputOutput(reason: message))
        case "25006": Failure(.readOnly)
        case "42501": Failure(.cannotOpen(path: place, reason: message))
        case "XX001", "XX002": Failure(.corrupt(reason: message))
        // Rested too long between two statements, or its prepared statements were taken away: a new
        // connection has neither fault.
        case "25P03", "25P04", "26000": lost(message)
        default: failure(class: state.prefix(2), message: message, sql: sql)
        }
    }

    /// The failure of a connection that is gone.
    func lost(_ message: String) -> Failure {
        Failure(.lost, .unavailable(reason: message))
    }

    /// libpq's own words, in one line.
    func libraryMessage(_ connection: OpaquePointer) -> String {
        let lines = String(cString: PQerrorMessage(connection)).split(whereSeparator: \.isNewline)
        return lines.isEmpty ? "the connection is closed" : lines.joined(separator: "; ")
    }

    private func isStandby(_ connection: OpaquePointer) -> Bool {
        PQparameterStatus(connection, "in_hot_standby").map { String(cString: $0) } == "on"
    }

    private func failure(class name: Substring, message: String, sql: String) -> Failure {
        switch name {
        case "23": Failure(.constraint(reason: message))
        // Connections, resources, and what an operator does to a server.
        case "08", "53", "57": lost(message)
        case "58", "XX": Failure(.inputOutput(reason: message))
        default: Failure(.statement(reason: message, sql: sql))
        }
    }
}
