import Foundation
import Operations
import Synchronization

/// Kills this process at a named point when a harness asks for it.
///
/// `COLEND_CRASH_AT=close.after-slice:2` kills, as `kill -9` does, the second time the point is
/// reached.
struct Crash: Sendable {
    private final class Countdown: Sendable {
        let left: Mutex<Int>

        init(_ count: Int) { left = Mutex(count) }
    }

    private let point: CrashPoint
    private let countdown: Countdown

    /// Nil when the environment names no point.
    init?(environment: [String: String]) {
        guard let text = environment["COLEND_CRASH_AT"] else { return nil }
        let parts = text.split(separator: ":")
        guard let name = parts.first, let point = CrashPoint(rawValue: String(name)) else {
            return nil
        }
        self.point = point
        countdown = Countdown(parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
    }

    func reach(_ reached: CrashPoint) {
        guard reached == point else { return }
        let isNow = countdown.left.withLock { left in
            left -= 1
            return left == 0
        }
        if isNow { kill(getpid(), SIGKILL) }
    }
}
