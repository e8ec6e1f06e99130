internal import Synchronization
internal import ServiceLifecycle

/// Whether the service still asks for requests; once closed it stays closed.
package final class ServiceDoor: Sendable {
    private let closing = Mutex(false)

    package init() {}

    package var isClosing: Bool { closing.withLock { $0 } }

    /// From now on `/readyz` says 503.
    package func close() { closing.withLock { $0 = true } }
}

/// Closes the door first, and holds up the rest of a stop so that load balancers can see it.
///
/// Services stop in reverse order, so this one stands last.
package struct ClosingService: Service {
    private let door: ServiceDoor
    private let drain: Duration

    /// - Parameter drain: For so long requests are still taken after the door is closed.
    package init(_ door: ServiceDoor, drain: Duration) {
        self.door = door
        self.drain = drain
    }

    /// Waits for a stop.
    package func run() async throws {
        try await gracefulShutdown()
        door.close()
        if drain > .zero { try await Task.sleep(for: drain) }
    }
}
