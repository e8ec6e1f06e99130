private import CPostgres
private import Synchronization

/// Asks the server to give up the statement a connection is running; usable from any thread.
final class Canceller: @unchecked Sendable {
    // libpq never changes it after it is made: PQcancel is safe from any thread.
    private let handle: OpaquePointer?

    init(_ connection: OpaquePointer) {
        handle = PQgetCancel(connection)
    }

    deinit { PQfreeCancel(handle) }

    /// Returns when the server has passed the request on; does nothing where nothing runs.
    func cancel() {
        var reason = [CChar](repeating: 0, count: 256)
        // Who cancels has nobody to tell; the statement then ends by itself.
        _ = PQcancel(handle, &reason, Int32(reason.count))
    }
}

/// Whether the task behind a call has been cancelled, and which connection works for it.
final class Cancellation: Sendable {
    private struct State {
        var isCancelled = false
        var running: Canceller?
    }

    private let state = Mutex(State())

    /// Whether the task has been cancelled since the call.
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Cancels what runs now, or what will.
    func cancel() {
        // Under the lock: a request that is under way must not reach the next call's statement.
        state.withLock {
            $0.isCancelled = true
            $0.running?.cancel()
        }
    }

    /// A connection begins to work for the call.
    func begin(_ canceller: Canceller) {
        state.withLock { $0.running = canceller }
    }

    /// The connection works for it no longer; waits for a request that is under way.
    func end() {
        state.withLock { $0.running = nil }
    }
}
