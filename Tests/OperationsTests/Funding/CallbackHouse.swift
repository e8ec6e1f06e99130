import LendingRules
import Monetary
import Operations
import TestSupport

/// Loan L1 of 1,000.00, of which harbor is asked for its share, and a door for callbacks.
struct CallbackHouse {
    static let key = "L1.harbor.1"

    let house: TestHouse
    let callbacks: MemoryCallbacks

    /// The request brought into a state, its loan undecided or past that.
    init(
        _ state: RequestState, loan: LoanState = .funding,
        meanwhile: @escaping @Sendable (MemoryStore) -> Void = { _ in }
    ) async throws {
        house = try TestHouse()
        callbacks = MemoryCallbacks(house.store, meanwhile: meanwhile)
        try await house.book(LoanFile.row("L1"))
        house.store.write { world in
            world.loans[LoanID("L1")]?.state = loan
            world.setState(of: Self.key, state)
        }
    }

    /// The loan as it stands in a house.
    init(over house: TestHouse) {
        self.house = house
        callbacks = MemoryCallbacks(house.store, meanwhile: { _ in })
    }

    var request: HeldRequest {
        get throws {
            guard let held = house.store.world.requests[Self.key] else {
                throw Refusal.broken
            }
            return held
        }
    }

    var state: RequestState { get throws { try request.state } }

    /// A callback of harbor's about its share.
    func callback(
        _ word: PartnerWord, _ sequence: Int64, nonce: String? = nil, content: String? = nil,
        party: String = "harbor", key: String = key, cents: Int64 = 0, hasMoney: Bool = true
    ) throws -> PartnerCallback {
        let request = try request.request
        let money = Money(
            minorUnits: request.amount + cents, currency: request.currency)
        let content = content ?? "\(word) \(sequence) \(cents)"
        return PartnerCallback(
            party: PartyID(party), key: key, word: word, sequence: sequence,
            money: hasMoney ? money : nil, reference: "H-\(sequence)",
            proof: CallbackProof(
                nonce: nonce ?? "n-\(content)", expiresAt: 300, content: content,
                digest: content, signature: "s"))
    }

    func take(_ callback: PartnerCallback) async throws -> CallbackOutcome {
        try await TakeCallback(store: callbacks, surroundings: house.surroundings)
            .take(callback).outcome
    }

    func take(_ word: PartnerWord, _ sequence: Int64, cents: Int64 = 0) async throws
        -> CallbackOutcome
    {
        try await take(callback(word, sequence, cents: cents))
    }
}

extension World {
    mutating func setState(of key: String, _ state: RequestState) {
        guard let held = requests[key] else { return }
        requests[key] = HeldRequest(
            request: held.request, state: state, version: held.version + 1,
            attempt: held.attempt, lastAttemptAt: held.lastAttemptAt)
    }
}
