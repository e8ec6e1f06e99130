package import LendingRules

/// What a callback came to.
package enum CallbackOutcome: String, Sendable, CaseIterable {
    /// It was the answer that was missing.
    case applied
    /// It said what was known.
    case known
    /// A later word of the partner was heard before it.
    case late
    /// The same word, sent again.
    case duplicate
    /// It does not fit; the request is in doubt and will be asked about.
    case doubted
    /// It does not fit and money was decided; people look.
    case contradiction
}

/// A request with all that bears on a partner's word about it.
package struct HeardRequest: Hashable, Sendable {
    package let held: HeldRequest
    /// The loan's funding is not concluded.
    package let isUndecided: Bool
    /// The highest sequence heard; nil when none was.
    package let lastSequence: Int64?
    /// The last word that fitted.
    package let lastFitting: PartnerWord?
    /// Digests of what was heard under the sequence that is asked about.
    package let sameSequence: Set<String>

    package init(
        held: HeldRequest, isUndecided: Bool, lastSequence: Int64? = nil,
        lastFitting: PartnerWord? = nil, sameSequence: Set<String> = []
    ) {
        self.held = held
        self.isUndecided = isUndecided
        self.lastSequence = lastSequence
        self.lastFitting = lastFitting
        self.sameSequence = sameSequence
    }
}

/// A callback with what it came to, to be kept together.
package struct JudgedCallback: Hashable, Sendable {
    package let callback: PartnerCallback
    /// The request it is about, as it was read.
    package let held: HeldRequest
    package let outcome: CallbackOutcome
    /// The request's new state or, where nothing changes, its old one; counts only while the
    /// version stands. Nil where nothing rests on how the request stands.
    package let result: RequestResult?
    /// It counts only while the loan's funding is not concluded.
    package let needsUndecided: Bool

    package init(
        callback: PartnerCallback, held: HeldRequest, outcome: CallbackOutcome,
        result: RequestResult? = nil, needsUndecided: Bool = false
    ) {
        self.callback = callback
        self.held = held
        self.outcome = outcome
        self.result = result
        self.needsUndecided = needsUndecided
    }
}

/// Whether a judged callback was kept.
package enum CallbackKeeping: Hashable, Sendable {
    case kept
    /// Its nonce was used before: nothing is kept.
    case replayed
    /// The request has changed since it was read: nothing is kept, judge again.
    case overtaken
}

/// A word of a partner that contradicts what was decided, and that it has not taken back.
package struct Contradiction: Hashable, Sendable {
    package let key: String
    package let party: PartyID
    package let word: PartnerWord
    package let sequence: Int64
    /// Where the request stands.
    package let state: RequestState

    package init(
        key: String, party: PartyID, word: PartnerWord, sequence: Int64, state: RequestState
    ) {
        self.key = key
        self.party = party
        self.word = word
        self.sequence = sequence
        self.state = state
    }
}

/// What partners said on their own; each method is one transaction.
package protocol CallbackStore: Sendable {
    /// The request of a key and what was heard of it; nil for a key that was never given out.
    func heard(_ key: String, sequence: Int64) async throws -> HeardRequest?
    /// Keeps the nonce, the callback with its proof, and the request's result, all or nothing. Of
    /// a duplicate only the nonce is new.
    func keep(_ judged: JudgedCallback, now: Int64) async throws -> CallbackKeeping
    /// Contradictions that stand, in key order: the partner's last word does not fit.
    func contradictions() async throws -> [Contradiction]
}
