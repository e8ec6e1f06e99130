package import BusinessCalendar

/// A break's life: open → investigating → proposed → resolved, with the ways out of it.
///
/// A pure machine: an event gives the next value, an illegal one an error. What it books follows
/// from the state, not from the event: an open break holds, a closed one holds nothing.
package struct BreakLifecycle: Hashable, Sendable {
    package private(set) var state: BreakState
    /// Who has it; empty for nobody.
    package private(set) var owner: String
    /// What is proposed, or was when it was last approved.
    package private(set) var acceptance: Acceptance?
    /// Who proposed that; empty for nobody.
    package private(set) var proposer: String
    /// How many proposals there have been; each is signed by two persons at most once.
    package private(set) var round: Int
    package private(set) var resolution: BreakResolution?
    /// The date whose files closed it, when a later line did.
    package private(set) var healedBy: BusinessDate?
    /// How many events it has seen: the version that a change is based on.
    package private(set) var events: Int

    /// A break that matching has found and nothing has happened to since.
    package static let new = BreakLifecycle(state: .open)

    /// A life as it was kept.
    package init(
        state: BreakState, owner: String = "", acceptance: Acceptance? = nil,
        proposer: String = "", round: Int = 0, resolution: BreakResolution? = nil,
        healedBy: BusinessDate? = nil, events: Int = 0
    ) {
        self.state = state
        self.owner = owner
        self.acceptance = acceptance
        self.proposer = proposer
        self.round = round
        self.resolution = resolution
        self.healedBy = healedBy
        self.events = events
    }

    /// The life after an event.
    ///
    /// - Throws: ``BreakRefusal`` when the state does not admit it, or one person does both.
    package func after(_ event: BreakEvent) throws(BreakRefusal) -> BreakLifecycle {
        var next = self
        next.events += 1
        switch event {
        case .found, .foundChanged, .vanished, .resolvedByRule, .healed, .unhealed:
            try next.match(event)
        case .assigned, .commented, .proposed, .approved, .rejected:
            try next.decide(event)
        }
        return next
    }
}

// MARK: - What matching and rules do

extension BreakLifecycle {
    private mutating func match(_ event: BreakEvent) throws(BreakRefusal) {
        switch (event, state) {
        case (.found, .open) where events == 1: break
        case (.found, .superseded), (.foundChanged, .resolved), (.foundChanged, .superseded):
            reopen()
        case (.foundChanged, .open), (.foundChanged, .investigating): break
        case (.foundChanged, .proposed): withdraw()
        case (.vanished, _) where state != .superseded:
            close(.superseded, nil)
        case (.resolvedByRule, _) where state.isOpen:
            close(.resolved, .rule)
        case (.healed(let date), _) where state.isOpen:
            close(.resolved, .healed)
            healedBy = date
        case (.healed(let date), .resolved)
        where resolution == .approval && acceptance != .ours:
            close(.resolved, .booked)
            healedBy = date
        case (.unhealed, .resolved) where resolution == .healed:
            reopen()
        case (.unhealed, .resolved) where resolution == .booked:
            close(.resolved, .approval)
        default: throw .illegal(state, event: event.name)
        }
    }

    /// Whether two persons have settled it, whatever became of their decision.
    package var isDecided: Bool { resolution == .approval || resolution == .booked }

    private mutating func reopen() {
        state = owner.isEmpty ? .open : .investigating
        (resolution, healedBy) = (nil, nil)
        (acceptance, proposer) = (nil, "")
    }

    /// A proposal does not outlive the amounts it was made for.
    private mutating func withdraw() {
        state = .investigating
        (acceptance, proposer) = (nil, "")
    }

    private mutating func close(_ state: BreakState, _ resolution: BreakResolution?) {
        self.state = state
        self.resolution = resolution
        healedBy = nil
    }
}

// MARK: - What people do

extension BreakLifecycle {
    private mutating func decide(_ event: BreakEvent) throws(BreakRefusal) {
        switch (event, state) {
        case (.commented, _): break
        case (.assigned(let person, _), .open), (.assigned(let person, _), .investigating):
            state = .investigating
            owner = person
        case (.proposed(let acceptance, let person), .investigating):
            state = .proposed
            round += 1
            self.acceptance = acceptance
            proposer = person
        case (.approved(let person), .proposed):
            guard person != proposer else { throw .samePerson(person) }
            close(.resolved, .approval)
        case (.rejected, .proposed): withdraw()
        default: throw .illegal(state, event: event.name)
        }
    }
}
