// The only way from callers to the thread that owns the handles.

internal import CCurl
internal import Synchronization

/// Identity of one exchange, and whether its caller has given up. A cancellation may overtake the
/// submission, so the mark stays on the ticket instead of in the mailbox.
final class Ticket: Sendable {
    private let cancelled = Atomic(false)

    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() { cancelled.store(true, ordering: .releasing) }
}

/// One exchange on its way in, with the caller that waits for it.
struct Submission: Sendable {
    let ticket: Ticket
    let request: ExchangeRequest
    /// nil for the lane of the request's host.
    let pool: PoolIdentity?
    let continuation: CheckedContinuation<ExchangeOutcome, Never>
    let since = ContinuousClock.now

    func refuse(_ cause: Evidence.Cause, _ message: String) {
        continuation.resume(returning: .notSent(Evidence(cause: cause, message: message)))
    }
}

/// A letter to the thread.
enum Letter: Sendable {
    case submit(Submission)
    case cancel(Ticket)
    case stop(CheckedContinuation<Void, Never>?)
}

/// Bounded, and wakes the thread only when it may be asleep.
final class Mailbox: Sendable {
    enum Admission { case taken, full, closed }

    private struct State {
        var letters: [Letter] = []
        var outstanding = 0
        var isClosed = false
        /// The multi handle to wake; nil before the thread has one and after it let it go.
        nonisolated(unsafe) var sleeper: UnsafeMutableRawPointer?
    }

    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    /// Takes an exchange in unless the client is closed or already holds all it may.
    func admit(_ submission: Submission) -> Admission {
        state.withLock { state in
            if state.isClosed { return .closed }
            if state.outstanding >= capacity { return .full }
            state.outstanding += 1
            Self.put(.submit(submission), into: &state)
            return .taken
        }
    }

    /// Delivers a letter; false when nobody will read it.
    @discardableResult
    func post(_ letter: Letter) -> Bool {
        state.withLock { state in
            if state.isClosed { return false }
            Self.put(letter, into: &state)
            return true
        }
    }

    /// All letters since the last call.
    func collect() -> [Letter] {
        state.withLock { state in
            let letters = state.letters
            state.letters.removeAll(keepingCapacity: true)
            return letters
        }
    }

    /// Gives a place back when an exchange has ended.
    func release() {
        state.withLock { $0.outstanding -= 1 }
    }

    func attach(_ multi: borrowing MultiHandle) {
        let sleeper = multi.wakeable
        state.withLock { $0.sleeper = sleeper }
    }

    /// Takes no more letters, ends the exchanges still unread as `notSent`, forgets the multi
    /// handle, and returns those who wait for the end.
    func close() -> [CheckedContinuation<Void, Never>] {
        let letters = state.withLock { state in
            state.isClosed = true
            state.sleeper = nil
            let letters = state.letters
            state.letters = []
            return letters
        }
        var waiting: [CheckedContinuation<Void, Never>] = []
        for letter in letters {
            switch letter {
            case .submit(let submission): submission.refuse(.closed, "the client is shut down")
            case .stop(let continuation?): waiting.append(continuation)
            case .stop, .cancel: break
            }
        }
        return waiting
    }

    private static func put(_ letter: Letter, into state: inout State) {
        state.letters.append(letter)
        guard state.letters.count == 1, let sleeper = state.sleeper else { return }
        // Fails only when the wake-up socket is full of wake-ups already.
        _ = curl_multi_wakeup(sleeper)
    }
}
