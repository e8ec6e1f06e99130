// A tiny HTTP server on raw sockets: it can misbehave in ways no HTTP library allows.

import Glibc
import Synchronization

/// What the server does with one request it has read completely.
enum Reaction: Sendable {
    /// Writes the bytes and keeps the connection.
    case answer(String)
    /// Writes the bytes and closes the connection.
    case last(String)
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

    let port: UInt16
    private let listener: Int32
    private let shared: Shared

    init(_ script: @escaping Script) {
        (listener, port) = bindLoopback()
        listen(listener, 1_024)
        let shared = Shared(script)
        self.shared = shared
        let listener = listener
        runThread {
            while true {
                let socket = accept(listener, nil, nil)
                // What a program inherited would stay open.
                if socket >= 0 { _ = fcntl(socket, F_SETFD, FD_CLOEXEC) }
                guard socket >= 0 else { return }
                runThread { Self.serve(socket, shared) }
            }
        }
    }

    deinit {
        Glibc.shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    var url: String { "http://127.0.0.1:\(port)/v1/x" }
    var arrivals: [Arrival] { shared.state.withLock(\.arrivals) }
    /// Most connections that were open at the same time.
    var peakConnections: Int { shared.state.withLock(\.peak) }
    var connections: Int { shared.state.withLock(\.connections) }

    private static func serve(_ socket: Int32, _ shared: Shared) {
        let number = shared.state.withLock { state in
            state.open += 1
            state.connections += 1
            state.peak = max(state.peak, state.open)
            return state.connections
        }
        defer {
            shared.state.withLock { $0.open -= 1 }
            close(socket)
        }
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

/// A loopback port on which nobody listens.
///
/// It stays bound and never listens, so that nobody else is given it meanwhile.
func unusedPort() -> UInt16 { bindLoopback().port }

/// A loopback port for another program to listen on, free at least for the moment.
func freePort() -> UInt16 {
    let (socket, port) = bindLoopback()
    close(socket)
    return port
}

/// Whether somebody accepts connections on the loopback port.
func isListening(_ port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    return withLoopback(port: port) { connect(descriptor, $0, $1) } == 0
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

private func bindLoopback() -> (socket: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    let port = withLoopback(port: 0) { address, size in
        var size = size
        let bound =
            bind(descriptor, address, size) == 0 && getsockname(descriptor, address, &size) == 0
        precondition(bound, "no loopback port to be had")
        return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
            UInt16(bigEndian: $0.pointee.sin_port)
        }
    }
    return (descriptor, port)
}

private func withLoopback<Result>(
    port: UInt16, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result
) -> Result {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = port.bigEndian
    return withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
            body(generic, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
}

private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runThread(_ run: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let body = Unmanaged.passRetained(Body(run)).toOpaque()
    let status = pthread_create(
        &thread, nil,
        { context in
            Unmanaged<Body>.fromOpaque(context!).takeRetainedValue().run()
            return nil
        }, body)
    precondition(status == 0, "no thread to be had")
    pthread_detach(thread)
}
