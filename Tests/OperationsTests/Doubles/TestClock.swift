import Synchronization

/// Wall time that moves only when something waits for it.
final class TestClock: Sendable {
    private let microseconds = Mutex<Int64>(1_000_000_000)
    private let waits = Mutex<[Int64]>([])

    var now: Int64 { microseconds.withLock { $0 } }

    /// What was waited for, in order, microseconds.
    var pauses: [Int64] { waits.withLock { $0 } }

    func advance(_ by: Int64) { microseconds.withLock { $0 += by } }

    func pause(_ wait: Int64) {
        waits.withLock { $0.append(wait) }
        advance(wait)
    }
}
