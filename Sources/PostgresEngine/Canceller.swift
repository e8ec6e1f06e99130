private import CPostgres

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
