import Foundation
import Operations
import Synchronization

/// Kills or stops this process at a named point when a harness asks for it.
///
/// `COLEND_CRASH_AT=close.after-slice:2` kills, as `kill -9` does, the second time the point is
/// reached; `COLEND_STOP_AT` lets the process stand still there until it gets a SIGCONT.
struct Crash: Sendable {
    private final class Countdown: Sendable {
        let left: Mutex<Int>

        init(_ count: Int) { left = Mutex(count) }
    }

    private let point: CrashPoint
    private let countdown: Countdown
    private let signal: Int32

    /// Nil when the environment names no point.
    init?(environment: [String: String]) {
        let isFatal = environment["COLEND_CRASH_AT"] != nil
        guard let text = environment[isFatal ? "COLEND_CRASH_AT" : "COLEND_STOP_AT"] else {
            return nil
        }
        let parts = text.split(separator: ":")
        guard let name = parts.first, let point = CrashPoint(rawValue: String(name)) else {
            return nil
        }
        self.point = point
        countdown = Countdown(parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
        signal = isFatal ? SIGKILL : SIGSTOP
    }

    func reach(_ reached: CrashPoint) {
        guard reached == point else { return }
        let isNow = countdown.left.withLock { left in
            left -= 1
            return left == 0
        }
        if isNow { kill(getpid(), signal) }
    }
}
