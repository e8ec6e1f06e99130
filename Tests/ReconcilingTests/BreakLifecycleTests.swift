import BusinessCalendar
import Reconciling
import Testing

/// The life of a break, transition by transition.
struct BreakLifecycleTests {
    /// `state event state`; every other pair is illegal.
    private static let legal: Set = [
        "open found-changed open", "open vanished superseded", "open resolved-by-rule resolved",
        "open healed resolved", "open assigned investigating", "open commented open",
        "investigating found-changed investigating", "investigating vanished superseded",
        "investigating resolved-by-rule resolved", "investigating healed resolved",
        "investigating assigned investigating", "investigating commented investigating",
        "investigating proposed proposed",
        "proposed found-changed investigating", "proposed vanished superseded",
        "proposed resolved-by-rule resolved", "proposed healed resolved",
        "proposed commented proposed", "proposed approved resolved",
        "proposed rejected investigating",
        // Resolved here means by the other side's line of a later date.
        "resolved found-changed investigating", "resolved vanished superseded",
        "resolved unhealed investigating", "resolved commented resolved",
        "superseded found investigating", "superseded found-changed investigating",
        "superseded commented superseded",
    ]

    private static let events: [BreakEvent] = [
        .found, .foundChanged, .vanished, .resolvedByRule, .healed(by: Samples.date), .unhealed,
        .assigned(to: "ann", by: "bob"), .commented(by: "bob"), .proposed(.ours, by: "ann"),
        .approved(by: "bob"), .rejected(by: "bob"),
    ]

    /// A break in a state; ann has it where anybody does.
    private static func life(_ state: BreakState) throws -> BreakLifecycle {
        let open = try BreakLifecycle.new.after(.found)
        if state == .open { return open }
        let taken = try open.after(.assigned(to: "ann", by: "ann"))
        switch state {
        case .proposed: return try taken.after(.proposed(.theirs, by: "ann"))
        case .resolved: return try taken.after(.healed(by: Samples.date))
        case .superseded: return try taken.after(.vanished)
        default: return taken
        }
    }

    @Test(arguments: BreakState.allCases, events)
    func `a break takes the legal events and refuses all others`(
        state: BreakState, event: BreakEvent
    ) throws {
        let life = try Self.life(state)
        let rows = Self.legal.filter { $0.hasPrefix("\(state.rawValue) \(event.name) ") }
        guard let row = rows.first else {
            #expect(throws: BreakRefusal.illegal(state, event: event.name)) {
                try life.after(event)
            }
            return
        }
        let next = try life.after(event)
        #expect(row.hasSuffix(" \(next.state.rawValue)"))
        #expect(next.events == life.events + 1)
    }

    @Test func `every row of the table is met`() {
        let pairs = Set(
            BreakState.allCases.flatMap { state in
                Self.events.map { "\(state.rawValue) \($0.name)" }
            })
        #expect(Self.legal.allSatisfy { row in pairs.contains { row.hasPrefix($0 + " ") } })
    }

    @Test func `who proposed cannot approve, whoever else is about`() throws {
        let proposed = try Self.life(.proposed)
        #expect(throws: BreakRefusal.samePerson("ann")) { try proposed.after(.approved(by: "ann")) }
        let approved = try proposed.after(.approved(by: "bob"))
        #expect(approved.resolution == .approval)
        #expect(approved.acceptance == .theirs)
        #expect(approved.proposer == "ann")
    }

    @Test func `a proposal does not outlive other amounts or a rejection`() throws {
        for event in [BreakEvent.foundChanged, .rejected(by: "ann")] {
            let life = try Self.life(.proposed).after(event)
            #expect(life.acceptance == nil && life.proposer.isEmpty)
            #expect(throws: BreakRefusal.self) { try life.after(.approved(by: "bob")) }
            #expect(try life.after(.proposed(.ours, by: "bob")).round == 2)
        }
    }

    @Test func `an approval ends when its break vanishes, other amounts reopen it`() throws {
        let approved = try Self.life(.proposed).after(.approved(by: "bob"))
        let gone = try approved.after(.vanished)
        #expect(gone.state == .superseded && gone.resolution == nil && !gone.isDecided)
        #expect(throws: BreakRefusal.illegal(.superseded, event: "vanished")) {
            try gone.after(.vanished)
        }
        let found = try gone.after(.found)
        #expect(found.state == .investigating && found.acceptance == nil)
        #expect(throws: BreakRefusal.self) { try approved.after(.unhealed) }
        let again = try approved.after(.foundChanged)
        #expect(again.state == .investigating && again.resolution == nil)
    }

    @Test func `what was accepted is closed by the other side's line, and can come back`() throws {
        let approved = try Self.life(.proposed).after(.approved(by: "bob"))
        let booked = try approved.after(.healed(by: Samples.date))
        #expect(booked.state == .resolved && booked.resolution == .booked)
        #expect(booked.healedBy == Samples.date && booked.acceptance == .theirs)
        let gone = try booked.after(.vanished)
        #expect(gone.state == .superseded && gone.healedBy == nil)
        #expect(throws: BreakRefusal.self) { try booked.after(.healed(by: Samples.date)) }
        let back = try booked.after(.unhealed)
        #expect(back.resolution == .approval && back.healedBy == nil)
        let ours = try Self.life(.investigating).after(.proposed(.ours, by: "ann"))
            .after(.approved(by: "bob"))
        #expect(throws: BreakRefusal.self) { try ours.after(.healed(by: Samples.date)) }
    }

    @Test func `a break that is nobody's comes back as nobody's`() throws {
        let gone = try Self.life(.open).after(.vanished)
        #expect(try gone.after(.found).state == .open)
    }

    @Test func `the date that healed it is kept, and forgotten when it does not any more`() throws {
        let healed = try Self.life(.open).after(.healed(by: Samples.date))
        #expect(healed.healedBy == Samples.date)
        #expect(try healed.after(.unhealed).healedBy == nil)
    }

    @Test func `a break is found for the first time once`() throws {
        #expect(throws: BreakRefusal.illegal(.open, event: "found")) {
            try Self.life(.open).after(.found)
        }
    }
}
