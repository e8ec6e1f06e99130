package import BusinessCalendar
package import LendingRules
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

/// A break as it is kept.
package struct KeptBreak: Hashable, Sendable {
    /// Where a break stands.
    package enum State: String, Sendable, CaseIterable {
        case open
        /// Closed by a rule: within tolerance, or healed by a later line.
        case resolved
        /// Vanished with a file that superseded the one it was found in.
        case superseded
    }

    package let id: String
    package let party: PartyID
    package let file: String
    package let kind: BreakKind
    package let key: [String]
    /// Empty when the break is about a whole file.
    package let loan: String
    package let firstDate: BusinessDate
    package let state: State
    package let severity: Severity
    package let cause: Cause
    package let sentence: String
    package let rule: String
    package let currency: String
    /// Ours − theirs by column, minor units.
    package let differences: [ColumnDifference]
    /// Our record and theirs as text, a column each; empty when a side has none.
    package let ours: String
    package let theirs: String
    /// Lines in the two files; evidence only, 0 when a side has none.
    package let ourLine: Int
    package let theirLine: Int

    /// One differing amount column.
    package struct ColumnDifference: Hashable, Sendable {
        package let column: String
        package let minorUnits: Int64

        package init(column: String, minorUnits: Int64) {
            self.column = column
            self.minorUnits = minorUnits
        }
    }

    package init(
        id: String, party: PartyID, file: String, kind: BreakKind, key: [String], loan: String,
        firstDate: BusinessDate, state: State, severity: Severity, cause: Cause, sentence: String,
        rule: String, currency: String, differences: [ColumnDifference], ours: String,
        theirs: String, ourLine: Int, theirLine: Int
    ) {
        self.id = id
        self.party = party
        self.file = file
        self.kind = kind
        self.key = key
        self.loan = loan
        self.firstDate = firstDate
        self.state = state
        self.severity = severity
        self.cause = cause
        self.sentence = sentence
        self.rule = rule
        self.currency = currency
        self.differences = differences
        self.ours = ours
        self.theirs = theirs
        self.ourLine = ourLine
        self.theirLine = theirLine
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

    package init(file: String, side: Side, key: [String], occurrence: Int, breakID: String) {
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
    package let breaks: [KeptBreak]
    /// Open breaks of earlier dates that today's lines closed.
    package let healed: [String]

    package init(
        party: PartyID, date: BusinessDate, state: ReconciliationState, received: [FileContent],
        claims: [LineClaim], breaks: [KeptBreak], healed: [String]
    ) {
        self.party = party
        self.date = date
        self.state = state
        self.received = received
        self.claims = claims
        self.breaks = breaks
        self.healed = healed
    }
}

/// Reconciliation as the store sees it; each method is one transaction.
package protocol ReconciliationStore: Sendable {
    /// Closed dates of the parties that are awaiting or missing, oldest first, then by party.
    func due(for parties: [PartyID]) async throws -> [PartnerDate]
    /// Every closed date of the parties with its state, oldest first, then by party.
    func states(of parties: [PartyID]) async throws -> [PartnerDate]
    /// Open breaks of a party that first appeared before a date.
    func openBreaks(of party: PartyID, before date: BusinessDate) async throws -> [KeptBreak]
    /// Stores the result; one of the same party and date replaces the earlier: breaks that
    /// vanish become superseded, those that stay keep their id and first date.
    func record(_ result: ReconciledDate) async throws
}

/// Breaks as people ask about them.
package protocol BreakQueries: Sendable {
    /// Breaks in party, first date and id order.
    func breaks(party: PartyID?, state: KeptBreak.State?) async throws -> [KeptBreak]
    func `break`(_ id: String) async throws -> KeptBreak?
}
