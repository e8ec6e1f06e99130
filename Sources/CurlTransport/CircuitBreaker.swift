// Leaves a far side alone that only fails: what is not sent is no doubt.

/// When a breaker opens, for how long, and what closes it.
package struct BreakerRules: Sendable, Hashable {
    /// Failures in a row that open it.
    package var failures = 10
    /// Failures among the last 64 exchanges that open it, in percent; 100 leaves it to `failures`.
    package var sharePercent = 80
    /// How long nothing is sent once it is open.
    package var openMilliseconds = 2_000
    /// Exchanges that try the far side then, and must all succeed.
    package var probes = 1

    package init() {}
}

/// What an exchange said about the far side.
package enum ExchangeVerdict: Sendable {
    /// It answered, whatever it said.
    case alive
    /// No connection, a broken one, or silence for too long.
    case failed
    /// Nothing: the exchange was ended from our side.
    case silent
}

/// Closed, open for a time, then half open: a few probes decide.
package struct CircuitBreaker: Sendable {
    private enum State {
        case closed
        case open(until: ContinuousClock.Instant)
        case halfOpen(started: Int, succeeded: Int)
    }

    /// An exchange that tries the far side, and at which opening of the door: what comes late from
    /// an earlier one says nothing.
    package struct Probe: Sendable, Hashable {
        fileprivate let round: Int
    }

    private let rules: BreakerRules
    private var round = 0
    private var state = State.closed
    private var failuresInRow = 0
    /// The last 64 verdicts, one bit each, the newest lowest; 1 is a failure.
    private var recent: UInt64 = 0
    private var recentCount = 0
    /// Fewer exchanges say nothing about a share.
    private static let fewest = 20

    package init(_ rules: BreakerRules) { self.rules = rules }

    /// Until when everything is refused; nil when it is not.
    package func refuses(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        if case .open(let until) = state, now < until { until } else { nil }
    }

    /// Whether an exchange may start now; one that may not is to wait for the probes.
    package func admits(at now: ContinuousClock.Instant) -> Bool {
        switch state {
        case .closed: true
        case .open(let until): now >= until
        case .halfOpen(let started, _): started < rules.probes
        }
    }

    /// An admitted exchange starts; nil unless it is a probe.
    package mutating func start(at now: ContinuousClock.Instant) -> Probe? {
        precondition(admits(at: now), "only what is admitted starts")
        switch state {
        case .closed: return nil
        case .open:
            round += 1
            state = .halfOpen(started: 1, succeeded: 0)
        case .halfOpen(let started, let succeeded):
            state = .halfOpen(started: started + 1, succeeded: succeeded)
        }
        return Probe(round: round)
    }

    /// An exchange has ended.
    package mutating func end(
        _ verdict: ExchangeVerdict, probe: Probe?, at now: ContinuousClock.Instant
    ) {
        switch state {
        case .closed where probe == nil: note(verdict, at: now)
        case .halfOpen(let started, let succeeded) where probe?.round == round:
            endProbe(verdict, started: started, succeeded: succeeded, at: now)
        // What had started before it opened says nothing about now.
        default: break
        }
    }

    private mutating func note(_ verdict: ExchangeVerdict, at now: ContinuousClock.Instant) {
        guard verdict != .silent else { return }
        failuresInRow = verdict == .failed ? failuresInRow + 1 : 0
        recent = recent << 1 | (verdict == .failed ? 1 : 0)
        recentCount = min(recentCount + 1, 64)
        let isMostly =
            rules.sharePercent < 100 && recentCount >= CircuitBreaker.fewest
            && recent.nonzeroBitCount * 100 >= rules.sharePercent * recentCount
        if failuresInRow >= rules.failures || isMostly { open(at: now) }
    }

    private mutating func endProbe(
        _ verdict: ExchangeVerdict, started: Int, succeeded: Int,
        at now: ContinuousClock.Instant
    ) {
        switch verdict {
        case .failed: open(at: now)
        case .silent: state = .halfOpen(started: started - 1, succeeded: succeeded)
        case .alive where succeeded + 1 >= rules.probes: state = .closed
        case .alive: state = .halfOpen(started: started, succeeded: succeeded + 1)
        }
    }

    private mutating func open(at now: ContinuousClock.Instant) {
        state = .open(until: now + .milliseconds(rules.openMilliseconds))
        (failuresInRow, recent, recentCount) = (0, 0, 0)
    }
}
