internal import SQLStore

/// What failed on the server or on the way to it, and whether the body may run again.
struct Failure: Error {
    /// What may be done about a failure.
    enum Kind {
        /// Running again would fail again.
        case lasting
        /// Another transaction won; nothing of this one is kept.
        case contention
        /// The connection is gone, and with it everything that was not committed.
        case lost
    }

    /// What may be done about it.
    let kind: Kind
    /// What the caller is told when nothing is done about it.
    let error: StoreError

    /// The reason that the error carries, if any.
    var reason: String {
        if case .unavailable(let reason) = error { reason } else { error.sentence }
    }

    /// The call whose statement this was is not wanted any more.
    static let cancelled = Failure(.interrupted(reason: "the call was cancelled"))

    /// A failure that stays.
    init(_ error: StoreError) {
        self.init(.lasting, error)
    }

    init(_ kind: Kind, _ error: StoreError) {
        self.kind = kind
        self.error = error
    }
}
