package import BusinessCalendar
package import LendingRules
package import Portfolio

/// Where the calendar of the books stands.
package struct DayStatus: Hashable, Sendable {
    /// The date that takes new facts.
    package let open: BusinessDate
    /// A date whose close has begun and not finished; the day before `open`.
    package let closing: BusinessDate?
    /// The last closed date and the log head after it; nil before the first close.
    package let lastClosed: ClosedDay?

    package init(open: BusinessDate, closing: BusinessDate?, lastClosed: ClosedDay?) {
        self.open = open
        self.closing = closing
        self.lastClosed = lastClosed
    }
}

/// A closed date and the log head after it.
package struct ClosedDay: Hashable, Sendable {
    package let date: BusinessDate
    package let head: [UInt8]

    package init(date: BusinessDate, head: [UInt8]) {
        self.date = date
        self.head = head
    }
}

/// The calendar of the books; each method is one transaction.
package protocol BusinessDays: Sendable {
    /// Which date is open, and whether one is closing.
    func status() async throws -> DayStatus
    /// `date` becomes `closing`, the next date open; nothing when it is closing already.
    func freeze(_ date: BusinessDate) async throws
    /// `date` becomes closed with its log head.
    func finish(_ date: BusinessDate, head: [UInt8]) async throws
}

/// Only one close runs at a time, whichever process; a killed process holds nothing.
package protocol CloseLock: Sendable {
    /// Runs the body under the lock, or returns nil at once when another close holds it.
    func withLock<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws
        -> Result?
}

/// A loan with everything its position is computed from.
package struct LoanDossier: Hashable, Sendable {
    package let record: LoanRecord
    /// Final shares, in agreement order.
    package let plan: SharePlan
    package let disbursedOn: BusinessDate
    /// Facts of every booking date up to the one asked for, with their channel left out.
    package let facts: [LoanFact]

    package init(
        record: LoanRecord, plan: SharePlan, disbursedOn: BusinessDate, facts: [LoanFact]
    ) {
        self.record = record
        self.plan = plan
        self.disbursedOn = disbursedOn
        self.facts = facts
    }
}

/// What closing one slice of shards writes, together with its step row.
package struct SliceResult: Sendable {
    package let date: BusinessDate
    package let shards: Range<Int>
    /// In id order, one row an id.
    package let ledger: [LedgerRow]
    package let distributions: [DistributionRow]
    package let factLines: [FactLine]
    package let balances: [LenderBalance]
    /// The distributions by instalment.
    package let parts: [DistributionPart]
    package let statusChanges: [StatusChange]
    /// New or changed anchors; those of finished loans are no longer live.
    package let anchors: [LoanAnchor]
    /// What only the files of the date need; no row keeps it.
    package let notices: [LoanNotice]
    /// What classing the claims of the date needs; no row keeps it.
    package let aged: [AgedLoan]

    package init(
        date: BusinessDate, shards: Range<Int>, ledger: [LedgerRow],
        distributions: [DistributionRow], factLines: [FactLine] = [],
        balances: [LenderBalance], anchors: [LoanAnchor], parts: [DistributionPart] = [],
        statusChanges: [StatusChange] = [], notices: [LoanNotice] = [],
        aged: [AgedLoan] = []
    ) {
        self.notices = notices
        self.aged = aged
        self.date = date
        self.shards = shards
        self.ledger = ledger
        self.distributions = distributions
        self.factLines = factLines
        self.balances = balances
        self.anchors = anchors
        self.parts = parts
        self.statusChanges = statusChanges
    }
}

/// The loan book as a close reads and writes it; each method is one transaction.
package protocol LoanBook: Sendable {
    /// Shard ranges of the date that are not posted yet, in order; together with those posted
    /// they cover all shards. The cut depends on the store's size, the result never does.
    func openSlices(_ date: BusinessDate) async throws -> [Range<Int>]
    /// Anchors of live loans in shard and loan order.
    func anchors(in shards: Range<Int>) async throws -> [LoanAnchor]
    /// Loans of the shards with a fact booked on the date, in shard and loan order.
    func touched(in shards: Range<Int>, on date: BusinessDate) async throws -> [LoanID]
    /// Dossiers in the order asked for, with facts booked up to `date`.
    func dossiers(_ loans: [LoanID], bookedThrough date: BusinessDate) async throws
        -> [LoanDossier]
    /// Stores the slice and its step row; nothing when the step is done already.
    func post(_ slice: SliceResult) async throws
}

/// Canonical texts of the versions loans carry.
package protocol TermsSnapshots: Sendable {
    /// All of them, in any order.
    func snapshots() async throws -> [TermsSnapshot]
}

/// What remains of a close after posting; each method is one transaction.
package protocol DayTotals: Sendable {
    /// All ledger rows of a date in the order book, shard, kind, agreement, account,
    /// counterparty, currency.
    func ledger(on date: BusinessDate) async throws -> [LedgerRow]
    /// Freezes the obligations of a date; nothing when they are frozen already.
    func freeze(_ obligations: [Obligation], on date: BusinessDate) async throws
}
