package import Bookkeeping
package import BusinessCalendar
package import LendingRules

/// One business date of one partner that waits for its settlement.
package struct UnsettledDay: Hashable, Sendable {
    package let date: BusinessDate
    package let party: PartyID
    /// Where run 2 of the date stands.
    package let reconciliation: ReconciliationState
    package let obligations: [Obligation]
    /// What open breaks of the date hold out of its settlement.
    package let held: [HeldAmount]

    package init(
        date: BusinessDate, party: PartyID, reconciliation: ReconciliationState,
        obligations: [Obligation], held: [HeldAmount] = []
    ) {
        self.date = date
        self.party = party
        self.reconciliation = reconciliation
        self.obligations = obligations
        self.held = held
    }
}

/// An event of a settlement with the open date on which it was booked.
package struct BookedSettlementEvent: Hashable, Sendable {
    package let event: SettlementEvent
    package let bookedOn: BusinessDate

    package init(_ event: SettlementEvent, on bookedOn: BusinessDate) {
        self.event = event
        self.bookedOn = bookedOn
    }
}

/// A settlement as it is kept: its lines and everything that happened to it.
package struct Settlement: Hashable, Sendable {
    package let id: SettlementID
    /// The net as it was kept; minor units, positive when the platform pays.
    package let amount: Int64
    /// In the order of a statement.
    package let lines: [SettlementLine]
    /// Oldest first.
    package let events: [BookedSettlementEvent]

    package init(
        id: SettlementID, amount: Int64, lines: [SettlementLine], events: [BookedSettlementEvent]
    ) {
        self.id = id
        self.amount = amount
        self.lines = lines
        self.events = events
    }
}

/// One more event of a settlement, with what it books.
package struct SettlementStep: Hashable, Sendable {
    package let settlement: SettlementID
    /// The event's place in the life of the settlement, from 1; it is free exactly once.
    package let number: Int
    package let event: SettlementEvent
    package let postings: [Posting]

    package init(
        settlement: SettlementID, number: Int, event: SettlementEvent, postings: [Posting]
    ) {
        self.settlement = settlement
        self.number = number
        self.event = event
        self.postings = postings
    }
}

/// Settlement as the store sees it; each method is one transaction.
package protocol SettlementStore: Sendable {
    /// The business date on which whatever is booked now counts.
    func openDate() async throws -> BusinessDate
    /// Closed dates with obligations, or amounts held, that no settlement covers, in party and
    /// date order.
    func unsettled() async throws -> [UnsettledDay]
    /// Every settlement, in id order.
    func settlements() async throws -> [Settlement]
    /// Keeps drafts with their first event and the steps of those whose rests they net; a date is
    /// covered once. It fails when breaks hold other amounts of a date than the drafts take out.
    func draft(_ drafts: [SettlementDraft], _ steps: [SettlementStep], on date: BusinessDate)
        async throws
    /// Books steps with their entries, and the statement lines they rest on.
    func record(_ steps: [SettlementStep], receipts: [CashReceipt], on date: BusinessDate)
        async throws
}

/// Settlements as people ask about them.
package protocol SettlementQueries: Sendable {
    /// Every settlement, in id order.
    func settlements() async throws -> [Settlement]
    /// Obligations of closed dates in date, party, currency and type order.
    func obligations(party: PartyID?) async throws -> [Obligation]
}
