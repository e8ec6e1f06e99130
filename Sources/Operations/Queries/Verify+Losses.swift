import BusinessCalendar
import LendingRules
import Monetary

extension Verify {
    /// What every close has decided about losses follows from the facts that it knew: covers, what
    /// they were asked and paid, and the decisions themselves.
    func checkLosses(of closed: [BusinessDate]) async throws -> Divergence? {
        let terms = TermsLibrary(try await snapshots.snapshots())
        let kept = try await source.losses()
        let subjects = try await lossSubjects(terms)
        if subjects.isEmpty && kept.covers.isEmpty && kept.draws.isEmpty { return nil }
        var audit = LossAudit(terms: terms, kept: kept)
        for (index, date) in closed.enumerated() {
            surroundings.progress(WorkDone("losses recomputed", index + 1, of: closed.count))
            if let found = try audit.check(date, subjects) { return found }
        }
        return audit.rest(after: closed.last)
    }

    /// Loans under agreements that share losses, and those with decisions about their claims.
    private func lossSubjects(_ terms: TermsLibrary) async throws -> [LossSubject] {
        var subjects: [LossSubject] = []
        var last: LoanID?
        while true {
            let dossiers = try await source.dossiers(after: last, limit: Verify.page)
            guard let end = dossiers.last else { return subjects }
            for dossier in dossiers {
                let loss = terms.agreement(dossier.record.agreementVersion)?.loss ?? .none
                let isDecided = dossier.facts.contains { $0.isInstruction || $0.isLossDecision }
                guard loss.isDecided || isDecided else { continue }
                let contract = try terms.contract(of: dossier, platform: platform)
                subjects.append(
                    LossSubject(contract: contract, terms: loss, facts: dossier.facts))
            }
            last = end.record.loan
        }
    }
}

/// A loan whose losses are recomputed.
private struct LossSubject {
    let contract: LoanContract
    let terms: LossTerms
    let facts: [LoanFact]
}

/// Decides each date anew and compares.
private struct LossAudit {
    private let terms: TermsLibrary
    private var accounts: [CoverID: CoverAccount] = [:]
    private var covers: [BusinessDate: [KeptCover]]
    private var draws: [BusinessDate: [KeptDraw]]

    init(terms: TermsLibrary, kept: KeptLosses) {
        self.terms = terms
        covers = Dictionary(grouping: kept.covers, by: \.date)
        draws = Dictionary(grouping: kept.draws, by: \.date)
    }

    mutating func check(_ date: BusinessDate, _ subjects: [LossSubject]) throws -> Divergence? {
        var close = LossClose(on: date, covers: accounts, by: terms.covers(of: accounts.keys))
        var recorded: [LoanID: [LoanFact]] = [:]
        for subject in subjects where date >= subject.contract.disbursedOn {
            let loan = subject.contract.loan
            let known = subject.facts.filter { $0.bookingDate <= date && !$0.isDecided(on: date) }
            let decided = subject.facts.filter { $0.isDecided(on: date) }
            if !decided.isEmpty { recorded[loan] = decided.sorted() }
            guard known.contains(where: { $0.kind == .disbursed }) else { continue }
            do {
                try close.take(subject.contract, known, under: subject.terms)
            } catch {
                return Divergence(.losses, on: date, at: loan.text, "\(error)")
            }
        }
        let day: LossDay
        do {
            day = try close.decided()
        } catch {
            return Divergence(.losses, on: date, at: "covers", "\(error)")
        }
        for cover in day.covers { accounts[cover.id] = cover.account }
        return compare(day, recorded)
    }

    private mutating func compare(_ day: LossDay, _ recorded: [LoanID: [LoanFact]]) -> Divergence? {
        var recorded = recorded
        let computed = Dictionary(grouping: day.facts, by: \.loan)
        for (loan, decisions) in computed.sorted(by: { $0.key < $1.key }) {
            guard recorded.removeValue(forKey: loan) == decisions.map(\.fact).sorted() else {
                return Divergence(
                    .losses, on: day.date, at: loan.text,
                    "its decisions are not those that its facts lead to")
            }
        }
        if let loan = recorded.keys.min() {
            return Divergence(
                .losses, on: day.date, at: loan.text,
                "there are decisions that its facts do not lead to")
        }
        let covers = Set(
            day.covers.map {
                KeptCover(cover: $0.id, date: day.date, figures: $0.account.figures)
            })
        if let cover = covers.symmetricDifference(self.covers.removeValue(forKey: day.date) ?? [])
            .map(\.cover).min()
        {
            return Divergence(
                .losses, on: day.date, at: "\(cover)", "the cover's figures are not those computed")
        }
        let draws = Set(day.draws.map { KeptDraw($0, on: day.date) })
        if let draw = draws.symmetricDifference(self.draws.removeValue(forKey: day.date) ?? [])
            .map(\.loan).min()
        {
            return Divergence(
                .losses, on: day.date, at: draw.text,
                "what layers were asked and paid is not what is computed")
        }
        return nil
    }

    /// What is kept of dates that are not closed; a close that was killed has decided one already.
    func rest(after last: BusinessDate?) -> Divergence? {
        let early = (Array(covers.keys) + Array(draws.keys)).filter { date in
            last.map { date <= $0 } ?? false
        }
        return early.min().map {
            Divergence(.losses, on: $0, at: "covers", "the date is not among the closed ones")
        }
    }
}

extension LoanFact {
    /// Whether closes decide such facts.
    fileprivate var isLossDecision: Bool {
        switch kind {
        case .assigned, .indemnified: true
        default: false
        }
    }

    /// Whether the close of a date has decided it.
    fileprivate func isDecided(on date: BusinessDate) -> Bool {
        bookingDate == date && valueDate == date && LossDecision.isOfClose(self)
    }
}
