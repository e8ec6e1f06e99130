// The only way from callers to the thread that owns the handles.

internal import Synchronization

/// One exchange from its submission to its outcome, and its identity meanwhile.
final class Submission: Sendable {
    let request: ExchangeRequest
    /// nil for the lane of the request's host.
    let pool: PoolIdentity?
    let since = ContinuousClock.now
    /// A cancellation may overtake the submission, so the mark is here and not in the mailbox.
    private let cancelled = Atomic(false)
    /// The caller that waits: written before the mailbox is given the submission, read after.
    nonisolated(unsafe) private var continuation: CheckedContinuation<ExchangeOutcome, Never>?
    /// Where it waits, nil when it does not; the loop's alone.
    nonisolated(unsafe) var lane: Lane?
    /// What carries it, nil when nothing does; the loop's alone.
    nonisolated(unsafe) var transfer: Transfer?

    init(_ request: ExchangeRequest, pool: PoolIdentity?) {
        self.request = request
        self.pool = pool
    }

    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() { cancelled.store(true, ordering: .releasing) }

    /// Notes who waits for the outcome; once, before anybody else sees the submission.
    func expect(_ continuation: CheckedContinuation<ExchangeOutcome, Never>) {
        self.continuation = continuation
    }

    /// Tells the caller; once.
    func end(_ outcome: ExchangeOutcome) { continuation?.resume(returning: outcome) }

    func refuse(_ cause: Evidence.Cause, _ message: String) {
        end(.notSent(Evidence(cause: cause, message: message)))
    }
}

/// A letter to the thread.
enum Letter: Sendable {
    case submit(Submission)
    case cancel(Submission)
    /// Nobody can send through that pool any more.
    case retire(ObjectIdentifier)
    case stop(CheckedContinuation<Void, Never>?)
}

/// Bounded, and rings only for a reader that sleeps.
final class Mailbox: Sendable {
    enum Admission {
        case taken, full
        case closed(String)
    }

    /// Why a client that was told to stop takes nothing more.
    static let shutDown = "the client is shut down"

    private struct State {
        var letters: [Letter] = []
        var outstanding = 0
        /// Why no more letters are taken; nil while they are.
        var closing: String?
        var isReaderAsleep = false
    }

    let bell: Bell
    private let moved = Atomic(0)
    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        bell = Bell()
    }

    /// How many sockets the reader has attended to.
    var moves: Int { moved.load(ordering: .relaxed) }

    func noteMoved(_ count: Int) { moved.add(count, ordering: .relaxed) }

    /// Takes an exchange in unless the client is closed or already holds all it may.
    func admit(_ submission: Submission) -> Admission {
        state.withLock { state in
            if let reason = state.closing { return .closed(reason) }
            if state.outstanding >= capacity { return .full }
            state.outstanding += 1
            put(.submit(submission), into: &state)
            return .taken
        }
    }

    /// Delivers a letter; false when nobody will read it.
    @discardableResult
    func post(_ letter: Letter) -> Bool {
        state.withLock { state in
            if state.closing != nil { return false }
            put(letter, into: &state)
            return true
        }
    }

    /// Exchanges the letters since the last call for an empty array, whose room is used again.
    func collect(into letters: inout [Letter]) {
        state.withLock { state in
            state.isReaderAsleep = false
            swap(&state.letters, &letters)
        }
    }

    /// Whether the reader may sleep: if so the next letter rings.
    func mayReaderSleep() -> Bool {
        state.withLock { state in
            state.isReaderAsleep = state.letters.isEmpty
            return state.isReaderAsleep
        }
    }

    /// Gives places back when exchanges have ended.
    func release(_ places: Int) {
        state.withLock { $0.outstanding -= places }
    }

    /// Takes no more letters, ends the exchanges still unread as `notSent`, and returns those who
    /// wait for the end. What is said first remains the reason.
    func close(because reason: String) -> [CheckedContinuation<Void, Never>] {
        let letters = state.withLock { state in
            state.closing = state.closing ?? reason
            let letters = state.letters
            state.letters = []
            return letters
        }
        var waiting: [CheckedContinuation<Void, Never>] = []
        for letter in letters {
            switch letter {
            case .submit(let submission): submission.refuse(.closed, reason)
            case .stop(let continuation?): waiting.append(continuation)
            case .stop, .cancel, .retire: break
            }
        }
        return waiting
    }

    private func put(_ letter: Letter, into state: inout State) {
        state.letters.append(letter)
        guard state.isReaderAsleep else { return }
        state.isReaderAsleep = false
        bell.ring()
    }
}
