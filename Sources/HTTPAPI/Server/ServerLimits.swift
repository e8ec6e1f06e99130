/// The bounds of what a client may do to us.
package struct ServerLimits: Sendable {
    /// A request's line and headers together.
    package var headerBytes = 16 * 1024
    package var headerCount = 100
    /// Between two requests of a connection, and for the headers of one.
    package var idleSeconds: Int64 = 30
    /// For a body, from the headers to its end.
    package var bodyTime: Duration = .seconds(10)
    /// So long what still arrives is read after the last answer: closing at once would make the
    /// system throw the answer away before the client has read it.
    package var lingeringTime: Duration = .seconds(1)
    /// Connections at once; more wait to be accepted.
    package var connections = 1_024

    package init() {}
}
