// Every bound of a client in one place.

/// Bounds of one `CurlClient`; each has a default that suits a handful of partners.
package struct ClientLimits: Sendable {
    /// Exchanges on the wire at the same time, over all hosts.
    package var maximumInFlight = 256
    /// Connections, and so exchanges, to one scheme, host and port at the same time.
    package var maximumConnectionsPerHost = 64
    /// Exchanges that may wait for a place on the wire; one more is `notSent`.
    package var queueLimit = 100_000
    /// How long an exchange may wait for a place before it is `notSent`.
    package var queueMilliseconds = 60_000
    /// Idle connections older than this are not used again: shorter than the time after which
    /// servers usually close them, so that requests rarely meet a dying connection.
    package var connectionIdleSeconds = 20
    /// A longer answer header is cut off and its outcome is `unknown`.
    package var maximumHeaderBytes = 64 * 1024
    /// Longest pause before a host that keeps failing is tried again; pauses double from 10 ms.
    package var maximumPauseMilliseconds = 250
    /// Stops libcurl from sending a request twice on its own. Off only to prove that it matters.
    package var resendGuard = true
    /// PEM file of the authorities to trust instead of the system's.
    package var certificateAuthorityFile: String?

    package init() {}
}
