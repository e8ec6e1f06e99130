/// An error as people and scripts meet it: a stable code, a sentence and what kind of exit it is.
package protocol CodedError: Error, Sendable {
    /// Stable, such as `FUND-012`.
    var code: String { get }
    /// What happened, to which record; what to do.
    var sentence: String { get }
    var exit: ExitKind { get }
}

/// Exit codes of the command line (INTERFACE).
package enum ExitKind: Int32, Sendable {
    case failed = 1
    case findings = 2
    case usage = 64
    case badInput = 65
    case unavailable = 69
    case inputOutput = 74
    case temporary = 75
    case configuration = 78

    /// Of several exits the first of 78, 65, 74, 69, 1, 2 wins.
    package static func worst(_ kinds: [ExitKind]) -> ExitKind? {
        let order: [ExitKind] = [
            .configuration, .badInput, .inputOutput, .unavailable, .temporary, .failed, .findings,
        ]
        return order.first(where: kinds.contains) ?? kinds.first
    }
}
