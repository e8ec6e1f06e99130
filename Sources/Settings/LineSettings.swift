/// How the line to a party is built, and how hard it is pulled at: what stands below `line`.
package struct LineSettings: Hashable, Sendable {
    /// HTTP/2 where the party agrees to it.
    package let speaksHTTP2: Bool
    /// Requests that may wait for a place on the wire.
    package let queueLimit: Int
    /// How long each may wait.
    package let queueMilliseconds: Int
    package let rate: RateSettings
    package let breaker: BreakerSettings
    package let retries: RetrySettings
    package let tls: TLSSettings
    /// Nil for straight to the party.
    package let proxy: ProxySettings?
}

/// How many requests a second the party takes.
package struct RateSettings: Hashable, Sendable {
    /// Nil for no limit.
    package let perSecond: Int?
    /// Requests that may go out at once after a quiet time.
    package let burst: Int
}

/// When a party that only fails is left alone.
package struct BreakerSettings: Hashable, Sendable {
    /// Failures in a row.
    package let failures: Int
    /// Failures among the last 64 exchanges, in percent; 100 switches this rule off.
    package let sharePercent: Int
    /// How long it is left alone.
    package let openMilliseconds: Int
    /// Exchanges that must succeed after that.
    package let probes: Int
}

/// How often what did not leave, or only asks, is tried again.
package struct RetrySettings: Hashable, Sendable {
    /// In all, the first try included.
    package let tries: Int
    /// The longest pause before the second try.
    package let pauseMilliseconds: Int
    /// Further tries per hundred requests.
    package let budgetPercent: Int
}

/// Whom to believe and what to show; files are relative to the configuration directory.
package struct TLSSettings: Hashable, Sendable {
    /// PEM file of the authorities instead of the system's.
    package let authorityFile: String?
    /// PEM files of our own certificate and its key; both or neither.
    package let certificateFile: String?
    package let keyFile: String?
    package let keyPassword: SecretVariable?
    /// SHA-256 of the party's public key in base 64; one of them must be it.
    package let pins: [String]
}

/// A proxy on the way to the party.
package struct ProxySettings: Hashable, Sendable {
    package let url: String
    package let user: String?
    package let password: SecretVariable?
    /// PEM file of the authorities that vouch for an `https://` proxy.
    package let authorityFile: String?
}
