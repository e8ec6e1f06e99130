/// Finds the likely cause of every break of one partner and date.
struct Explainer {
    /// A cause with the breaks it names.
    struct Verdict {
        let cause: Cause
        let related: [BreakID]
        /// What a person should know besides, in words.
        let detail: String?

        init(_ cause: Cause, _ related: [BreakID] = [], detail: String? = nil) {
            self.cause = cause
            self.detail = detail
            self.related = Array(related.prefix(Explanation.relatedLimit))
        }
    }

    /// A loan's evidence and what it says.
    struct Loan {
        let name: String
        let evidence: LoanEvidence
        let reading: BalanceReading
        /// What a partner that computes in its own way may be off by, minor units.
        let roundingLimit: Int64?
    }

    /// Names a line by file and key, to find its counterpart of an earlier date.
    struct LineName: Hashable {
        private let file: String
        private let key: [ExactText]

        init(file: String, key: [String]) {
            self.file = file
            self.key = ExactText.key(key)
        }
    }

    let computation: PartnerComputation
    private let partner: String
    let loans: [ExactText: Loan]
    private let openLines: [LineName: [OpenBreak]]
    /// What the partner said before of the loans it has balances of today.
    let earlier: [String: StatedBalance]
    private let refusal: String?
    /// Whether the partner's terms let it book a line on a later date.
    let mayBookLater: Bool
    /// Today's breaks of lines.
    let brokenLines: [LineName: [Break]]
    /// Minor units by which a late line may differ from the one that waited for it.
    private let lateTolerance: Int64

    init(day: PartnerDay, results: [FileResult]) {
        partner = day.partner
        computation = day.computation
        earlier = day.earlier
        refusal = day.refusal
        mayBookLater = day.files.contains { $0.layout.role == .movement && $0.windowDays > 0 }
        let balances = day.files.first { $0.layout.role == .balance }
        let tolerance = balances.map { $0.tolerance.widest(of: $0.layout) } ?? 0
        lateTolerance = tolerance
        let rounding = day.computation == .scale ? nil : tolerance
        var loans: [ExactText: Loan] = [:]
        for (name, evidence) in LoanEvidence.gathered(results, day.openBreaks) {
            let reading = BalanceReading(
                evidence, rounding: rounding, misprintLimit: day.misprintLimit)
            loans[name] = Loan(
                name: name.text, evidence: evidence, reading: reading, roundingLimit: rounding)
        }
        self.loans = loans
        brokenLines = Dictionary(
            grouping: results.flatMap(\.breaks), by: { LineName(file: $0.file, key: $0.key) })
        openLines = Dictionary(
            grouping: day.openBreaks.filter { $0.isAccepted || day.isWithinReach($0) },
            by: { LineName(file: $0.layout.name, key: $0.key) })
    }

    /// The explanation of one break of a file's result.
    func explain(_ found: Break, in result: FileResult) -> Explanation {
        let verdict = verdict(on: found, in: result)
        let loan = found.loan(in: result.layout)
        let sentence = Sentence(found, layout: result.layout, partner: partner, loan: loan)
        return Explanation(
            kind: found.kind, cause: verdict.cause, related: verdict.related,
            sentence: sentence.text(for: verdict), rule: verdict.cause.rule)
    }

    private func verdict(on found: Break, in result: FileResult) -> Verdict {
        if found.kind == .missingFile {
            return Verdict(refusal == nil ? .notSent : .refusedFile, detail: refusal)
        }
        if found.kind == .controlTotal { return fileVerdict(found, in: result) }
        if found.kind == .balanceChain { return chainVerdict(found) }
        if found.kind == .groupSum { return groupVerdict(found) }
        if found.differences.contains(where: \.isCurrency) { return Verdict(.otherCurrency) }
        if result.layout.role == .claim { return Verdict(claimCause(found)) }
        guard let name = found.loan(in: result.layout), let loan = loans[ExactText(name)] else {
            return Verdict(.unknown)
        }
        switch result.layout.role {
        case .movement:
            return movementVerdict(found, in: result.layout, loan)
        case .balance:
            return balanceVerdict(found, loan)
        case .standing, .plan, .part, .accrual, .status, .claim:
            return detailVerdict(found, result.layout.role, loan)
        }
    }

    /// The open break of an earlier date that a one-sided line of today closes: of the same key,
    /// and of the same money but for the partner's rounding.
    func counterpart(of found: Break, in layout: FileLayout, on loan: String) -> BreakID? {
        let opposite: [BreakKind]
        switch found.kind {
        case .oursOnly: opposite = [.theirsOnly]
        case .theirsOnly: opposite = [.oursOnly]
        default: return nil
        }
        let effect = found.effect(in: layout, on: loan)
        return openLines[LineName(file: found.file, key: found.key)]?
            .filter {
                opposite.contains($0.kind) && ($0.effect + effect).isWithin(lateTolerance)
            }
            .min { ($0.firstDate, $0.id.text) < ($1.firstDate, $1.id.text) }?.id
    }
}
