// One detached operating-system thread; the cooperative pool must never wait in poll.

internal import Glibc

private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Runs the body on a thread of its own; false when the system gives none.
func startThread(_ run: @escaping @Sendable () -> Void) -> Bool {
    let body = Unmanaged.passRetained(Body(run))
    var thread = pthread_t()
    let status = pthread_create(
        &thread, nil,
        { context in
            guard let context else { return nil }
            Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
            return nil
        }, body.toOpaque())
    guard status == 0 else {
        body.release()
        return false
    }
    pthread_detach(thread)
    return true
}
