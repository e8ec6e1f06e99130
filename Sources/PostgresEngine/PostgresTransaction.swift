internal import SQLStore

/// One attempt at a transaction on a session, from its opening to commit or rollback.
struct PostgresTransaction {
    /// How an attempt ended that did not throw.
    enum Outcome<Result> {
        case done(Result)
        /// Nothing is kept; the body may run again.
        case again(Failure)
    }

    let session: Session
    let cancellation: Cancellation
    /// Throws when a lock that this process relies on is gone.
    let checkLocks: () throws(StoreError) -> Void

    /// Runs `body` and commits; only if no statement failed, and all locks still hold.
    ///
    /// Throws `StoreError.commitUnknown` when the connection is lost after the commit was sent:
    /// running the body again could then do its work twice. Whoever called knows what is
    /// idempotent, and finds what is done when it looks again.
    func write<Result>(
        _ body: (borrowing Connection) throws -> Result
    ) throws -> Outcome<Result> {
        let begin = Dialect.postgres.beginWriting
        return try attempt(begin, isWriting: true, body) { () throws(Failure) in
            do throws(StoreError) { try checkLocks() } catch { throw Failure(error) }
            // A cancelled wait for a standby would commit all the same, on this server alone.
            cancellation.end()
            do throws(Failure) {
                try session.commit()
            } catch  where error.kind == .lost {
                throw Failure(.commitUnknown(reason: error.reason))
            }
        }
    }

    /// Runs `body` over one snapshot in which nothing can be written.
    func read<Result>(
        _ body: (borrowing Connection) throws -> Result
    ) throws -> Outcome<Result> {
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        return try attempt(begin, isWriting: false, body) { () throws(Failure) in
            try session.commit()
        }
    }

    private func attempt<Result>(
        _ begin: String, isWriting: Bool, _ body: (borrowing Connection) throws -> Result,
        commit: () throws(Failure) -> Void
    ) throws -> Outcome<Result> {
        let driver = PostgresDriver(session, cancellation, isWriting: isWriting)
        do {
            try session.command(begin)
            let result = try body(Connection(driver))
            if let failure = driver.failure { throw failure }
            try commit()
            return .done(result)
        } catch {
            cancellation.end()
            // On a connection that is gone the server has rolled back by itself.
            if session.isOpen { try? session.command("ROLLBACK") }
            let failure = driver.failure ?? (error as? Failure)
            if let failure, failure.kind != .lasting { return .again(failure) }
            throw (error as? Failure)?.error ?? error
        }
    }
}
