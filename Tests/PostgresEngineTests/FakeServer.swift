import Foundation
import TestSupport

/// Listens where a PostgreSQL server would and says what it is told to, whatever it is asked.
final class FakeServer: Sendable {
    private let folder: TemporaryFolder
    private let listener: Int32

    /// Answers every connection with the same bytes, then hears it out, or hangs up at once.
    init(saying bytes: [UInt8], hangsUp: Bool = false) throws {
        folder = try TemporaryFolder()
        let listener = try UnixSocket.listen(folder.path(".s.PGSQL.5432"))
        self.listener = listener
        Thread.detachNewThread {
            // Nobody else closes it: its number could be another's while this thread accepts.
            defer { close(listener) }
            while case let peer = accept(listener, nil, nil), peer >= 0 {
                var buffer = [UInt8](repeating: 0, count: 4096)
                _ = read(peer, &buffer, buffer.count)
                _ = send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                while !hangsUp, read(peer, &buffer, buffer.count) > 0 {}
                close(peer)
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    var url: String { "postgresql:///books?user=ann&host=\(folder.path)" }

    /// A server that lets everyone in.
    static func greeting(version: String, encoding: String) -> [UInt8] {
        message("R", [0, 0, 0, 0])
            + [("server_version", version), ("server_encoding", encoding)]
            .flatMap { message("S", text($0.0) + text($0.1)) } + message("Z", [UInt8(ascii: "I")])
    }

    /// A server that refuses for a reason.
    static func refusal(state: String) -> [UInt8] {
        let fields = [("S", "FATAL"), ("V", "FATAL"), ("C", state), ("M", "by request")]
        return message("E", fields.flatMap { Array($0.0.utf8) + text($0.1) } + [0])
    }

    private static func message(_ kind: String, _ content: [UInt8]) -> [UInt8] {
        let length = UInt32(content.count + 4).bigEndian
        return Array(kind.utf8) + withUnsafeBytes(of: length, Array.init) + content
    }

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }
}

/// Sockets in the file system.
enum UnixSocket {
    static func listen(_ path: String) throws -> Int32 {
        try make(path) { bind($0, $1, $2) == 0 && Glibc.listen($0, 64) == 0 }
    }

    static func connect(_ path: String) throws -> Int32 {
        try make(path) { Glibc.connect($0, $1, $2) == 0 }
    }

    private static func make(
        _ path: String, _ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Bool
    ) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let isFitting = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard path.utf8.count < room.count else { return false }
            room.copyBytes(from: path.utf8)
            return true
        }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let isDone = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                use(descriptor, $0, length)
            }
        }
        guard descriptor >= 0, isFitting, isDone else {
            throw PostgresCluster.Absence(description: "no socket at \(path)")
        }
        return descriptor
    }
}
