import Foundation
import Testing

/// A socket to the server: what is sent and when is the test's, byte for byte.
final class RawClient {
    private let socket: Int32
    private var received: [UInt8] = []

    /// Connects to this machine; no read or write lasts longer than the limit, so that a server
    /// that is silent fails a test instead of holding it up.
    init(port: Int, limitSeconds: Int = 900) throws {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: limitSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // What is left of it is released, which closes the socket: closed here as well, the number
        // would be taken from whoever has it by then.
        guard connected == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .ECONNREFUSED)
        }
    }

    deinit { close(socket) }

    /// Sends bytes; false when the server has closed the connection.
    @discardableResult
    func send(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Says that nothing more comes.
    func finish() { shutdown(socket, Int32(SHUT_WR)) }

    /// The next answer, or nil when the connection ends before its head is complete.
    func answer(toHead: Bool = false) throws -> RawAnswer? {
        while true {
            if let (answer, length) = RawAnswer.read(received, hasNoBody: toHead) {
                received.removeFirst(length)
                return answer
            }
            guard receive() else { return nil }
        }
    }

    /// True when the server closes the connection; false when it says more instead.
    func isClosed() -> Bool { received.isEmpty && !receive() }

    private func receive() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        received += buffer[..<count]
        return true
    }
}

/// An answer as it came over the wire.
struct RawAnswer {
    let status: Int
    /// Names in lower case.
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a JSON object.
    func json() throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any], "\(text)")
    }

    /// The answer at the beginning of the bytes with its length, nil while it is incomplete.
    static func read(_ bytes: [UInt8], hasNoBody: Bool) -> (RawAnswer, Int)? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            .components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        let length = hasNoBody ? 0 : Int(headers["content-length"] ?? "0") ?? 0
        guard bytes.count >= end.upperBound + length else { return nil }
        let body = Array(bytes[end.upperBound..<(end.upperBound + length)])
        return (
            RawAnswer(status: status, headers: headers, body: body), end.upperBound + length
        )
    }
}
