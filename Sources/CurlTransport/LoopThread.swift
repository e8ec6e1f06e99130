// One operating-system thread; the cooperative pool must never wait in poll.

internal import Glibc

private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// A running thread that somebody will wait for.
struct LoopThread: Sendable {
    private let thread: pthread_t

    /// Runs the body on a thread of its own; nil when the system gives none.
    init?(_ run: @escaping @Sendable () -> Void) {
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
            return nil
        }
        self.thread = thread
    }

    /// Waits until the body has returned; once, and never from within it.
    func join() { pthread_join(thread, nil) }
}
