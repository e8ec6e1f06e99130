// The one thread that owns the handles: letters in, transfers on, outcomes out, sleep.

internal import CCurl

/// Runs until it is told to stop; everything in it is confined to its thread.
struct TransferLoop: ~Copyable {
    private let mailbox: Mailbox
    private let limits: ClientLimits
    private let multi: MultiHandle
    private var waiting: Waiting
    private var flying: [Transfer] = []
    private var letters: [Letter] = []
    private var nextLetter = 0
    /// Exchanges that have ended in this turn; their callers are told at its end, all at once, so
    /// that a caller's thread is not woken for each.
    private var ended: [(submission: Submission, outcome: ExchangeOutcome)] = []
    private var stopped: [CheckedContinuation<Void, Never>] = []
    private var isStopping = false

    /// The body of the thread.
    static func run(mailbox: Mailbox, limits: ClientLimits) {
        guard let multi = MultiHandle(mailbox.bell) else {
            let reason = "libcurl did not start, or the system gives no memory or descriptors"
            return mailbox.close(because: reason).forEach { $0.resume() }
        }
        var loop = TransferLoop(mailbox, limits, multi)
        let stopped = loop.turnUntilStopped()
        _ = consume loop
        // Here the handles are gone; whoever waits for the end may go on.
        stopped.forEach { $0.resume() }
    }

    private init(_ mailbox: Mailbox, _ limits: ClientLimits, _ multi: consuming MultiHandle) {
        self.mailbox = mailbox
        self.limits = limits
        self.multi = multi
        waiting = Waiting(limits: limits)
    }

    private mutating func turnUntilStopped() -> [CheckedContinuation<Void, Never>] {
        var message = Mailbox.shutDown
        do throws(MultiFault) {
            try multi.configure(limits)
            while !isStopping { try turn() }
        } catch {
            message = "libcurl stopped working: \(error.message)"
        }
        stopped += mailbox.close(because: message)
        endAll(message)
        return stopped
    }

    private mutating func turn() throws(MultiFault) {
        mailbox.collect(into: &letters)
        while nextLetter < letters.count {
            nextLetter += 1
            try read(letters[nextLetter - 1])
        }
        letters.removeAll(keepingCapacity: true)
        nextLetter = 0
        if isStopping { return }
        let now = ContinuousClock.now
        try cutOffSilent(at: now)
        // What a place is free for has not waited in vain, however late this thread comes.
        try start(at: now)
        for submission in waiting.takeExpired(at: now) {
            refuse(submission, .queuedTooLong, "waited too long for a place on the wire")
        }
        for (submission, reason) in waiting.takeRefused(at: now) {
            refuse(submission, .breakerOpen, reason)
        }
        try multi.performDue()
        try collectEnded()
        // An ended transfer gives its place to a waiting one before the thread sleeps.
        let isBusy = !ended.isEmpty
        tellEnded()
        let moved = try multi.performReady(
            milliseconds: isBusy || !mailbox.mayReaderSleep() ? 0 : patience(from: now))
        if moved > 0 { mailbox.noteMoved(moved) }
        try collectEnded()
        tellEnded()
    }

    private mutating func read(_ letter: Letter) throws(MultiFault) {
        switch letter {
        case .submit(let submission) where submission.isCancelled:
            refuse(submission, .cancelled, "cancelled before it was sent")
        case .submit(let submission):
            guard waiting.append(submission) else {
                return refuse(submission, .queueFull, "too many exchanges are waiting")
            }
        case .cancel(let submission):
            try cancel(submission)
        case .retire(let pool):
            waiting.retire(pool)
        case .stop(let continuation):
            isStopping = true
            if let continuation { stopped.append(continuation) }
        }
    }

