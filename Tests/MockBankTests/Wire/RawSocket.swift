import Foundation

/// A client without manners: it sends bytes as they are and tells exactly how the other side ended.
struct RawSocket {
    /// What came back until the end.
    struct Ending {
        var bytes: [UInt8] = []
        /// Ended by a reset rather than by a close.
        var isReset = false
        var milliseconds = 0
        /// Reads that brought something.
        var pieces = 0
    }

    struct Fault: Error {
        let what: String
    }

    let port: Int
    private let descriptor: Int32

    init(port: Int) throws {
        self.port = port
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Fault(what: "cannot connect to \(port)") }
        // A hang fails the test instead of lasting.
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience,
            socklen_t(MemoryLayout<timeval>.size))
    }

    func end() { close(descriptor) }

    /// Sends all bytes; a connection that is gone is told by what is read next.
    func send(_ bytes: [UInt8]) {
        var left = bytes[...]
        while !left.isEmpty {
            let count = left.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            left = left.dropFirst(count)
        }
    }

    /// Reads to the end, or until `enough` says that no more is wanted.
    func read(until enough: ([UInt8]) -> Bool = { _ in false }) -> Ending {
        let start = ContinuousClock.now
        var ending = Ending()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !enough(ending.bytes) {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 { ending.isReset = errno == ECONNRESET }
            if count <= 0 { break }
            ending.bytes += buffer[..<count]
            ending.pieces += 1
        }
        let (seconds, attoseconds) = start.duration(to: .now).components
        ending.milliseconds = Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
        return ending
    }
}

extension RawSocket.Ending {
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var status: Int {
        guard text.hasPrefix("HTTP/1.1 ") else { return 0 }
        return Int(text.dropFirst(9).prefix(3)) ?? 0
    }

    /// Lines of the head.
    var head: [String] {
        text.components(separatedBy: "\r\n\r\n")[0].components(separatedBy: "\r\n")
    }

    var body: String {
        text.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n")
    }

    func header(_ name: String) -> String? {
        head.first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }
            .map { String($0.dropFirst(name.count + 2)) }
    }

    /// Whether all of the body is there that the head promises.
    var isWhole: Bool { header("Content-Length").flatMap { Int($0) } == body.utf8.count }
}
