// How fast requests may go out: a steady pace with short bursts.

/// A pace agreed with the far side.
package struct RateLimit: Sendable, Hashable {
    /// Requests a second in the long run.
    package let perSecond: Int
    /// Requests that may go out at once after a quiet time.
    package let burst: Int

    /// Requires both to be positive and at most a million a second.
    package init(perSecond: Int, burst: Int) {
        precondition((1...1_000_000).contains(perSecond) && burst > 0)
        self.perSecond = perSecond
        self.burst = burst
    }
}

/// A token bucket: `burst` tokens at most, `perSecond` new ones a second, one per request.
///
/// Kept as the instant at which the bucket will be full again, so that nothing needs a tick.
package struct TokenBucket: Sendable {
    private let interval: Duration
    private let depth: Duration
    private var fullAt: ContinuousClock.Instant

    /// Full at `now`.
    package init(_ rate: RateLimit, now: ContinuousClock.Instant) {
        interval = .nanoseconds(1_000_000_000 / rate.perSecond)
        depth = interval * (rate.burst - 1)
        fullAt = now
    }

    /// From when on there is a token.
    package var readyAt: ContinuousClock.Instant { fullAt - depth }

    /// Takes one token at `now`, which must not be before ``readyAt``.
    package mutating func take(at now: ContinuousClock.Instant) {
        precondition(now >= readyAt, "no token is there")
        fullAt = max(fullAt, now) + interval
    }
}
