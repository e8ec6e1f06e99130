package import LendingRules
import Monetary

/// Takes what a partner says on its own about a request: at most once, in whatever order it comes.
///
/// Nothing is concluded from it here: the next `fund` or close does that, as with every answer.
package struct TakeCallback: Sendable {
    private let store: any CallbackStore
    private let surroundings: Surroundings
    /// How often a request that changes meanwhile is read again.
    private static let tries = 5

    package init(store: any CallbackStore, surroundings: Surroundings) {
        self.store = store
        self.surroundings = surroundings
    }

    /// Judges a callback and keeps it with its evidence; durable when it returns.
    ///
    /// - Throws: ``CallbackRefusal`` for a nonce that was used, ``CallbackFault`` with its code, or
    ///   what the store throws.
    package func take(_ callback: PartnerCallback) async throws -> TakenCallback {
        for _ in 0..<Self.tries {
            let heard = try await store.heard(callback.key, sequence: callback.sequence)
            // Whose key it is concerns nobody else: to others it does not exist.
            guard let heard, heard.held.request.party == callback.party else {
                throw CallbackFault.unknownKey(callback.key)
            }
            let judged = heard.judge(callback)
            surroundings.crashPoint(.callbackBeforeStoring)
            switch try await store.keep(judged, now: surroundings.now()) {
            case .kept:
                surroundings.crashPoint(.callbackAfterStoring)
                return TakenCallback(
                    outcome: judged.outcome, state: judged.result?.state ?? heard.held.state)
            case .replayed: throw CallbackRefusal.unproven("replayed")
            case .overtaken: continue
            }
        }
        throw CallbackFault.overtaken(callback.key)
    }
}

/// What a callback came to, and where its request stands now.
package struct TakenCallback: Hashable, Sendable {
    package let outcome: CallbackOutcome
    package let state: RequestState
}

/// Why a callback of a proven partner is not taken.
package enum CallbackFault: CodedError, Hashable {
    /// The partner was never asked under this key.
    case unknownKey(String)
    /// Others changed the request again and again.
    case overtaken(String)

    package var code: String {
        switch self {
        case .unknownKey: "FUND-001"
        case .overtaken: "FUND-002"
        }
    }

    package var sentence: String {
        switch self {
        case .unknownKey(let key): "no request of yours has the key '\(key)'; check the key"
        case .overtaken(let key): "request '\(key)' is being changed by others; send it again"
        }
    }

    package var exit: ExitKind {
        switch self {
        case .unknownKey: .badInput
        case .overtaken: .temporary
        }
    }
}

extension HeardRequest {
    /// What a callback means for the request, by the order in which the partner said it.
    func judge(_ callback: PartnerCallback) -> JudgedCallback {
        if sameSequence.contains(callback.proof.digest) {
            return JudgedCallback(callback: callback, held: held, outcome: .duplicate)
        }
        if let lastSequence, callback.sequence < lastSequence {
            return JudgedCallback(callback: callback, held: held, outcome: .late)
        }
        let meaning = held.state.meaning(
            of: callback.word, fits: fault(of: callback) == nil, isUndecided: isUndecided)
        switch meaning {
        case .moves(let state):
            return JudgedCallback(
                callback: callback, held: held, outcome: .applied,
                result: RequestResult(
                    held: held, state: state, reference: callback.reference,
                    reasonCode: callback.reasonCode, reason: callback.reason,
                    heldAmount: state == .accepted ? newAmount(in: callback) : nil))
        case .known: return kept(callback, .known)
        case .doubt(let state):
            return kept(callback, .doubted, state, needsUndecided: held.state == .accepted)
        case .contradiction: return kept(callback, .contradiction)
        }
    }

    /// What the lender holds by a callback, where that is another amount than before.
    private func newAmount(in callback: PartnerCallback) -> Int64? {
        callback.money.flatMap { $0.minorUnits == held.heldAmount ? nil : $0.minorUnits }
    }

    /// What does not fit in itself: another amount, or a word that takes back an earlier one.
    private func fault(of callback: PartnerCallback) -> String? {
        let asked = Money(minorUnits: held.heldAmount, currency: held.request.currency)
        if let money = callback.money, !held.admits(money) {
            return "it is about \(money), not \(asked)"
        }
        if callback.money == nil, [.accepted, .confirmed].contains(callback.word) {
            return "it names no amount"
        }
        if callback.sequence == lastSequence { return "its sequence was used for another word" }
        // What comes back after its reversal is reversed once more, not doubted.
        if held.state != .reversed, let lastFitting, callback.word.stage < lastFitting.stage {
            return "it follows '\(lastFitting.rawValue)'"
        }
        return nil
    }

    /// Nothing of the request changes but, perhaps, that it is in doubt.
    private func kept(
        _ callback: PartnerCallback, _ outcome: CallbackOutcome, _ state: RequestState? = nil,
        needsUndecided: Bool = false
    ) -> JudgedCallback {
        let fault = fault(of: callback).map { ": \($0)" } ?? ""
        return JudgedCallback(
            callback: callback, held: held, outcome: outcome,
            result: RequestResult(
                held: held, state: state ?? held.state,
                evidence: "callback \(callback.sequence) says \(callback.word.rawValue)\(fault)"),
            needsUndecided: needsUndecided)
    }
}
