package import BusinessCalendar
package import LendingRules
package import Reconciling

/// A break as it is kept.
package struct KeptBreak: Hashable, Sendable {
    /// Where a break stands.
    package typealias State = BreakState

    package let id: String
    package let party: PartyID
    package let file: String
    package let kind: BreakKind
    package let key: [String]
    /// Empty when the break is about a whole file.
    package let loan: String
    package let firstDate: BusinessDate
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
    /// What either side's record makes the platform owe.
    package let due: DisputedDue
    package var lifecycle: BreakLifecycle
    package var posted: PostedAmounts

    /// Where it stands.
    package var state: State { lifecycle.state }

    /// Whether two persons have accepted a line that only one side had: what that booked goes back
    /// when the other side has the line too.
    package var isAccepted: Bool {
        lifecycle.isDecided && lifecycle.acceptance != .ours
            && (kind == .theirsOnly || kind == .oursOnly)
    }

    /// Whether a rule that resolves it settles the partner's cents.
    var isRounding: Bool { kind == .rounding || cause == .arrivedLate }

    /// What the break has moved in the books so far; minor units, positive when the platform owes.
    package struct PostedAmounts: Hashable, Sendable {
        /// Held and not released.
        package var held: Int64
        package var rounded: Int64
        /// By approved corrections, against suspense.
        package var corrected: Int64
        package var writtenOff: Int64
        /// Of a share that its bank will not take back, while that is open.
        package var claimed: Int64

        package init(
            held: Int64 = 0, rounded: Int64 = 0, corrected: Int64 = 0, writtenOff: Int64 = 0,
            claimed: Int64 = 0
        ) {
            self.held = held
            self.rounded = rounded
            self.corrected = corrected
            self.writtenOff = writtenOff
            self.claimed = claimed
        }
    }

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
        firstDate: BusinessDate, state: State = .open, severity: Severity, cause: Cause,
        sentence: String, rule: String, currency: String, differences: [ColumnDifference],
        ours: String, theirs: String, ourLine: Int, theirLine: Int, due: DisputedDue = .none,
        lifecycle: BreakLifecycle? = nil, posted: PostedAmounts = PostedAmounts()
    ) {
        self.id = id
        self.party = party
        self.file = file
        self.kind = kind
        self.key = key
        self.loan = loan
        self.firstDate = firstDate
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
        self.due = due
        self.lifecycle = lifecycle ?? BreakLifecycle(state: state)
        self.posted = posted
    }
}
