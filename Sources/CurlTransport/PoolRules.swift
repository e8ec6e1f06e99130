// How one far side is treated: each has its own places, pace, patience and trust.

/// The rules of one pool of connections.
package struct PoolRules: Sendable {
    /// Stands in the evidence; never a secret.
    package var name: String
    /// Exchanges on the wire at the same time.
    package var maximumInFlight = 64
    /// Exchanges that may wait for a place; one more is `notSent`.
    package var queueLimit = 10_000
    /// How long an exchange may wait for a place before it is `notSent`.
    package var queueMilliseconds = 30_000
    /// nil for no limit.
    package var rate: RateLimit?
    /// nil for no breaker.
    package var breaker: BreakerRules?
    package var trust = Trust()
    /// nil for straight to the host. Environment variables never choose a proxy.
    package var proxy: Proxy?
    /// HTTP/2 where the server agrees; only over TLS.
    package var speaksHTTP2 = false
    /// The longest pause that a `Retry-After` can ask for: the header is not signed.
    package var maximumRetryAfterSeconds = 60

    package init(name: String) { self.name = name }

    /// Of a host for which nobody has made rules.
    init(origin: String, _ limits: ClientLimits) {
        self.init(name: origin)
        maximumInFlight = limits.maximumConnectionsPerHost
        queueLimit = limits.queueLimit
        queueMilliseconds = limits.queueMilliseconds
        trust.authorityFile = limits.certificateAuthorityFile
    }
}
