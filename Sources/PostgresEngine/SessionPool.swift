private import Foundation
internal import SQLStore

/// A few threads with a connection each, which work off calls in their order.
final class SessionPool: @unchecked Sendable {
    /// A call; it resumes whoever waits for it, whatever happens.
    typealias Work = @Sendable (SessionThread) -> Void

    private let terms: Session.Terms
    private let mostThreads: Int

    // Everything below is guarded by `changed`.
    private let changed = NSCondition()
    private var queue: [Work] = []
    private var idle = 0
    private var threads = 0
    private var isClosed = false

    /// Starts nothing yet: threads come when they are needed, connections with their first call.
    init(_ terms: Session.Terms, mostThreads: Int) {
        self.terms = terms
        self.mostThreads = mostThreads
    }

    /// Queues a call; false when the pool is closed.
    func submit(_ work: @escaping Work) -> Bool {
        changed.withLock {
            guard !isClosed else { return false }
            queue.append(work)
            if queue.count > idle, threads < mostThreads {
                threads += 1
                start()
            }
            changed.signal()
            return true
        }
    }

    /// Takes no more calls; returns when those it has are done and the connections closed.
    func close() {
        changed.withLock {
            isClosed = true
            changed.broadcast()
            while threads > 0 { changed.wait() }
        }
    }

    /// Takes no more calls and lets the threads end by themselves.
    func abandon() {
        changed.withLock {
            isClosed = true
            changed.broadcast()
        }
    }

    private func start() {
        let thread = Thread { [self] in
            let own = SessionThread(terms)
            while let work = next() { work(own) }
            own.disconnect()
            changed.withLock {
                threads -= 1
                changed.broadcast()
            }
        }
        thread.name = "colend.postgres"
        thread.start()
    }

    private func next() -> Work? {
        changed.withLock {
            while queue.isEmpty {
                if isClosed { return nil }
                idle += 1
                changed.wait()
                idle -= 1
            }
            return queue.removeFirst()
        }
    }
}

/// What a thread of the pool owns: its session, opened when first needed and anew when lost.
final class SessionThread {
    private let terms: Session.Terms
    private var session: Session?

    init(_ terms: Session.Terms) {
        self.terms = terms
    }

    /// Opens the session; throws what a first call would throw.
    func connect() throws {
        do {
            _ = try connected()
        } catch {
            throw error.error
        }
    }

    /// Runs a transaction until it is done or throws; again after it lost against another one or
    /// lost its connection before the commit.
    ///
    /// Throws `StoreError.busy` or `.unavailable` when that takes too long.
    func run<Result>(
        _ cancellation: Cancellation,
        _ attempt: (Session) throws -> PostgresTransaction.Outcome<Result>
    ) throws -> Result {
        var patience = Patience(milliseconds: terms.failures.patienceMilliseconds)
        while true {
            let failure: Failure
            do {
                let session = try connected()
                cancellation.begin(session.canceller)
                defer {
                    cancellation.end()
                    // What is left in the middle of something would hold its locks.
                    if !session.isAtRest { disconnect() }
                }
                switch try attempt(session) {
                case .done(let result): return result
                case .again(let reason): failure = reason
                }
            } catch let refusal as Failure {
                guard refusal.kind == .lost else { throw refusal.error }
                failure = refusal
            }
            // Whatever was lost with it, a new connection has it.
            if failure.kind == .lost { disconnect() }
            guard !cancellation.isCancelled else { throw Failure.cancelled.error }
            guard patience.wait() else { throw failure.error }
        }
    }

    /// Closes the connection.
    func disconnect() { session = nil }

    private func connected() throws(Failure) -> Session {
        if let session, session.isOpen { return session }
        session = nil
        let opened = try Session(terms)
        session = opened
        return opened
    }
}