    private mutating func cancel(_ submission: Submission) throws(MultiFault) {
        if let lane = submission.lane {
            lane.remove(submission)
            refuse(submission, .cancelled, "cancelled before it was sent")
        } else if let transfer = submission.transfer {
            try multi.remove(transfer.easy)
            end(transfer, transfer.outcome(cutOff: .cancelled, "cancelled by the caller"))
        }
    }

    private mutating func start(at now: ContinuousClock.Instant) throws(MultiFault) {
        while flying.count < limits.maximumInFlight,
            let (submission, lane) = waiting.takeNext(at: now)
        {
            let probe = lane.noteStart(at: now)
            guard let transfer = lane.transfer(limits) else {
                let evidence = Evidence(cause: .failed, message: "no memory for a transfer")
                lane.noteEnd(.notSent(evidence), probe: probe, at: now, limits)
                ended.append((submission, .notSent(evidence)))
                continue
            }
            transfer.place = flying.count
            flying.append(transfer)
            do throws(SetupFault) {
                try transfer.begin(submission, probe: probe, at: now, multi.watch, limits)
            } catch {
                end(transfer, transfer.outcome(of: error.code))
                continue
            }
            if let patience = submission.request.firstByteMilliseconds {
                lane.silences.insert(transfer, until: now + .milliseconds(patience))
            }
            try multi.add(transfer.easy)
        }
    }

    /// Gives up on answers that have not begun in time.
    private mutating func cutOffSilent(at now: ContinuousClock.Instant) throws(MultiFault) {
        while let transfer = waiting.takeSilent(at: now) {
            let patience = transfer.submission?.request.firstByteMilliseconds ?? 0
            try multi.remove(transfer.easy)
            end(
                transfer,
                transfer.outcome(
                    cutOff: .noFirstByte, "no byte of an answer within \(patience) ms"))
        }
    }

    /// Takes down the transfers that libcurl has ended.
    private mutating func collectEnded() throws(MultiFault) {
        while let (transfer, code) = multi.nextEnded() {
            let outcome = transfer.outcome(of: code)
            try multi.remove(transfer.easy)
            end(transfer, outcome)
        }
    }

    private mutating func end(_ transfer: Transfer, _ outcome: ExchangeOutcome) {
        guard let submission = transfer.submission else { return }
        let last = flying.removeLast()
        if last !== transfer {
            flying[transfer.place] = last
            last.place = transfer.place
        }
        let lane = transfer.lane
        lane.noteEnd(outcome, probe: transfer.probe, at: .now, limits)
        transfer.finish()
        if transfer.isReusable(after: outcome) { lane.keep(transfer) }
        waiting.forget(lane)
        ended.append((submission, outcome))
    }

    private mutating func endAll(_ message: String) {
        // Those that fly first: their lanes go with those that wait.
        for transfer in flying {
            // The handle is freed with the transfer; a removal that fails now changes nothing.
            try? multi.remove(transfer.easy)
            end(transfer, transfer.outcome(cutOff: .closed, message))
        }
        for submission in waiting.removeAll() { refuse(submission, .closed, message) }
        for letter in letters[nextLetter...] {
            switch letter {
            case .submit(let submission): refuse(submission, .closed, message)
            case .stop(let continuation?): stopped.append(continuation)
            case .stop, .cancel, .retire: break
            }
        }
        tellEnded()
    }

    private mutating func refuse(
        _ submission: Submission, _ cause: Evidence.Cause, _ message: String
    ) {
        ended.append((submission, .notSent(Evidence(cause: cause, message: message))))
    }

    private mutating func tellEnded() {
        if ended.isEmpty { return }
        mailbox.release(ended.count)
        for (submission, outcome) in ended { submission.end(outcome) }
        ended.removeAll(keepingCapacity: true)
    }

    /// Milliseconds until something of ours is due; libcurl's own timers are its business.
    private mutating func patience(from now: ContinuousClock.Instant) -> Int {
        guard let event = waiting.nextEvent(at: now) else { return 60_000 }
        return max(1, (event - now).milliseconds)
    }
}
