// One far side's own lane through a client.

/// Identity of a pool in the loop, which must not keep the client alive.
final class PoolIdentity: Sendable {
    let rules: PoolRules

    init(_ rules: PoolRules) { self.rules = rules }
}

/// Exchanges with one far side under rules of their own: its slowness, limits and failures are
/// nobody else's.
package final class Pool: Sendable {
    private let client: CurlClient
    private let identity: PoolIdentity

    init(_ rules: PoolRules, of client: CurlClient) {
        self.client = client
        identity = PoolIdentity(rules)
    }

    deinit { client.retire(identity) }

    /// As ``CurlClient/exchange(_:)``, in this pool.
    package func exchange(_ request: ExchangeRequest) async -> ExchangeOutcome {
        let outcome = await client.exchange(request, in: identity)
        // Its lane is not to be given up under what is still to be sent.
        withExtendedLifetime(self) {}
        return outcome
    }
}

extension CurlClient {
    /// A pool with rules of its own. Requires places for at least one exchange.
    package func pool(_ rules: PoolRules) -> Pool {
        precondition(rules.maximumInFlight > 0 && rules.queueLimit >= 0)
        precondition(rules.queueMilliseconds > 0)
        return Pool(rules, of: self)
    }
}
