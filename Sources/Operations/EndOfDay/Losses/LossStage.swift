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
        var close = LossClose(on: date, covers: try await kept(before: date))
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
        guard loss != .none || dossier.facts.contains(where: \.isInstruction) else { return }
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
        let touched = try await book.touched(in: shards, on: date)
        let agreements = terms.agreementsSharingLosses
        let eventful = try await book.anchors(in: shards).filter {
            agreements.contains($0.agreement) && $0.needsScalar(on: date, hasFacts: false)
        }
        return touched + eventful.map(\.loan)
    }
}

extension LoanFact {
    fileprivate var isInstruction: Bool {
        if case .instructed = kind { true } else { false }
    }
}
