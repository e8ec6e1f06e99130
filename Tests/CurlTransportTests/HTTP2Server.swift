// A far side that speaks HTTP/2 frame by frame, so that it can break off between any two; the TLS
// around it is done by `openssl s_server`.

import Glibc
import Synchronization

/// One connection's answers, in the frames of RFC 9113.
struct HTTP2Line: Sendable {
    /// Error codes of the protocol.
    enum ErrorCode: UInt32 {
        case none = 0
        case internalError = 2
        case refusedStream = 7
        case cancel = 8
    }

    fileprivate enum Kind: UInt8 {
        case data, headers, priority, reset, settings, push, ping, goAway, window, continuation
    }

    fileprivate static let ends: UInt8 = 1
    private static let endsHeaders: UInt8 = 4
    fileprivate let socket: Int32

    /// `:status 200` and nothing else, whatever follows.
    func head(of stream: UInt32) {
        // The eighth entry of the static table.
        write(.headers, flags: HTTP2Line.endsHeaders, stream, [0x88])
    }

    func body(of stream: UInt32, _ text: String, isLast: Bool) {
        write(.data, flags: isLast ? HTTP2Line.ends : 0, stream, Array(text.utf8))
    }

    func answer(_ stream: UInt32, _ text: String) {
        head(of: stream)
        body(of: stream, text, isLast: true)
    }

    func reset(_ stream: UInt32, _ code: ErrorCode) {
        write(.reset, stream, HTTP2Line.bytes(code.rawValue))
    }

    /// No stream behind the last one has been looked at.
    func goAway(after last: UInt32, _ code: ErrorCode = .none) {
        write(.goAway, 0, HTTP2Line.bytes(last) + HTTP2Line.bytes(code.rawValue))
    }

    fileprivate func write(
        _ kind: Kind, flags: UInt8 = 0, _ stream: UInt32, _ payload: [UInt8]
    ) {
        var frame = Array(HTTP2Line.bytes(UInt32(payload.count))[1...])
        frame += [kind.rawValue, flags]
        frame += HTTP2Line.bytes(stream)
        frame += payload
        _ = frame.withUnsafeBytes {
            send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }
}

/// Takes one connection after the other and hands every whole request to a script.
final class HTTP2Server: Sendable {
    /// What is done with a request: its connection, its stream, and which one it is, from 1.
    typealias Script =
        @Sendable (_ line: HTTP2Line, _ stream: UInt32, _ ordinal: Int) -> Void

    private final class Shared: Sendable {
        let connections = Mutex(0)
        let arrivals = Mutex(0)
        let script: Script

        init(_ script: @escaping Script) { self.script = script }
    }

    private let listener = Listener()
    private let shared: Shared
    private let tls: TLSServer

    init(_ script: @escaping Script) async throws {
        let shared = Shared(script)
        self.shared = shared
        listener.serve { HTTP2Server.serve($0, shared) }
        tls = try await TLSServer(options: ["-alpn", "h2"], relayedTo: listener.port)
    }

    var url: String { tls.url }
    var certificate: String { tls.certificate }
    /// Connections that have spoken HTTP/2.
    var connections: Int { shared.connections.withLock(\.self) }
    /// Whole requests.
    var arrivals: Int { shared.arrivals.withLock(\.self) }

    /// Ends the connection in the middle of whatever it does, and takes no other.
    func cut() { tls.stop() }

    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    private static func serve(_ socket: Int32, _ shared: Shared) {
        let line = HTTP2Line(socket: socket)
        var buffer: [UInt8] = []
        while true {
            while let taken = take(buffer, line, shared) { buffer.removeFirst(taken) }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(socket, &chunk, chunk.count, 0)
            guard count > 0 else { return }
            buffer += chunk[..<count]
        }
    }

    /// How many bytes were understood; nil when there are too few.
    private static func take(_ buffer: [UInt8], _ line: HTTP2Line, _ shared: Shared) -> Int? {
        if buffer.starts(with: preface) {
            shared.connections.withLock { $0 += 1 }
            line.write(.settings, 0, [])
            return preface.count
        }
        guard buffer.count >= 9 else { return nil }
        let length = buffer[..<3].reduce(0) { $0 << 8 | Int($1) }
        guard buffer.count >= 9 + length else { return nil }
        let stream = buffer[5..<9].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let isEnd = buffer[4] & HTTP2Line.ends != 0
        switch HTTP2Line.Kind(rawValue: buffer[3]) {
        case .data where isEnd, .headers where isEnd:
            let ordinal = shared.arrivals.withLock { arrivals in
                arrivals += 1
                return arrivals
            }
            shared.script(line, stream, ordinal)
        case .settings where !isEnd: line.write(.settings, flags: HTTP2Line.ends, 0, [])
        case .ping where !isEnd:
            line.write(.ping, flags: HTTP2Line.ends, 0, Array(buffer[9..<17]))
        default: break
        }
        return 9 + length
    }
}
