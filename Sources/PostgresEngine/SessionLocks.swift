private import Foundation
private import CPostgres
internal import SQLStore
private import Synchronization

/// Locks held between transactions: advisory locks of one connection, apart from the others.
///
/// The server frees them when the connection ends, so they die with the process; and when the
/// connection is lost, they are lost, which `check` finds out.
final class SessionLocks: Sendable {
    // A session is used by one thread at a time: whoever holds the mutex.
    private struct State: @unchecked Sendable {
        var session: Session?
        var isClosed = false
        var held: Set<String> = []
        /// Held by someone here and not on the server any more.
        var lost: Set<String> = []
    }

    private let terms: Session.Terms
    private let state = Mutex(State())

    /// Connects when the first lock is asked for.
    init(_ terms: Session.Terms) {
        self.terms = terms
    }

    /// Takes a lock, or returns nil when another connection or this one has it; throws
    /// `StoreError.closed` once all are given back for good.
    func take(_ name: String) throws(StoreError) -> SessionLease? {
        let terms = terms
        return try state.withLock { state throws(StoreError) in
            guard !state.isClosed else { throw .closed }
            Self.notice(&state)
            guard !state.held.contains(name), !state.lost.contains(name) else { return nil }
            do throws(Failure) {
                let session = if let open = state.session { open } else { try Session(terms) }
                state.session = session
                guard try session.number(Self.taking, Self.key(name, session)) == 1 else {
                    return nil
                }
            } catch {
                Self.notice(&state)
                throw error.error
            }
            state.held.insert(name)
            return SessionLease(name, self)
        }
    }

    /// Gives a lock back.
    func release(_ name: String) {
        state.withLock { state in
            state.lost.remove(name)
            guard state.held.remove(name) != nil, let session = state.session else { return }
            // Should this fail the connection is gone, and the lock with it.
            _ = try? session.number(Self.releasing, Self.key(name, session))
        }
    }

    /// Whether a lock that was taken is there still.
    func holds(_ name: String) -> Bool {
        state.withLock { state in
            Self.notice(&state)
            return state.held.contains(name)
        }
    }

    /// Throws `StoreError.unavailable` while a lock that was taken is lost.
    func check() throws(StoreError) {
        try state.withLock { state throws(StoreError) in
            Self.notice(&state)
            guard let name = state.lost.min() else { return }
            throw .unavailable(reason: "the lock '\(name)' was lost with its connection")
        }
    }

    /// Ends the connection, and with it every lock.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.session = nil
            state.held = []
        }
    }

    private static func notice(_ state: inout State) {
        guard let session = state.session, !session.isStillOpen else { return }
        state.session = nil
        state.lost.formUnion(state.held)
        state.held = []
    }

    private static func key(_ name: String, _ session: Session) -> String {
        "colend \(session.schema) \(name)"
    }

    private static let taking = """
        SELECT CASE WHEN pg_try_advisory_lock(hashtextextended(?1, 0)) THEN 1 ELSE 0 END
        """
    private static let releasing = """
        SELECT CASE WHEN pg_advisory_unlock(hashtextextended(?1, 0)) THEN 1 ELSE 0 END
        """
}

/// A lock of this process.
final class SessionLease: SQLLease {
    private let name: String
    private let locks: SessionLocks
    private let isReleased = Atomic(false)

    init(_ name: String, _ locks: SessionLocks) {
        self.name = name
        self.locks = locks
    }

    deinit { release() }

    var isHeld: Bool { !isReleased.load(ordering: .relaxed) && locks.holds(name) }

    func release() {
        guard !isReleased.exchange(true, ordering: .relaxed) else { return }
        locks.release(name)
    }
}
