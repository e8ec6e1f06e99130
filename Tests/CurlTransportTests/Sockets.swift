// Loopback sockets and the threads that serve them.

import Glibc
import Synchronization

/// Listens on a free port of the loopback address until it is released.
final class Listener: Sendable {
    let port: UInt16
    private let socket: Int32
    private let isServed = Atomic(false)

    init() {
        (socket, port) = bindLoopback()
        listen(socket, 1_024)
    }

    /// The thread that serves closes the socket: its number may be somebody else's at once, and the
    /// thread would take his connections.
    deinit {
        Glibc.shutdown(socket, Int32(SHUT_RDWR))
        if !isServed.load(ordering: .relaxed) { close(socket) }
    }

    /// Gives every connection to the body, on a thread of its own, and closes it afterwards. Once.
    func serve(_ body: @escaping @Sendable (Int32) -> Void) {
        isServed.store(true, ordering: .relaxed)
        let listener = socket
        runThread {
            defer { close(listener) }
            while true {
                let socket = accept(listener, nil, nil)
                // What a program inherited would stay open.
                if socket >= 0 { _ = fcntl(socket, F_SETFD, FD_CLOEXEC) }
                guard socket >= 0 else { return }
                runThread {
                    body(socket)
                    close(socket)
                }
            }
        }
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

/// A connection to a loopback port; nil when nobody listens there.
func connected(to port: UInt16) -> Int32? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    if withLoopback(port: port, { connect(descriptor, $0, $1) }) == 0 { return descriptor }
    close(descriptor)
    return nil
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

func runThread(_ run: @escaping @Sendable () -> Void) {
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
