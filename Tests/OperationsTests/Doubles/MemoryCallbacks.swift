import LendingRules
import Operations
import Synchronization

/// What partners said, beside a store in memory; each call is one transaction.
final class MemoryCallbacks: CallbackStore {
    /// One row of what was heard.
    struct Word: Hashable {
        let key: String
        let party: PartyID
        let word: PartnerWord
        let sequence: Int64
        let digest: String
        let outcome: CallbackOutcome
    }

    private let store: MemoryStore
    private let heard = Mutex<[Word]>([])
    private let nonces = Mutex<Set<String>>([])
    /// Called between reading and keeping.
    let meanwhile: @Sendable (MemoryStore) -> Void

    init(_ store: MemoryStore, meanwhile: @escaping @Sendable (MemoryStore) -> Void = { _ in }) {
        self.store = store
        self.meanwhile = meanwhile
    }

    var words: [Word] { heard.withLock { $0 } }

    func heard(_ key: String, sequence: Int64) async throws -> HeardRequest? {
        let words = words.filter { $0.key == key }
        return store.read { world in
            guard let held = world.requests[key] else { return nil }
            return HeardRequest(
                held: held, isUndecided: world.isUndecided(held.request.loan),
                lastSequence: words.map(\.sequence).max(),
                lastFitting: words.filter { [.applied, .known].contains($0.outcome) }
                    .max { $0.sequence < $1.sequence }?.word,
                sameSequence: Set(words.filter { $0.sequence == sequence }.map(\.digest)))
        }
    }

    func keep(_ judged: JudgedCallback, now: Int64) async throws -> CallbackKeeping {
        meanwhile(store)
        let callback = judged.callback
        let nonce = "\(callback.party) \(callback.proof.nonce)"
        guard !nonces.withLock({ $0.contains(nonce) }) else { return .replayed }
        let isKept = store.write { world in
            if judged.needsUndecided, !world.isUndecided(judged.held.request.loan) { return false }
            return judged.result.map { world.store($0, now: now) } ?? true
        }
        guard isKept else { return .overtaken }
        nonces.withLock { _ = $0.insert(nonce) }
        if judged.outcome == .duplicate { return .kept }
        heard.withLock {
            $0.append(
                Word(
                    key: callback.key, party: callback.party, word: callback.word,
                    sequence: callback.sequence, digest: callback.proof.digest,
                    outcome: judged.outcome))
        }
        return .kept
    }

    func contradictions() async throws -> [Contradiction] {
        words.filter { word in
            word.outcome == .contradiction
                && !words.contains { $0.key == word.key && $0.sequence > word.sequence }
        }.compactMap { word in
            store.world.requests[word.key].map {
                Contradiction(
                    key: word.key, party: word.party, word: word.word, sequence: word.sequence,
                    state: $0.state)
            }
        }
    }
}

extension World {
    fileprivate func isUndecided(_ loan: LoanID) -> Bool {
        loans[loan].map { [.approved, .funding, .ready].contains($0.state) } ?? false
    }
}
