package import LendingRules

/// Whether a store can be worked with at all.
package protocol StoreHealth: Sendable {
    /// Reads a little; throws when the store cannot be reached or is not as this program needs it.
    func check() async throws
}

/// What a running service counts in its store, cheap enough to be asked every few seconds.
package protocol FundingFigures: Sendable {
    /// Requests on which something is left to do or whose money has not moved, by party and state.
    func openRequests() async throws -> [RequestTally]
}

/// How many requests of a party stand in a state.
package struct RequestTally: Hashable, Sendable {
    package let party: PartyID
    package let state: RequestState
    package let count: Int64

    package init(party: PartyID, state: RequestState, count: Int64) {
        self.party = party
        self.state = state
        self.count = count
    }
}

extension RequestTally {
    /// The states that are counted; in all others nothing is left to do.
    package static let states: [RequestState] = [
        .planned, .sent, .pending, .inDoubt, .reversing, .reversalInDoubt, .accepted,
        .reversalRefused,
    ]
}
