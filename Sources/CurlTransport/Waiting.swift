// Everything that waits for a place on the wire, fair between far sides.

/// The lanes of all pools and hosts, served in turn.
struct Waiting {
    private var lanes: [Lane.Key: Lane] = [:]
    private var ring: [Lane] = []
    private var next = 0
    private let limits: ClientLimits

    init(limits: ClientLimits) { self.limits = limits }

    /// Takes a submission into its lane; false when that is full.
    mutating func append(_ submission: Submission) -> Bool {
        let lane = lane(of: submission)
        guard lane.count < lane.rules.queueLimit + lane.rules.maximumInFlight - lane.inFlight
        else { return false }
        lane.append(submission)
        return true
    }

    /// Empties the lanes, which are then gone with all that belongs to them.
    mutating func removeAll() -> [Submission] {
        var all: [Submission] = []
        for lane in ring {
            while let submission = lane.takeFirst() { all.append(submission) }
        }
        self = Waiting(limits: limits)
        return all
    }

    /// The next exchange that may start, lane after lane.
    mutating func takeNext(at now: ContinuousClock.Instant) -> (Submission, Lane)? {
        for step in ring.indices {
            let position = (next + step) % ring.count
            let lane = ring[position]
            guard lane.count > 0, lane.isOpen(at: now), let submission = lane.takeFirst()
            else { continue }
            next = (position + 1) % ring.count
            return (submission, lane)
        }
        return nil
    }

    /// The exchanges that have waited too long. A lane is first come, first served with one
    /// patience for all, so only its front need be looked at.
    mutating func takeExpired(at now: ContinuousClock.Instant) -> [Submission] {
        var expired: [Submission] = []
        for lane in ring {
            while let front = lane.first, deadline(of: front, lane) <= now {
                if let submission = lane.takeFirst() { expired.append(submission) }
            }
        }
        return expired
    }

    /// The exchanges of lanes that send nothing just now, with the reason.
    mutating func takeRefused(at now: ContinuousClock.Instant) -> [(Submission, String)] {
        var refused: [(Submission, String)] = []
        for lane in ring where lane.count > 0 {
            guard let reason = lane.refusal(at: now) else { continue }
            while let submission = lane.takeFirst() { refused.append((submission, reason)) }
        }
        return refused
    }

    /// A transfer whose answer should have begun by now.
    mutating func takeSilent(at now: ContinuousClock.Instant) -> Transfer? {
        for lane in ring {
            if let transfer = lane.silences.takeExpired(at: now) { return transfer }
        }
        return nil
    }

    /// When the next pause or patience ends, nil when only a running transfer can change anything.
    mutating func nextEvent(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        var earliest: ContinuousClock.Instant?
        func consider(_ event: ContinuousClock.Instant) {
            earliest = min(earliest ?? event, event)
        }
        for lane in ring {
            if let deadline = lane.silences.nextDeadline() { consider(deadline) }
            guard let front = lane.first else { continue }
            consider(deadline(of: front, lane))
            if lane.readyAt > now { consider(lane.readyAt) }
        }
        return earliest
    }

    /// Nobody has the pool any more; what it has sent ends as it would.
    mutating func retire(_ pool: ObjectIdentifier) {
        guard let lane = lanes[.pool(pool)] else { return }
        lane.isRetired = true
        forget(lane)
    }

    /// Drops a lane that has nothing left to remember.
    mutating func forget(_ lane: Lane) {
        guard lane.isForgettable, lanes[lane.key] === lane,
            let position = ring.firstIndex(where: { $0 === lane })
        else { return }
        lanes[lane.key] = nil
        ring.remove(at: position)
        // Whose turn it was, it still is.
        if position < next { next -= 1 }
        if next >= ring.count { next = 0 }
    }

    private mutating func lane(of submission: Submission) -> Lane {
        let key: Lane.Key =
            submission.pool.map { .pool(ObjectIdentifier($0)) }
            ?? .origin(submission.request.origin)
        if let lane = lanes[key] { return lane }
        let rules =
            submission.pool?.rules ?? PoolRules(origin: submission.request.origin, limits)
        let lane = Lane(key: key, rules: rules, identity: submission.pool, now: .now)
        lanes[key] = lane
        ring.append(lane)
        return lane
    }

    private func deadline(of submission: Submission, _ lane: Lane) -> ContinuousClock.Instant {
        submission.since + .milliseconds(lane.rules.queueMilliseconds)
    }
}
