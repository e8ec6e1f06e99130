package import BusinessCalendar
package import LendingRules

/// A loan as an import of facts must know it.
package struct FactSubject: Hashable, Sendable {
    package let record: LoanRecord
    package let state: LoanState
    /// Shares, disbursement and every fact; nil until disbursed.
    package let dossier: LoanDossier?

    package init(record: LoanRecord, state: LoanState, dossier: LoanDossier?) {
        self.record = record
        self.state = state
        self.dossier = dossier
    }
}

/// Facts ready to be recorded, with what was known when they were judged.
package struct FactBatch: Hashable, Sendable {
    /// In the order of facts, loan by loan.
    package let facts: [NewFact]
    /// How many facts each of their loans had then; with any more they must be judged anew.
    package let seen: [LoanID: Int]
    /// New states of loans that are undone; their confirmed requests become `returned`.
    package let states: [LoanID: LoanState]

    package init(facts: [NewFact], seen: [LoanID: Int], states: [LoanID: LoanState]) {
        self.facts = facts
        self.seen = seen
        self.states = states
    }
}

/// The store as an import of facts sees it; each method is one transaction.
package protocol FactIntakeStore: Sendable {
    /// The business date on which whatever is booked now counts.
    func openDate() async throws -> BusinessDate
    /// Content hashes of those ids that are recorded already, on any loan; payments count.
    func known(_ facts: [String]) async throws -> [String: String]
    /// The loans that exist.
    func subjects(_ ids: [LoanID]) async throws -> [LoanID: FactSubject]
    /// Records facts on `date`, all or nothing, and says how many: none when another import has
    /// recorded all of them meanwhile with the same content. It fails when that date is no longer
    /// open, a loan has more facts than were seen, or an id is recorded with other content.
    @discardableResult
    func record(_ batch: FactBatch, on date: BusinessDate) async throws -> Int
}
