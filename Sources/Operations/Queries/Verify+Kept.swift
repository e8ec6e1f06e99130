import Bookkeeping
import BusinessCalendar
import LendingRules
import Portfolio

/// What is kept for one loan or one date beside the ledger.
extension Verify {
    /// An anchor is rebuildable from facts; while a date is closing, slices of it may have
    /// written theirs already.
    func check(
        _ kept: LoanAnchor?, _ dossier: LoanDossier, _ contract: LoanContract,
        _ last: BusinessDate?, closing: BusinessDate?
    ) -> Divergence? {
        guard let date = closing ?? last else { return nil }
        do {
            var allowed = [try anchor(dossier, contract, at: last)]
            if let closing { allowed.append(try anchor(dossier, contract, at: closing)) }
            if allowed.contains(kept) { return nil }
        } catch {
            return Divergence(
                .conservation, on: date, at: contract.loan.text,
                "its facts give no position: \(error)")
        }
        let fault = kept == nil ? "is not there" : "differs from what the facts give"
        return Divergence(.anchors, on: date, at: contract.loan.text, "the anchor \(fault)")
    }

    /// Nil for a loan that is not disbursed by the end of the date.
    private func anchor(
        _ dossier: LoanDossier, _ contract: LoanContract, at date: BusinessDate?
    ) throws(ServicingError) -> LoanAnchor? {
        guard let date else { return nil }
        let known = dossier.facts.filter { $0.bookingDate <= date }
        guard !known.isEmpty else { return nil }
        return try LoanDay(contract: contract, facts: known, date: date)
            .anchor(shard: surroundings.shard(contract.loan.text))
    }

    /// A loan is disbursed exactly when a fact says so, and from the fact's date.
    func checkStates(of last: BusinessDate?) async throws -> Divergence? {
        guard let last, let loan = try await source.contradictoryLoans().min() else { return nil }
        return Divergence(
            .states, on: last, at: loan.text,
            "its state, its date of disbursement and its facts contradict each other")
    }

    /// The frozen obligations are what the day's entries make the partners owe.
    func checkObligations(of date: BusinessDate, _ ledger: [LedgerRow]) async throws
        -> Divergence?
    {
        let expected = Set(try DayBalance.obligations(ledger, on: date, platform: platform))
        let stored = Set(try await source.obligations(on: date))
        func order(_ one: Obligation, _ other: Obligation) -> Bool {
            (one.party, one.currency, one.type, one.amount)
                < (other.party, other.currency, other.type, other.amount)
        }
        return expected.symmetricDifference(stored).min(by: order).map {
            Divergence(
                .obligations, on: date, at: "\($0.party) \($0.currency) \($0.type.rawValue)",
                stored.contains($0)
                    ? "the entries do not give the \($0.amount) in the store"
                    : "the entries give \($0.amount), the store does not have it")
        }
    }

    /// Payment lines by instalment and changes of status are what the facts give.
    func compareDetails(_ date: BusinessDate, _ sheet: RecomputedDay) async throws -> Divergence? {
        let parts = try await source.distributionParts(on: date)
        if let found = sheet.compare(parts: parts) { return found }
        return sheet.compare(statusChanges: try await source.statusChanges(on: date))
    }

    /// Our files are still those that were written.
    func checkFiles(of date: BusinessDate) async throws -> Divergence? {
        let changed = try await source.files(on: date).first {
            surroundings.hash($0.content) != $0.hash
        }
        return changed.map {
            Divergence(
                .files, on: date, at: "\($0.party) \($0.name)",
                "the content is not of the hash it was kept with")
        }
    }
}
