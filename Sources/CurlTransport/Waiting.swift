// Everything that waits for a place on the wire, fair between hosts.

/// The lanes of all hosts, served in turn, and the submissions their tickets stand for.
struct Waiting {
    private var lanes: [String: Lane] = [:]
    private var ring: [Lane] = []
    private var next = 0
    private var submissions: [ObjectIdentifier: Submission] = [:]
    private let limits: ClientLimits

    init(limits: ClientLimits) { self.limits = limits }

    mutating func append(_ submission: Submission) {
        submissions[ObjectIdentifier(submission.ticket)] = submission
        let origin = submission.request.origin
        if let lane = lanes[origin] {
            lane.append(submission.ticket)
        } else {
            let lane = Lane(origin: origin)
            lane.append(submission.ticket)
            lanes[origin] = lane
            ring.append(lane)
        }
    }

    /// Takes a submission out of its turn; its ticket stays in the lane as a blank.
    mutating func remove(_ ticket: Ticket) -> Submission? {
        submissions.removeValue(forKey: ObjectIdentifier(ticket))
    }

    mutating func removeAll() -> [Submission] {
        defer { self = Waiting(limits: limits) }
        return Array(submissions.values)
    }

    /// The next exchange that may start, host after host.
    mutating func takeNext(at now: ContinuousClock.Instant) -> (Submission, Lane)? {
        for step in ring.indices {
            let position = (next + step) % ring.count
            let lane = ring[position]
            guard lane.isOpen(at: now, limits), let submission = takeFirst(of: lane) else {
                continue
            }
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
            while let front = front(of: lane), deadline(of: front) <= now {
                if let submission = takeFirst(of: lane) { expired.append(submission) }
            }
        }
        return expired
    }

    /// When the next pause or patience ends, nil when only a running transfer can change anything.
    mutating func nextEvent(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        var earliest: ContinuousClock.Instant?
        for lane in ring {
            guard let front = front(of: lane) else { continue }
            var event = deadline(of: front)
            if lane.pausedUntil > now { event = min(event, lane.pausedUntil) }
            earliest = min(earliest ?? event, event)
        }
        return earliest
    }

    /// Drops a lane that has nothing left to remember.
    mutating func forget(_ lane: Lane) {
        guard front(of: lane) == nil, lane.isForgettable, lanes[lane.origin] === lane else {
            return
        }
        lanes[lane.origin] = nil
        ring.removeAll { $0 === lane }
        next = 0
    }

    private func deadline(of submission: Submission) -> ContinuousClock.Instant {
        submission.since + .milliseconds(limits.queueMilliseconds)
    }

    /// The submission at the head of a lane, blanks dropped.
    private func front(of lane: Lane) -> Submission? {
        while let ticket = lane.first {
            if let submission = submissions[ObjectIdentifier(ticket)] { return submission }
            lane.removeFirst()
        }
        return nil
    }

    private mutating func takeFirst(of lane: Lane) -> Submission? {
        guard let submission = front(of: lane) else { return nil }
        lane.removeFirst()
        return remove(submission.ticket)
    }
}
