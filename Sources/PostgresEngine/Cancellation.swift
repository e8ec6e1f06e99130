private import Foundation
private import Synchronization

/// Whether the task behind a call has been cancelled, and which connection works for it.
final class Cancellation: Sendable {
    private let flag = Atomic(false)
    private let running = Mutex<Canceller?>(nil)

    private static let firstPause = 0.01
    private static let longestPause = 1.0

    /// Whether the task has been cancelled since the call.
    var isCancelled: Bool { flag.load(ordering: .acquiring) }

    /// Cancels what runs now, or what will; returns at once.
    func cancel() {
        flag.store(true, ordering: .releasing)
        // Reaching the server takes as long as the network likes; the caller's thread is lent.
        Thread.detachNewThread { self.pursue() }
    }

    /// A connection begins to work for the call.
    func begin(_ canceller: Canceller) {
        running.withLock { $0 = canceller }
    }

    /// The connection works for it no longer; waits for a request that is under way.
    func end() {
        running.withLock { $0 = nil }
    }

    /// Again and again until the call has ended: a request that overtakes its statement is lost.
    private func pursue() {
        var pause = Self.firstPause
        while isPassedOn() {
            Thread.sleep(forTimeInterval: pause)
            pause = min(Self.longestPause, pause * 2)
        }
    }

    private func isPassedOn() -> Bool {
        // Under the lock: a request that is under way must not reach the next call's statement.
        running.withLock { canceller in
            canceller?.cancel()
            return canceller != nil
        }
    }
}
