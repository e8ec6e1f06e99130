package import BusinessCalendar
package import LendingRules
package import Reconciling

/// Breaks as people change them; each method is one transaction.
package protocol BreakStore: Sendable {
    /// Writes a change with its events, movements and entries on the date now open; refused when
    /// the break has changed since, or when one person signs a proposal twice.
    func apply(_ change: BreakChange) async throws
    /// Everything that happened to a break, oldest first.
    func history(of id: String) async throws -> [BreakRecord]
    /// Everything a break has moved in the books, in order of date and kind.
    func movements(of id: String) async throws -> [BookedMovement]
}

/// One event of a break's history.
package struct BreakRecord: Hashable, Sendable {
    /// From 1.
    package let number: Int
    /// A ``BreakEvent``'s name.
    package let event: String
    /// Empty for a rule.
    package let person: String
    /// What the event is about: an owner, an acceptance, a date; or empty.
    package let object: String
    package let note: String
    /// The business date on which it counts.
    package let bookedOn: BusinessDate
    /// When it happened, UTC microseconds; operational.
    package let instant: Int64

    package init(
        number: Int, event: String, person: String, object: String, note: String,
        bookedOn: BusinessDate, instant: Int64
    ) {
        self.number = number
        self.event = event
        self.person = person
        self.object = object
        self.note = note
        self.bookedOn = bookedOn
        self.instant = instant
    }
}

extension BreakEvent {
    /// What the event is about, as a history keeps it; empty for nothing.
    package var object: String {
        switch self {
        case .assigned(let owner, _): owner
        case .proposed(let acceptance, _): acceptance.rawValue
        case .healed(let date): "\(date)"
        default: ""
        }
    }
}

extension BreakEvent {
    /// The event that a history keeps under a name; nil when it keeps none such.
    package init?(name: String, person: String, object: String) {
        switch name {
        case "found": self = .found
        case "found-changed": self = .foundChanged
        case "vanished": self = .vanished
        case "resolved-by-rule": self = .resolvedByRule
        case "unhealed": self = .unhealed
        case "assigned": self = .assigned(to: object, by: person)
        case "commented": self = .commented(by: person)
        case "approved": self = .approved(by: person)
        case "rejected": self = .rejected(by: person)
        case "healed":
            guard let date = BusinessDate(object) else { return nil }
            self = .healed(by: date)
        case "proposed":
            guard let acceptance = Acceptance(rawValue: object) else { return nil }
            self = .proposed(acceptance, by: person)
        default: return nil
        }
    }
}

/// What a break moved in the books on a date.
package struct BookedMovement: Hashable, Sendable {
    package let party: PartyID
    /// The date that the break first appeared on.
    package let firstDate: BusinessDate
    package let breakID: String
    package let bookedOn: BusinessDate
    package let movement: DisputeMovement

    package init(
        party: PartyID, firstDate: BusinessDate, breakID: String, bookedOn: BusinessDate,
        movement: DisputeMovement
    ) {
        self.party = party
        self.firstDate = firstDate
        self.breakID = breakID
        self.bookedOn = bookedOn
        self.movement = movement
    }
}

/// Who has agreed that a partner's date is as it should be.
package struct SignOff: Hashable, Sendable {
    package let party: PartyID
    package let date: BusinessDate
    package let side: Side
    package let person: String
    /// When other breaks were found on the date, so that it counts no more; nil while it stands.
    package let overtakenOn: BusinessDate?

    package init(
        party: PartyID, date: BusinessDate, side: Side, person: String,
        overtakenOn: BusinessDate? = nil
    ) {
        self.overtakenOn = overtakenOn
        self.party = party
        self.date = date
        self.side = side
        self.person = person
    }
}

/// Sign-offs as the store keeps them; each method is one transaction.
package protocol SignOffStore: Sendable {
    /// Keeps a sign-off of a reconciled date on the date now open, unless one that stands is in
    /// its way: of the same side, or of the same person for the other side. The one that decides.
    func sign(_ signOff: SignOff) async throws -> SignOff
    /// In date, party and side order, those of a side as they were made.
    func signOffs(of party: PartyID?) async throws -> [SignOff]
}
