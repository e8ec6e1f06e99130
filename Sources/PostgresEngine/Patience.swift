private import Foundation

/// How long something is tried again: at growing distances, up to a limit.
struct Patience {
    private let limit: Duration
    private let began = ContinuousClock.now
    private var attempts = 0

    init(milliseconds: Int) {
        limit = .milliseconds(milliseconds)
    }

    /// Waits on this thread; false when enough has been tried.
    mutating func wait() -> Bool {
        let pause = Duration.milliseconds(min(250, 2 << min(attempts, 7)))
        attempts += 1
        guard ContinuousClock.now - began + pause <= limit else { return false }
        // Two that have collided must not come back at the same moment.
        Thread.sleep(forTimeInterval: (pause * Double.random(in: 0.5...1)) / .seconds(1))
        return true
    }
}
