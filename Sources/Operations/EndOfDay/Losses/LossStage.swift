import BusinessCalendar
import LendingRules
import Monetary
import Portfolio

/// Decides what losses the parties take on a date: in one place, after all facts of the day and
/// before anything is posted (RULES § 5, 6).
struct LossStage: Sendable {
    let losses: any LossStore
    let book: any LoanBook
    let terms: TermsLibrary
    let platform: PartyID
    let surroundings: Surroundings

    /// Nothing to do where no agreement shares losses and nobody has instructed anything.
    func run(_ date: BusinessDate) async throws {
        let instructed = try await losses.instructed(on: date)
        guard terms.sharesLosses || !instructed.isEmpty else { return }
        if try await losses.isDecided(date) { return }
        let covers = try await kept(before: date)
        var close = LossClose(on: date, covers: covers, by: terms.covers(of: covers.keys))
        var loans = Set(instructed)
        for shards in try await book.openSlices(date) where terms.sharesLosses {
            loans.formUnion(try await candidates(shards, date))
        }
        for chunk in loans.sorted().chunks(of: SliceClose.chunk) {
            for dossier in try await book.dossiers(chunk, bookedThrough: date) {
                try take(dossier, &close)
            }
        }
        let decided: LossDay
        do throws(LossError) {
            decided = try close.decided()
        } catch {
            throw LossFault(date: date, error: error)
        }
        try await losses.decide(decided, facts: decided.facts.map(recorded))
    }

    /// Loans of agreements that share nothing are looked at where something is instructed of them.
    private func take(_ dossier: LoanDossier, _ close: inout LossClose) throws {
        let loss = terms.agreement(dossier.record.agreementVersion)?.loss ?? .none
        guard loss.isDecided || dossier.facts.contains(where: \.isInstruction) else { return }
        let contract = try terms.contract(of: dossier, platform: platform)
        try ContractFault.naming(contract.loan) { () throws(ServicingError) in
            try close.take(contract, dossier.facts, under: loss)
        }
    }

    private func recorded(_ decision: LossDay.Decision) -> NewFact {
        NewFact(
            loan: decision.loan, fact: decision.fact, channel: "",
            contentHash: surroundings.fingerprint("\(decision.fact)"))
    }

    /// Covers by the terms of their layers; those whose layer no loan has any more pay nobody.
    private func kept(before date: BusinessDate) async throws -> [CoverID: CoverAccount] {
        var accounts: [CoverID: CoverAccount] = [:]
        for kept in try await losses.covers(before: date) {
            guard let cover = terms.cover(of: kept.cover) else { continue }
            accounts[kept.cover] = CoverAccount(cover.kind, figures: kept.figures)
        }
        return accounts
    }

    /// Loans on which the date may decide or move something: with a fact of the day, or not quiet
    /// and under an agreement that shares losses.
    private func candidates(_ shards: Range<Int>, _ date: BusinessDate) async throws -> [LoanID] {
        let agreements = terms.agreementsSharingLosses
        var (others, eventful): (Set<LoanID>, [LoanID]) = ([], [])
        for anchor in try await book.anchors(in: shards) {
            if !agreements.contains(anchor.agreement) {
                others.insert(anchor.loan)
            } else if anchor.needsScalar(on: date, hasFacts: false) {
                eventful.append(anchor.loan)
            }
        }
        // One without an anchor is new, or was paid off: its agreement is not known yet.
        let touched = try await book.touched(in: shards, on: date)
        return touched.filter { !others.contains($0) } + eventful
    }
}
