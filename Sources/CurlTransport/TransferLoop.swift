// The one thread that owns the handles: letters in, transfers on, outcomes out, sleep.

internal import CCurl

/// Runs until it is told to stop; everything in it is confined to its thread.
struct TransferLoop: ~Copyable {
    private let mailbox: Mailbox
    private let limits: ClientLimits
    private let multi: MultiHandle
    private var waiting: Waiting
    private var flying: [UnsafeMutableRawPointer: Transfer] = [:]
    private var stopped: [CheckedContinuation<Void, Never>] = []
    private var isStopping = false

    /// The body of the thread.
    static func run(mailbox: Mailbox, limits: ClientLimits) {
        var stopped: [CheckedContinuation<Void, Never>] = []
        if let multi = MultiHandle() {
            mailbox.attach(multi)
            var loop = TransferLoop(mailbox, limits, multi)
            stopped = loop.turnUntilStopped()
        }
        // Here the handles are gone; whoever waits for the end may go on.
        stopped += mailbox.close()
        stopped.forEach { $0.resume() }
    }

    private init(_ mailbox: Mailbox, _ limits: ClientLimits, _ multi: consuming MultiHandle) {
        self.mailbox = mailbox
        self.limits = limits
        self.multi = multi
        waiting = Waiting(limits: limits)
    }

    private mutating func turnUntilStopped() -> [CheckedContinuation<Void, Never>] {
        var message = "the client is shut down"
        do throws(MultiFault) {
            try multi.configure(limits)
            while !isStopping { try turn() }
        } catch {
            message = "libcurl stopped working: \(error.message)"
        }
        stopped += mailbox.close()
        endAll(message)
        return stopped
    }

    private mutating func turn() throws(MultiFault) {
        for letter in mailbox.collect() { try read(letter) }
        if isStopping { return }
        let now = ContinuousClock.now
        for submission in waiting.takeExpired(at: now) {
            refuse(submission, .queuedTooLong, "waited too long for a place on the wire")
        }
        for (submission, reason) in waiting.takeRefused(at: now) {
            refuse(submission, .breakerOpen, reason)
        }
        try cutOffSilent(at: now)
        try start(at: now)
        try multi.perform()
        // An ended transfer gives its place to a waiting one before the thread sleeps.
        if try !collectEnded() { try multi.sleep(milliseconds: patience(from: now)) }
    }

    private mutating func read(_ letter: Letter) throws(MultiFault) {
        switch letter {
        case .submit(let submission) where submission.ticket.isCancelled:
            refuse(submission, .cancelled, "cancelled before it was sent")
        case .submit(let submission):
            guard waiting.append(submission) else {
                return refuse(submission, .queueFull, "too many exchanges are waiting")
            }
        case .cancel(let ticket):
            try cancel(ticket)
        case .stop(let continuation):
            isStopping = true
            if let continuation { stopped.append(continuation) }
        }
    }

    private mutating func cancel(_ ticket: Ticket) throws(MultiFault) {
        if let submission = waiting.remove(ticket) {
            refuse(submission, .cancelled, "cancelled before it was sent")
        } else if let transfer = flying.values.first(where: { $0.submission.ticket === ticket }) {
            try multi.remove(transfer.easy)
            end(transfer, transfer.outcome(cutOff: .cancelled, "cancelled by the caller"))
        }
    }

    private mutating func start(at now: ContinuousClock.Instant) throws(MultiFault) {
        while flying.count < limits.maximumInFlight,
            let (submission, lane) = waiting.takeNext(at: now)
        {
            let isProbe = lane.noteStart(at: now)
            guard let transfer = Transfer(submission, on: lane, isProbe: isProbe, limits) else {
                let evidence = Evidence(cause: .failed, message: "no memory for a transfer")
                lane.noteEnd(.notSent(evidence), wasProbe: isProbe, at: now, limits)
                finish(submission, .notSent(evidence))
                continue
            }
            flying[transfer.easy.raw] = transfer
            do throws(SetupFault) {
                try transfer.prepare(limits)
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
            let patience = transfer.submission.request.firstByteMilliseconds ?? 0
            try multi.remove(transfer.easy)
            end(
                transfer,
                transfer.outcome(
                    cutOff: .noFirstByte, "no byte of an answer within \(patience) ms"))
        }
    }

    /// Hands out the outcomes of ended transfers; whether there were any.
    private mutating func collectEnded() throws(MultiFault) -> Bool {
        var any = false
        while let (easy, code) = multi.nextEnded() {
            guard let transfer = flying[easy] else { continue }
            any = true
            let outcome = transfer.outcome(of: code)
            try multi.remove(transfer.easy)
            end(transfer, outcome)
        }
        return any
    }

    private mutating func end(_ transfer: Transfer, _ outcome: ExchangeOutcome) {
        flying[transfer.easy.raw] = nil
        transfer.lane.noteEnd(outcome, wasProbe: transfer.isProbe, at: .now, limits)
        waiting.forget(transfer.lane)
        finish(transfer.submission, outcome)
    }

    private mutating func endAll(_ message: String) {
        for submission in waiting.removeAll() { refuse(submission, .closed, message) }
        for transfer in Array(flying.values) {
            // The handle is freed with the transfer; a removal that fails now changes nothing.
            try? multi.remove(transfer.easy)
            end(transfer, transfer.outcome(cutOff: .closed, message))
        }
    }

    private func refuse(_ submission: Submission, _ cause: Evidence.Cause, _ message: String) {
        mailbox.release()
        submission.refuse(cause, message)
    }

    private func finish(_ submission: Submission, _ outcome: ExchangeOutcome) {
        mailbox.release()
        submission.continuation.resume(returning: outcome)
    }

    /// Milliseconds until something of ours is due; libcurl's own timers are its business.
    private mutating func patience(from now: ContinuousClock.Instant) -> Int {
        guard let event = waiting.nextEvent(at: now) else { return 60_000 }
        return max(1, (event - now).milliseconds)
    }
}
