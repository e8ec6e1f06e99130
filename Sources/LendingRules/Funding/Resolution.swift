/// What people say became of a request that its partner can no longer be asked about.
package enum ResolutionOutcome: String, Sendable, CaseIterable {
    /// The partner holds the share.
    case accepted
    /// The partner holds nothing of it, and will not.
    case notFunded = "not-funded"
}

extension RequestState {
    /// What people's word is to the request; nil where it has nothing to settle.
    ///
    /// An acceptance of what is being reversed says that the reversal is refused. What was never
    /// sent is not settled by a word but reversed, so that nothing comes of it later.
    package func event(resolving outcome: ResolutionOutcome) -> RequestEvent? {
        switch (self, outcome) {
        case (.pending, .accepted), (.inDoubt, .accepted): .answeredAccepted
        case (.pending, .notFunded), (.inDoubt, .notFunded): .answeredRefused
        case (.planned, .notFunded): .reversalDemanded
        case (.reversing, .accepted), (.reversalInDoubt, .accepted): .answeredReversalRefused
        case (.reversing, .notFunded), (.reversalInDoubt, .notFunded),
            (.reversalRefused, .notFunded):
            .answeredReversed
        default: nil
        }
    }
}
