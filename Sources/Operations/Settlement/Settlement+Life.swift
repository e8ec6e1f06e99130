package import BusinessCalendar
package import LendingRules

extension Settlement {
    /// Business dates netted into it, oldest first.
    package var dates: [BusinessDate] {
        Set(lines.lazy.filter { $0.kind == .obligation }.map(\.date)).sorted()
    }

    /// Where it stands.
    ///
    /// - Throws: ``SettlementRefusal`` when its events do not follow from one another: a store
    ///   that was changed from outside.
    package func machine() throws(SettlementRefusal) -> SettlementMachine {
        try SettlementMachine.replay(events.map(\.event), amount: amount)
    }

    /// What it leaves for a later settlement, or nil.
    func rest() throws(SettlementRefusal) -> OpenRest? {
        let machine = try machine()
        if machine.open == 0 { return nil }
        return OpenRest(
            settlement: id, amount: machine.open, isSmall: machine.state == .carriedOver)
    }

    /// A draft as it is kept once it is booked.
    init(_ draft: SettlementDraft, on date: BusinessDate) {
        self.init(
            id: draft.id, amount: draft.amount, lines: draft.lines,
            events: [BookedSettlementEvent(draft.opening, on: date)])
    }
}

/// A settlement while events are added to it, and the steps they make.
struct SettlementFile {
    private(set) var settlement: Settlement
    private(set) var machine: SettlementMachine
    private(set) var steps: [SettlementStep] = []
    private let platform: PartyID
    private let date: BusinessDate

    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    init(_ settlement: Settlement, platform: PartyID, on date: BusinessDate)
        throws(SettlementRefusal)
    {
        self.settlement = settlement
        self.platform = platform
        self.date = date
        machine = try settlement.machine()
    }

    /// Adds an event with what it books.
    ///
    /// - Throws: ``SettlementRefusal``; nothing is added then.
    mutating func add(_ event: SettlementEvent) throws(SettlementRefusal) {
        let id = settlement.id
        let effects = try machine.apply(event)
        let postings = effects.flatMap {
            $0.postings(between: platform, and: id.party, in: id.currency)
        }
        let events = settlement.events + [BookedSettlementEvent(event, on: date)]
        steps.append(
            SettlementStep(
                settlement: id, number: events.count, event: event, postings: postings))
        settlement = Settlement(
            id: id, amount: settlement.amount, lines: settlement.lines, events: events)
    }
}
