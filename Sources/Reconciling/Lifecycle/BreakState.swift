/// Where a break stands.
package enum BreakState: String, Hashable, Sendable, CaseIterable {
    /// Found, and nobody's yet.
    case open
    /// A person has it.
    case investigating
    /// A correction is proposed and waits for a second person.
    case proposed
    /// Closed: by a rule, by a later line, or by an approved correction.
    case resolved
    /// Vanished with a file that superseded the one it was found in.
    case superseded

    /// Whether something is left to do about it.
    package var isOpen: Bool {
        switch self {
        case .open, .investigating, .proposed: true
        case .resolved, .superseded: false
        }
    }
}

/// How a break came to be resolved.
package enum BreakResolution: String, Hashable, Sendable, CaseIterable {
    /// By a rule, for rounding or timing.
    case rule
    /// The other side's line came on a later date.
    case healed
    /// A second person approved what the first proposed.
    case approval
    /// What was so accepted has been booked by the other side since.
    case booked
}

/// Whose figure a break is closed on.
package enum Acceptance: String, Hashable, Sendable, CaseIterable {
    /// Ours stands, the partner corrects.
    case ours
    /// Theirs stands; the difference waits in suspense for the loan's own correction.
    case theirs
    /// Theirs is settled and the difference is given up.
    case writeOff = "write-off"
}
