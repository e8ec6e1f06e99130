import Foundation
import Synchronization

/// A loopback port that a process can be started on again and again.
///
/// It is below those that the system gives to outgoing connections: while its owner is being
/// started again nobody else gets it by chance, not even a client that connects to it.
enum FreePort {
    private static let range = 20_000..<32_000
    private static let next = Mutex<Int>(Int(getpid()) * 97)

    /// Nil when none of a thousand is free.
    static func take() -> Int? {
        for _ in 0..<1_000 {
            let number = next.withLock { next in
                next += 1
                return next
            }
            let port = range.lowerBound + number % range.count
            if isFree(port) { return port }
        }
        return nil
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
