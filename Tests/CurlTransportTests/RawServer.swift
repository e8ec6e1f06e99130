// A tiny HTTP server on raw sockets: it can misbehave in ways no HTTP library allows.

import Glibc
import Synchronization

/// What the server does with one request it has read completely.
enum Reaction: Sendable {
    /// Writes the bytes and keeps the connection.
    case answer(String)
    /// Writes the bytes and closes the connection.
    case last(String)
    /// Writes the first bytes, pauses and writes the rest.
    case dribble(String, pauseMilliseconds: UInt32, String)
    /// Closes the connection without a byte.
    case drop
    /// Sends a TCP reset.
    case reset
    /// Keeps the connection and stays silent.
    case silence

    static func ok(_ body: String) -> Reaction {
        .answer("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
}

/// One request as it arrived.
struct Arrival: Sendable {
    let head: String
    let body: String
    let connection: Int

    var line: String { String(head.prefix { $0 != "\r\n" }) }
}

/// Listens on a free port of the loopback address until it is released.
final class RawServer: Sendable {
    typealias Script = @Sendable (_ arrival: Arrival, _ ordinal: Int) -> Reaction

    private struct State {
        var arrivals: [Arrival] = []
        var open = 0
        var peak = 0
        var connections = 0
    }

    private final class Shared: Sendable {
        let state = Mutex(State())
        let script: Script

        init(_ script: @escaping Script) { self.script = script }
    }

    private let listener = Listener()
    private let shared: Shared

    init(_ script: @escaping Script) {
        let shared = Shared(script)
        self.shared = shared
        listener.serve { Self.serve($0, shared) }
    }

    var port: UInt16 { listener.port }
    var url: String { "http://127.0.0.1:\(port)/v1/x" }
    var arrivals: [Arrival] { shared.state.withLock(\.arrivals) }
    /// Most connections that were open at the same time.
    var peakConnections: Int { shared.state.withLock(\.peak) }
    /// Connections over which something was asked: who waits until nobody listens on a port that
    /// was another server's before connects here too, and says nothing.
    var connections: Int { Set(arrivals.map(\.connection)).count }

    private static func serve(_ socket: Int32, _ shared: Shared) {
        let number = shared.state.withLock { state in
            state.open += 1
            state.connections += 1
            state.peak = max(state.peak, state.open)
            return state.connections
        }
        defer { shared.state.withLock { $0.open -= 1 } }
        var reader = RequestReader(socket: socket, connection: number)
        while let arrival = reader.next() {
            let ordinal = shared.state.withLock { state in
                state.arrivals.append(arrival)
                return state.arrivals.count
            }
            guard react(shared.script(arrival, ordinal), on: socket) else { return }
        }
    }

    /// Whether the connection goes on.
    private static func react(_ reaction: Reaction, on socket: Int32) -> Bool {
        switch reaction {
        case .answer(let text):
            return write(text, to: socket)
        case .last(let text):
            _ = write(text, to: socket)
            return false
        case .dribble(let first, let pause, let rest):
            guard write(first, to: socket) else { return false }
            usleep(pause * 1_000)
            return write(rest, to: socket)
        case .drop:
            return false
        case .reset:
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
            return false
        case .silence:
            return true
        }
    }

    private static func write(_ text: String, to socket: Int32) -> Bool {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}

private struct RequestReader {
    let socket: Int32
    let connection: Int
    private var buffer: [UInt8] = []

    init(socket: Int32, connection: Int) {
        self.socket = socket
        self.connection = connection
    }

    mutating func next() -> Arrival? {
        while true {
            if let arrival = takeComplete() { return arrival }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(socket, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            buffer += chunk[..<count]
        }
    }

    private mutating func takeComplete() -> Arrival? {
        let end = Array("\r\n\r\n".utf8)
        guard
            let start = buffer.indices.first(where: { buffer[$0...].starts(with: end) })
        else { return nil }
        let head = String(decoding: buffer[..<start], as: UTF8.self)
        let length =
            head.split(separator: "\r\n").lazy
            .filter { $0.lowercased().hasPrefix("content-length:") }
            .compactMap { Int($0.drop { !$0.isNumber }) }.first ?? 0
        let bodyStart = start + end.count
        guard buffer.count >= bodyStart + length else { return nil }
        let body = String(decoding: buffer[bodyStart..<bodyStart + length], as: UTF8.self)
        buffer.removeFirst(bodyStart + length)
        return Arrival(head: head, body: body, connection: connection)
    }
}
