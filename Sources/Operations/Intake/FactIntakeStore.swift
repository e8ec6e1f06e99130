package import BusinessCalendar
package import LendingRules

/// A loan as an import of facts must know it.
package struct FactSubject: Hashable, Sendable {
    package let record: LoanRecord
    package let state: LoanState
    /// Shares, disbursement and every fact; nil until disbursed.
    package let dossier: LoanDossier?
    /// Where the payout stands at the channel; nil when none was asked for, or once disbursed.
    package let payout: PayoutState?

    package init(
        record: LoanRecord, state: LoanState, dossier: LoanDossier?, payout: PayoutState? = nil
    ) {
        self.payout = payout
        self.record = record
        self.state = state
        self.dossier = dossier
    }
}

/// Facts ready to be recorded, with what was known when they were judged.
package struct FactBatch: Sendable {
    /// In the order of facts, loan by loan.
    package let facts: [NewFact]
    /// How many facts each of their loans had then; with any more they must be judged anew.
    package let seen: [LoanID: Int]
    /// New states of loans that are undone; their confirmed requests become `returned`.
    package let states: [LoanID: LoanState]
    /// Ids of what came for lines.
    package let keys: [NewKey]
    /// What was drawn or bought.
    package let draws: LoanBatch
    /// How many notes each line that was drawn on had then; with any more room must be counted
    /// anew.
    package let notes: [LoanID: Int]
    /// Limits that must have room for what lenders take over by the facts.
    package let limits: [Limit]

    package init(
        facts: [NewFact], seen: [LoanID: Int], states: [LoanID: LoanState], keys: [NewKey] = [],
        draws: LoanBatch = LoanBatch(bookings: []), notes: [LoanID: Int] = [:],
        limits: [Limit] = []
    ) {
        self.limits = limits
        self.keys = keys
        self.draws = draws
        self.notes = notes
        self.facts = facts
        self.seen = seen
        self.states = states
    }
}

/// The store as an import of facts sees it; each method is one transaction.
package protocol FactIntakeStore: LineStore, LoanIntakeStore {
    /// Content hashes of those ids that are recorded already, on any loan; payments count.
    func known(_ facts: [String]) async throws -> [String: String]
    /// The loans that exist.
    func subjects(_ ids: [LoanID]) async throws -> [LoanID: FactSubject]
    /// Records facts on `date` and books what was drawn, all or nothing, and says how many: none
    /// when another import has recorded all of them meanwhile with the same content. It fails when
    /// that date is no longer open, a loan has more facts or a line more notes than were seen, an
    /// id is recorded with other content, or another has taken the room of a lender's limit. Parts
    /// are counted as the key that they share.
    @discardableResult
    func record(_ batch: FactBatch, on date: BusinessDate) async throws -> Int
}
