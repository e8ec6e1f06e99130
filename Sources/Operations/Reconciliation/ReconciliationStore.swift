package import BusinessCalendar
package import LendingRules
package import Monetary
package import Reconciling

/// Where run 2 of one partner's date stands (RULES § 6).
package enum ReconciliationState: String, Sendable, CaseIterable {
    case awaiting
    case reconciled
    case withBreaks = "with-breaks"
    case missing
}

/// A closed date of a partner and where its reconciliation stands.
package struct PartnerDate: Hashable, Sendable {
    package let party: PartyID
    package let date: BusinessDate
    package let state: ReconciliationState

    package init(party: PartyID, date: BusinessDate, state: ReconciliationState) {
        self.party = party
        self.date = date
        self.state = state
    }
}

/// One line's claim by a match or break; unique for each line.
package struct LineClaim: Hashable, Sendable {
    package let file: String
    package let side: Side
    package let key: [String]
    /// 1 for the first line of its key, 2 for its twin.
    package let occurrence: Int
    /// The break that claims it, or empty for a match.
    package let breakID: String
    /// The partner's own number by which the line was read as one of our loan, or empty.
    package let readBy: String

    package init(
        file: String, side: Side, key: [String], occurrence: Int, breakID: String,
        readBy: String = ""
    ) {
        self.readBy = readBy
        self.file = file
        self.side = side
        self.key = key
        self.occurrence = occurrence
        self.breakID = breakID
    }
}

/// What reconciling one partner's date writes, together.
package struct ReconciledDate: Hashable, Sendable {
    package let party: PartyID
    package let date: BusinessDate
    package let state: ReconciliationState
    /// The partner's files as received, manifest first; empty when they are missing.
    package let received: [FileContent]
    package let claims: [LineClaim]
    /// Every break that was found, as it stands now.
    package let breaks: [KeptBreak]
    /// What became of breaks: found, changed, vanished, and those of earlier dates that the
    /// date's lines closed.
    package let changes: [BreakChange]
    package let sayings: PartnerSayings
    /// Currencies in which the date was settled when the result was computed.
    package let settled: Set<Currency>

    package init(
        party: PartyID, date: BusinessDate, state: ReconciliationState, received: [FileContent],
        claims: [LineClaim], breaks: [KeptBreak], changes: [BreakChange] = [],
        sayings: PartnerSayings = PartnerSayings(), settled: Set<Currency> = []
    ) {
        self.sayings = sayings
        self.settled = settled
        self.party = party
        self.date = date
        self.state = state
        self.received = received
        self.claims = claims
        self.breaks = breaks
        self.changes = changes
    }
}

/// Reconciliation as the store sees it; each method is one transaction.
package protocol ReconciliationStore: PartnerMemory {
    /// Closed dates of the parties that are awaiting or missing, oldest first, then by party.
    func due(for parties: [PartyID]) async throws -> [PartnerDate]
    /// Every closed date of the parties with its state, oldest first, then by party.
    func states(of parties: [PartyID]) async throws -> [PartnerDate]
    /// Breaks of a party that first appeared before a date and may be closed by its files: those
    /// that are open, those that the files of the date or a later one closed, and lines of one
    /// side that were accepted and whose difference is booked.
    func openBreaks(of party: PartyID, before date: BusinessDate) async throws -> [KeptBreak]
    /// Breaks of a party that first appeared on a date, in id order.
    func breaks(of party: PartyID, on date: BusinessDate) async throws -> [KeptBreak]
    /// Currencies in which a settlement covers the party's date.
    func settled(_ party: PartyID, _ date: BusinessDate) async throws -> Set<Currency>
    /// Minor units that rules resolved as rounding, without their signs, by currency, over the
    /// breaks of a party that first appeared on the dates.
    func rounded(_ party: PartyID, _ dates: Range<BusinessDate>) async throws -> [Currency: Int64]
    /// How those of the loans that are booked are lent and paid out.
    func lending(of loans: Set<LoanID>) async throws -> [LoanID: LentLoan]
    /// Stores the result, booking what it moves on the date now open; one of the same party and
    /// date replaces the earlier one's claims. It fails when the date has been settled since: what
    /// is paid cannot be held any more.
    func record(_ result: ReconciledDate) async throws
}

/// Breaks as people ask about them.
package protocol BreakQueries: Sendable {
    /// Breaks in party, first date and id order.
    func breaks(party: PartyID?, state: KeptBreak.State?) async throws -> [KeptBreak]
    /// The break of an id; `nil` when there is none.
    func `break`(_ id: String) async throws -> KeptBreak?
    /// What has happened to every break, by id, oldest first.
    func lives() async throws -> [String: [BookedBreakEvent]]
}
