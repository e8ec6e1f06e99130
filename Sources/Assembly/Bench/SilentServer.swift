import Foundation
import Operations

/// A loopback port where connections are taken and nobody ever reads.
final class SilentServer {
    let url: String
    private let listener: Int32
    private var connections: [Int32] = []

    /// - Throws: ``UsageFault`` when the system has no port to give.
    init() throws(UsageFault) {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 4_096) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/"
        guard isListening else {
            throw UsageFault(code: "USAGE-025", "no port of the loopback address is to be had")
        }
    }

    deinit {
        for connection in connections { close(connection) }
        close(listener)
    }

    /// Takes connections until there are so many.
    ///
    /// - Throws: ``UsageFault`` when they have not come within half a minute.
    func wait(for count: Int) async throws {
        let end = ContinuousClock.now + .seconds(30)
        while connections.count < count {
            let connection = accept(listener, nil, nil)
            if connection >= 0 {
                connections.append(connection)
            } else if ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(5))
            } else {
                throw UsageFault(
                    code: "USAGE-025",
                    "only \(connections.count) of \(count) connections stand; `ulimit -n` says "
                        + "how many files may be open")
            }
        }
    }
}
