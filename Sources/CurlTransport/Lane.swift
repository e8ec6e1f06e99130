// The queue before one host, with its bound and its pauses.

/// Exchanges that wait for one scheme, host and port. libcurl's clock starts when a transfer is
/// handed over, so nothing is handed over before its host has a free connection.
final class Lane {
    let origin: String
    private var waiting: [Ticket] = []
    private var head = 0
    private var failuresInRow = 0
    private(set) var pausedUntil = ContinuousClock.now
    var inFlight = 0

    init(origin: String) { self.origin = origin }

    /// The ticket that waits longest.
    var first: Ticket? { head < waiting.count ? waiting[head] : nil }

    /// Nothing waits, nothing flies, nothing is held against the host.
    var isForgettable: Bool { first == nil && inFlight == 0 && failuresInRow == 0 }

    func append(_ ticket: Ticket) { waiting.append(ticket) }

    func removeFirst() {
        head += 1
        if head > 1_024 && head * 2 > waiting.count {
            waiting.removeFirst(head)
            head = 0
        }
    }

    /// Whether an exchange may start now.
    func isOpen(at now: ContinuousClock.Instant, _ limits: ClientLimits) -> Bool {
        inFlight < limits.maximumConnectionsPerHost && now >= pausedUntil
    }

    /// A host that fails at once would otherwise be asked in a spin: from the second failure in a
    /// row on it gets a pause, 10 ms and doubling. Failures during a pause count as one.
    func noteEnd(failed: Bool, at now: ContinuousClock.Instant, _ limits: ClientLimits) {
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
