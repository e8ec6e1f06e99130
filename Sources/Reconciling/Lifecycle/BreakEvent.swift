package import BusinessCalendar

/// What happens to a break; persons are named, rules are nobody.
package enum BreakEvent: Hashable, Sendable {
    /// Matching found it, for the first time or after it had vanished.
    case found
    /// Matching found it again with other amounts.
    case foundChanged
    /// A superseding file no longer has it.
    case vanished
    case resolvedByRule
    /// The files of a later date closed it, or brought what had been accepted.
    case healed(by: BusinessDate)
    /// Those files were superseded, and the new ones do not close it.
    case unhealed
    case assigned(to: String, by: String)
    case commented(by: String)
    case proposed(Acceptance, by: String)
    case approved(by: String)
    case rejected(by: String)

    /// The event's name in a history.
    package var name: String {
        switch self {
        case .found: "found"
        case .foundChanged: "found-changed"
        case .vanished: "vanished"
        case .resolvedByRule: "resolved-by-rule"
        case .healed: "healed"
        case .unhealed: "unhealed"
        case .assigned: "assigned"
        case .commented: "commented"
        case .proposed: "proposed"
        case .approved: "approved"
        case .rejected: "rejected"
        }
    }

    /// Who did it; nil for a rule.
    package var person: String? {
        switch self {
        case .assigned(_, let person), .commented(let person), .proposed(_, let person),
            .approved(let person), .rejected(let person):
            person
        default: nil
        }
    }
}

/// Why an event cannot happen to a break.
package enum BreakRefusal: Error, Hashable, Sendable {
    /// The break's state does not admit it.
    case illegal(BreakState, event: String)
    /// Who proposed a correction cannot approve it.
    case samePerson(String)
}
