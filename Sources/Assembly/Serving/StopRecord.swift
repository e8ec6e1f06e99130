import Foundation
import Synchronization

/// Why and when a service was told to stop.
final class StopRecord: Sendable {
    private struct Stop {
        let cause: String
        let signal: Int32?
        let at: ContinuousClock.Instant
    }

    private let stop = Mutex<Stop?>(nil)

    /// What was noted first counts.
    func note(_ cause: String, signal: Int32?) {
        stop.withLock { stop in
            stop = stop ?? Stop(cause: cause, signal: signal, at: .now)
        }
    }

    /// `end of work` when nobody told it to.
    var cause: String { stop.withLock { $0?.cause } ?? "end of work" }

    var signal: Int32? { stop.withLock { $0?.signal } }

    /// Whether the time to end in good order was used up.
    func isOverdue(after options: ServeOptions) -> Bool {
        guard let at = stop.withLock({ $0?.at }) else { return false }
        return .now - at >= .seconds(options.drainSeconds + options.stopSeconds)
    }
}
