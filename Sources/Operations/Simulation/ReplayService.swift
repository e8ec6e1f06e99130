import BusinessCalendar
import LendingRules
import Monetary

/// A loan that was paid out, and who would have lent it; nil when nobody.
struct ReplayedLoan: Sendable {
    let loan: BookedLoan
    let plan: SharePlan?
}

/// What replayed loans came to, side by side.
struct ReplayOutcome: Sendable {
    var old = FigureTally()
    var new = FigureTally()
    var oldMoves: [PrincipalMove] = []
    var newMoves: [PrincipalMove] = []

    /// Adds everything but the moves, which count once by themselves.
    static func += (left: inout ReplayOutcome, right: ReplayOutcome) {
        left.old += right.old
        left.new += right.new
    }
}

/// Serves replayed loans to a date, under the terms they carry and under others.
struct ReplayService: Sendable {
    let agreement: Agreement
    let terms: TermsLibrary
    let platform: PartyID
    let end: BusinessDate
    /// Whether moves of principal are asked for.
    let movesCount: Bool

    func run(_ loans: [ReplayedLoan]) throws -> ReplayOutcome {
        var outcome = ReplayOutcome()
        for replayed in loans { try add(replayed, to: &outcome) }
        return outcome
    }

    private func add(_ replayed: ReplayedLoan, to outcome: inout ReplayOutcome) throws {
        let loan = replayed.loan
        guard let disbursedOn = loan.disbursedOn else { return }
        let dossier = LoanDossier(
            record: loan.record, plan: loan.plan, disbursedOn: disbursedOn, facts: loan.facts)
        guard let old = terms.agreement(loan.record.agreementVersion),
            let product = terms.product(loan.record.productVersion)
        else { throw ContractFault(loan: loan.record.loan, reason: "its terms are not kept") }
        let contract = try dossier.contract(under: old, of: product, platform: platform)
        let position = try self.position(of: contract, loan.facts)
        outcome.old.add(contract, at: position)
        if movesCount {
            outcome.oldMoves += contract.moves(of: loan, lentBy: loan.plan, at: position)
        }
        guard let plan = replayed.plan else { return }
        if plan == loan.plan, agreement.serves(as: old) {
            // The same terms and shares make the same position.
            outcome.new.add(contract, at: position)
            if movesCount {
                outcome.newMoves += contract.moves(of: loan, lentBy: plan, at: position)
            }
            return
        }
        let facts = try loan.facts(under: plan, agreement)
        let other = try LoanDossier(
            record: loan.record, plan: plan, disbursedOn: disbursedOn, facts: facts
        ).contract(under: agreement, of: product, platform: platform, schedule: contract.schedule)
        let end = try self.position(of: other, facts)
        outcome.new.add(other, at: end)
        if movesCount { outcome.newMoves += other.moves(of: loan, lentBy: plan, at: end) }
    }

    private func position(of contract: LoanContract, _ facts: [LoanFact]) throws(ContractFault)
        -> LoanPosition
    {
        try ContractFault.naming(contract.loan) { () throws(ServicingError) in
            try contract.position(facts: facts, at: end)
        }
    }
}

extension Agreement {
    /// Whether loans with the same shares are served alike under another one.
    fileprivate func serves(as other: Agreement) -> Bool {
        lenders == other.lenders && serviceFees == other.serviceFees
            && incomeShares == other.incomeShares && pricing == other.pricing
            && allocation == other.allocation && residueHolder == other.residueHolder
            && fundingMode == other.fundingMode && disbursement == other.disbursement
    }
}

extension BookedLoan {
    /// Whether claims went to others than those who were to lend by the agreement.
    func hasChangedHands(under agreement: Agreement) -> Bool {
        if facts.contains(where: { if case .ratioChange = $0.kind { true } else { false } }) {
            return true
        }
        let transfers = facts.count {
            if case .transferred = $0.kind { true } else { false }
        }
        return transfers > (agreement.fundingMode == .beforePayout ? 0 : 1)
    }

    /// The facts as they would have been: parts of the lenders in them go by another plan.
    fileprivate func facts(under plan: SharePlan, _ agreement: Agreement) throws -> [LoanFact] {
        if !facts.contains(where: { !$0.holders.isEmpty }) { return facts }
        let scale = try ProportionalScale(weights: plan.shares.map(\.amount))
        func divided(_ shares: [PlannedShare]) throws(AmountError) -> [PlannedShare] {
            let whole = shares.reduce(0) { $0 + $1.amount }
            return zip(plan.shares, try scale.parts(of: whole)).map {
                PlannedShare(party: $0.party, amount: $1)
            }
        }
        return try facts.compactMap { fact in
            switch fact.kind {
            case .drawdown(let shares): return fact.with(.drawdown(try divided(shares)))
            // Lent by its plan from the beginning, there is nothing to transfer.
            case .transferred where agreement.fundingMode == .beforePayout: return nil
            case .transferred(let holders):
                return fact.with(.transferred(to: try divided(holders)))
            default: return fact
            }
        }
    }
}

extension LoanFact {
    fileprivate func with(_ kind: Kind) -> LoanFact {
        LoanFact(
            id: id, kind: kind, valueDate: valueDate, bookingDate: bookingDate, instant: instant)
    }
}
