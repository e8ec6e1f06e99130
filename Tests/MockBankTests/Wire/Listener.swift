import Foundation
import Synchronization

/// A platform that takes callbacks: it keeps what comes and answers with a status.
final class Listener: Sendable {
    /// A request that came.
    struct Message: Sendable {
        let text: String

        var body: String { text.components(separatedBy: "\r\n\r\n").last ?? "" }

        func header(_ name: String) -> String? {
            RawSocket.Ending(bytes: Array(text.utf8)).header(name)
        }
    }

    let port: Int
    private let descriptor: Int32
    private let received = Mutex<[Message]>([])
    private let statuses: Mutex<[Int]>

    /// Answers with each of `statuses` in turn, then with 200.
    ///
    /// - Parameter isDeaf: It has a port, so that nobody else is given it, and does not listen.
    init(statuses: [Int] = [], isDeaf: Bool = false) throws {
        self.statuses = Mutex(statuses)
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listening = descriptor
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
                let bound = bind(listening, place, size)
                let heard = isDeaf ? 0 : listen(listening, 64)
                return bound + heard + getsockname(listening, place, &size)
            }
        }
        guard result == 0 else { throw RawSocket.Fault(what: "cannot listen") }
        port = Int(UInt16(bigEndian: address.sin_port))
        if !isDeaf { Thread.detachNewThread { [self] in serve() } }
    }

    /// Ends the thread that serves, which closes the socket: its number may be somebody else's at
    /// once, and the thread would serve him.
    func end() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    var messages: [Message] { received.withLock { $0 } }

    /// What came once so many have come; fewer when a minute passes before.
    func wait(for count: Int) async throws -> [Message] {
        for _ in 0..<6_000 where messages.count < count {
            try await Task.sleep(for: .milliseconds(10))
        }
        return messages
    }

    private func serve() {
        defer { close(descriptor) }
        while true {
            let connection = accept(descriptor, nil, nil)
            if connection < 0 { return }
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while !RawSocket.Ending(bytes: bytes).isWhole {
                let count = recv(connection, &buffer, buffer.count, 0)
                if count <= 0 { break }
                bytes += buffer[..<count]
            }
            let message = Message(text: String(decoding: bytes, as: UTF8.self))
            received.withLock { $0.append(message) }
            let status = statuses.withLock { $0.isEmpty ? 200 : $0.removeFirst() }
            let answer = Array("HTTP/1.1 \(status) X\r\nContent-Length: 0\r\n\r\n".utf8)
            _ = answer.withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            close(connection)
        }
    }
}
