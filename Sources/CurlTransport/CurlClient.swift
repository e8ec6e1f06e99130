// The face of this room: an async call that always ends in a classified outcome.

/// Exchanges bytes with HTTP servers over libcurl. One thread owns every handle; callers wait
/// without blocking one.
package final class CurlClient: Sendable {
    private let mailbox: Mailbox
    private let thread: LoopThread?

    /// Starts the thread. Should that fail, every exchange ends as `notSent`. Requires room for at
    /// least one exchange.
    package init(limits: ClientLimits = ClientLimits()) {
        precondition(limits.maximumInFlight > 0 && limits.maximumConnectionsPerHost > 0)
        precondition(limits.queueLimit >= 0 && limits.queueMilliseconds > 0)
        let mailbox = Mailbox(capacity: limits.maximumInFlight + limits.queueLimit)
        self.mailbox = mailbox
        // Here and not on the thread: a process that ends meanwhile would tear down the libraries
        // that are just being set up.
        _ = libraryStatus
        thread = LoopThread { TransferLoop.run(mailbox: mailbox, limits: limits) }
        if thread == nil {
            mailbox.close(because: "the system gives no thread").forEach { $0.resume() }
        }
    }

    /// Ends every exchange and waits for the thread, which closes the connections: what it uses
    /// must not be torn down under it when the process ends next.
    deinit {
        mailbox.post(.stop(nil))
        thread?.join()
    }

    /// Sends the request and waits for its end. Cancelling the task ends it at once: `notSent` if
    /// nothing had left, else `unknown`.
    package func exchange(_ request: ExchangeRequest) async -> ExchangeOutcome {
        await exchange(request, in: nil)
    }

    func exchange(_ request: ExchangeRequest, in pool: PoolIdentity?) async -> ExchangeOutcome {
        if let malformation = request.malformation {
            return .notSent(Evidence(cause: .malformedRequest, message: malformation))
        }
        let submission = Submission(request, pool: pool)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                submission.expect(continuation)
                submit(submission)
            }
        } onCancel: {
            submission.cancel()
            mailbox.post(.cancel(submission))
        }
    }

    /// Forgets a pool that nobody has any more, once what it sent has ended.
    func retire(_ pool: PoolIdentity) { mailbox.post(.retire(ObjectIdentifier(pool))) }

    /// How many sockets have wanted attention so far: what the thread had to do, whatever the
    /// machine. One or two for each exchange, and none for one that waits.
    package var moves: Int { mailbox.moves }

    /// Ends every exchange (`notSent` or `unknown`, as far as each had come), closes the
    /// connections and stops the thread; later exchanges are `notSent`. Idempotent.
    package func shutdown() async {
        await withCheckedContinuation { continuation in
            if !mailbox.post(.stop(continuation)) { continuation.resume() }
        }
    }

    private func submit(_ submission: Submission) {
        switch mailbox.admit(submission) {
        case .taken:
            return
        case .full:
            submission.refuse(.queueFull, "too many exchanges are waiting")
        case .closed(let reason):
            submission.refuse(.closed, reason)
        }
    }
}
