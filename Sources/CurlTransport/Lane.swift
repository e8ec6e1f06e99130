// The queue before one far side, with its bounds, pace and pauses.

/// Exchanges that wait for one pool, or for one scheme, host and port. libcurl's clock starts when
/// a transfer is handed over, so nothing is handed over before there is a place for it.
final class Lane {
    /// What leads to a lane.
    enum Key: Hashable {
        case origin(String)
        case pool(ObjectIdentifier)
    }

    let key: Key
    let rules: PoolRules
    /// Keeps the pool's identity from being given to another.
    private let identity: PoolIdentity?
    /// nil where one has left; blanks, whose exchange no longer waits, are dropped at the front.
    private var waiting: [Submission?] = []
    private var head = 0
    private var failuresInRow = 0
    private(set) var pausedUntil: ContinuousClock.Instant
    private var bucket: TokenBucket?
    private var breaker: CircuitBreaker?
    /// What the far side last failed with, for those who are refused because of it.
    private var lastFailure = ""
    private(set) var inFlight = 0
    /// Its pool is gone.
    var isRetired = false
    /// Exchanges that wait; blanks are not counted.
    private(set) var count = 0
    var silences = Silences()
    /// Handles that carry nothing just now.
    private var idle: [Transfer] = []
    /// More handles than that are not kept after a rush.
    private static let mostIdle = 256

    init(key: Key, rules: PoolRules, identity: PoolIdentity?, now: ContinuousClock.Instant) {
        self.key = key
        self.rules = rules
        self.identity = identity
        pausedUntil = now
        bucket = rules.rate.map { TokenBucket($0, now: now) }
        breaker = rules.breaker.map { CircuitBreaker($0) }
    }

    /// The exchange that waits longest.
    var first: Submission? {
        while head < waiting.count {
            if let submission = waiting[head], submission.lane === self { return submission }
            dropFirst()
        }
        return nil
    }

    /// Nothing waits, nothing flies, and nothing is held against the host that anybody could still
    /// ask: a pool is remembered for as long as it is there.
    var isForgettable: Bool {
        count == 0 && inFlight == 0
            && (isRetired || (identity == nil && failuresInRow == 0))
    }

    func append(_ submission: Submission) {
        submission.lane = self
        waiting.append(submission)
        count += 1
        // Who gave up leaves a blank: they must not pile up behind one that waits for long.
        guard waiting.count - head > 2 * count + 1_024 else { return }
        waiting = waiting[head...].filter { $0?.lane === self }
        head = 0
    }

    /// Takes an exchange out of its turn.
    func remove(_ submission: Submission) {
        submission.lane = nil
        count -= 1
    }

    func takeFirst() -> Submission? {
        guard let submission = first else { return nil }
        remove(submission)
        dropFirst()
        return submission
    }

    private func dropFirst() {
        waiting[head] = nil
        head += 1
        if head == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 1_024 && head * 2 > waiting.count {
            waiting.removeFirst(head)
            head = 0
        }
    }

    /// A transfer to carry an exchange; nil when libcurl has no memory for one more.
    func transfer(_ limits: ClientLimits) -> Transfer? {
        idle.popLast() ?? Transfer(on: self, limits)
    }

    /// Keeps a transfer for the next exchange.
    func keep(_ transfer: Transfer) {
        if idle.count < Lane.mostIdle { idle.append(transfer) }
    }

    /// Whether an exchange may start now.
    func isOpen(at now: ContinuousClock.Instant) -> Bool {
        inFlight < rules.maximumInFlight && now >= readyAt
            && breaker?.admits(at: now) ?? true
    }

    /// From when on neither a pause nor the pace holds it back.
    var readyAt: ContinuousClock.Instant {
        bucket.map { max($0.readyAt, pausedUntil) } ?? pausedUntil
    }

    /// Why nothing is sent at all just now; nil when things may be.
    func refusal(at now: ContinuousClock.Instant) -> String? {
        breaker?.refuses(at: now).map {
            "the breaker of \(rules.name) is open for another \(($0 - now).milliseconds) ms "
                + "after: \(lastFailure)"
        }
    }

    /// An exchange takes its place and its token; what it is when it probes a failing far side.
    func noteStart(at now: ContinuousClock.Instant) -> CircuitBreaker.Probe? {
        inFlight += 1
        bucket?.take(at: now)
        return breaker?.start(at: now)
    }

    /// An exchange gives its place back.
    func noteEnd(
        _ outcome: ExchangeOutcome, probe: CircuitBreaker.Probe?, at now: ContinuousClock.Instant,
        _ limits: ClientLimits
    ) {
        inFlight -= 1
        if outcome.verdict == .failed { lastFailure = outcome.evidence.message }
        breaker?.end(outcome.verdict, probe: probe, at: now)
        pauseIfFailing(outcome.evidence.cause == .failed, at: now, limits)
        if case .answered(let response, _) = outcome, let seconds = response.retryAfterSeconds {
            let pause = min(max(seconds, 0), rules.maximumRetryAfterSeconds)
            pausedUntil = max(pausedUntil, now + .seconds(pause))
        }
    }

    /// A host that fails at once would otherwise be asked in a spin: from the second failure in a
    /// row on it gets a pause, 10 ms and doubling. Failures during a pause count as one.
    private func pauseIfFailing(
        _ failed: Bool, at now: ContinuousClock.Instant, _ limits: ClientLimits
    ) {
        guard failed else {
            failuresInRow = 0
            return
        }
        guard now >= pausedUntil else { return }
        failuresInRow += 1
        guard failuresInRow > 1 else { return }
        let pause = min(10 << min(failuresInRow - 2, 16), limits.maximumPauseMilliseconds)
        pausedUntil = now + .milliseconds(pause)
    }
}

extension ExchangeOutcome {
    /// What it says about the far side, whatever it says about the request.
    var verdict: ExchangeVerdict {
        switch evidence.cause {
        case .answered, .bodyTooLarge, .headersTooLarge: .alive
        case .failed, .noFirstByte: .failed
        // A kept connection that the server had closed meanwhile is nobody's failure.
        default: .silent
        }
    }
}

extension Duration {
    /// Whole milliseconds, cut off.
    var milliseconds: Int {
        Int(clamping: components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000)
    }
}
