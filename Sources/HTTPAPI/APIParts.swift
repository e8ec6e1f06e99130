package import LendingRules
package import Operations

/// What the interface is made of: use cases and queries, and what it tells of itself.
package struct APIParts: Sendable {
    package let callbacks: TakeCallback
    package let verifier: any CallbackVerifier
    package let contradictions: any CallbackStore
    package let health: any StoreHealth
    package let figures: any FundingFigures
    /// The banks, for figures that are there even when they are zero.
    package let parties: [PartyID]
    package let version: String
    /// Wall time of the start in Unix seconds.
    package let startedAt: Int64
    /// Wall time in Unix seconds.
    package let now: @Sendable () -> Int64

    package init(
        callbacks: TakeCallback, verifier: any CallbackVerifier,
        contradictions: any CallbackStore, health: any StoreHealth,
        figures: any FundingFigures, parties: [PartyID], version: String,
        now: @escaping @Sendable () -> Int64
    ) {
        self.callbacks = callbacks
        self.verifier = verifier
        self.contradictions = contradictions
        self.health = health
        self.figures = figures
        self.parties = parties
        self.version = version
        self.now = now
        startedAt = now()
    }
}
