package import LendingRules

/// What one person said of a request.
package struct Resolution: Hashable, Sendable {
    /// From 1.
    package let number: Int
    /// Where the request stood.
    package let state: RequestState
    package let outcome: ResolutionOutcome
    package let person: String
    package let reason: String
    /// Whether it made another person's word count.
    package let isDecision: Bool

    package init(
        number: Int, state: RequestState, outcome: ResolutionOutcome, person: String,
        reason: String, isDecision: Bool
    ) {
        self.number = number
        self.state = state
        self.outcome = outcome
        self.person = person
        self.reason = reason
        self.isDecision = isDecision
    }
}

/// A request with everything that people have said of it, oldest first.
package struct DisputedRequest: Hashable, Sendable {
    package let held: HeldRequest
    package let said: [Resolution]

    package init(held: HeldRequest, said: [Resolution]) {
        self.held = held
        self.said = said
    }
}

/// What people say of requests; each method is one transaction.
package protocol ResolutionStore: Sendable {
    /// The request of a key; nil for a key that was never given out.
    func disputed(_ key: String) async throws -> DisputedRequest?
    /// Keeps what a person said on the date now open, and the request's result with it; refused
    /// when the request, or what is said of it, has changed since.
    func keep(_ resolution: Resolution, of held: HeldRequest, _ result: RequestResult?, now: Int64)
        async throws
}

/// Settles a request by the word of two persons, where asking helps no more.
///
/// The first to say it proposes, another decides; what the first says again changes nothing, and a
/// word about another state or outcome begins anew. What follows from it is concluded by the next
/// run of funding, as from every answer.
package struct ResolveRequest: Sendable {
    private let store: any ResolutionStore
    private let surroundings: Surroundings

    package init(store: any ResolutionStore, surroundings: Surroundings) {
        self.store = store
        self.surroundings = surroundings
    }

    /// Keeps what a person says.
    ///
    /// - Parameter isRehearsal: nothing is kept.
    /// - Throws: ``ResolutionFault``, or what the store refuses.
    package func run(
        _ key: String, _ outcome: ResolutionOutcome, reason: String, by person: Person,
        isRehearsal: Bool = false
    ) async throws -> ResolvedRequest {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw ResolutionFault.noReason(key)
        }
        guard let disputed = try await store.disputed(key) else {
            throw ResolutionFault.unknownKey(key)
        }
        let held = disputed.held
        guard let event = held.state.event(resolving: outcome),
            let next = try? held.state.after(event)
        else { throw ResolutionFault.nothingToResolve(key, held.state, outcome) }
        let proposal = disputed.proposal(of: outcome)
        if proposal?.person == person.name {
            return ResolvedRequest(state: held.state, standing: .alreadyProposed)
        }
        let word = Resolution(
            number: disputed.said.count + 1, state: held.state, outcome: outcome,
            person: person.name, reason: reason, isDecision: proposal != nil)
        let result = proposal.map { held.resolved(next, outcome, by: [$0.person, person.name]) }
        if !isRehearsal {
            surroundings.crashPoint(.resolutionBefore)
            try await store.keep(word, of: held, result, now: surroundings.now())
            surroundings.crashPoint(.resolutionAfter)
        }
        return ResolvedRequest(
            state: result?.state ?? held.state, standing: result == nil ? .proposed : .decided)
    }
}

/// What became of a person's word, and where the request stands now.
package struct ResolvedRequest: Hashable, Sendable {
    /// How far a word has come.
    package enum Standing: String, Sendable {
        case proposed, decided
        case alreadyProposed = "already-proposed"
    }

    package let state: RequestState
    package let standing: Standing

    package init(state: RequestState, standing: Standing) {
        self.state = state
        self.standing = standing
    }
}

extension DisputedRequest {
    /// The word that waits for a second person: the last, if it is about this outcome and state.
    fileprivate func proposal(of outcome: ResolutionOutcome) -> Resolution? {
        guard let last = said.last, !last.isDecision, last.outcome == outcome,
            last.state == held.state
        else { return nil }
        return last
    }
}

extension HeldRequest {
    fileprivate func resolved(
        _ state: RequestState, _ outcome: ResolutionOutcome, by people: [String]
    ) -> RequestResult {
        RequestResult(
            held: self, state: state, reasonCode: "resolved", reason: outcome.rawValue,
            evidence: people.joined(separator: " and ") + " say \(outcome.rawValue)")
    }
}

/// Why a person's word about a request is not taken.
package enum ResolutionFault: CodedError, Hashable {
    case unknownKey(String)
    case noReason(String)
    /// Where the request stands, such a word settles nothing.
    case nothingToResolve(String, RequestState, ResolutionOutcome)

    package var code: String {
        switch self {
        case .unknownKey: "FUND-003"
        case .noReason: "FUND-004"
        case .nothingToResolve: "FUND-005"
        }
    }

    package var sentence: String {
        switch self {
        case .unknownKey(let key):
            "there is no request '\(key)'; `colend fund` lists those that are open"
        case .noReason(let key):
            "no reason is given for what became of request '\(key)'; say with --reason how it "
                + "is known"
        case .nothingToResolve(let key, let state, let outcome):
            "request '\(key)' is \(state.rawValue), which '\(outcome.rawValue)' does not settle; "
                + "look at its loan"
        }
    }

    package var exit: ExitKind {
        switch self {
        case .unknownKey, .nothingToResolve: .failed
        case .noReason: .usage
        }
    }
}
