import BusinessCalendar
import Monetary

// Earlier decisions that people want to be corrected: once the day's layers have paid, by days past
// due, most first, then by loan.

extension LossClose {
    /// The day's decisions with the corrections behind them.
    mutating func corrected(_ decided: [LoanID: [LossDecision]]) throws(LossError)
        -> [LoanID: [LossDecision]]
    {
        var decided = decided
        let waiting = subjects.filter { !$0.value.corrections.isEmpty }.sorted {
            ($1.value.posted.daysPastDue, $0.key) < ($0.value.posted.daysPastDue, $1.key)
        }
        for (loan, subject) in waiting {
            for order in subject.corrections {
                let earlier = decided[loan] ?? []
                do throws(ServicingError) {
                    guard let correction = try correct(order, loan, earlier) else { continue }
                    decided[loan] = earlier + [correction]
                } catch {
                    throw .amounts(loan)
                }
            }
        }
        return decided
    }

    /// What an order comes to; nil where nothing of it can be booked any more.
    private mutating func correct(
        _ order: CorrectionOrder, _ loan: LoanID, _ decided: [LossDecision]
    ) throws(ServicingError) -> LossDecision? {
        guard let subject = subjects[loan] else { return nil }
        let made = subject.decisions.with(decided)
        let known =
            subject.facts
            + made.enumerated().map {
                $1.fact(of: subject.contract.loan, endOf: date, number: $0 + 1)
            }
        guard !subject.posted.isUndone,
            let decision = StandingDecision(order.decision, among: known)
        else { return nil }
        var amounts = try subject.contract.correctable(
            order, of: decision, facts: known, at: date)
        let there = amounts
        let cover = try draw(&amounts, for: decision, subject)
        if cover != nil || amounts != order.amounts {
            let shortfall: LossShortfall = amounts == there ? .gone : .exhausted
            subjects[loan]?.draws.append(
                LossDraw(
                    cover == nil || there == ClaimAmounts() ? order.amounts : there, of: decision,
                    loan, taken: amounts, from: cover,
                    because: amounts == order.amounts ? nil : shortfall))
        }
        return try subject.correction(
            of: decision, by: amounts, as: LossDecision.correction, number: made.count + 1)
    }

    /// Takes what is paid more off the cover that has paid, which may have less; what comes back
    /// it has again only where it is restored.
    ///
    /// - Returns: The cover; nil where none has paid.
    @discardableResult
    mutating func draw(
        _ amounts: inout ClaimAmounts, for decision: StandingDecision, _ subject: LossSubject
    ) throws(ServicingError) -> CoverID? {
        let entry = subject.empty(on: date)
        guard let name = decision.layer,
            let layer = subject.terms.layers.first(where: { $0.name == name.name }),
            case .provided(let provision) = layer.bearing, let terms = provision.cover,
            let id = entry.cover(of: layer, for: name.lender, on: decision.date)
        else { return nil }
        var account = covers[id] ?? CoverAccount(terms.kind)
        let total = amounts.cents
        do throws(CoverError) {
            if total > 0 { amounts = amounts.less(total - (try account.draw(total))) }
            if total < 0 { try account.giveBack(-total, isRestored: terms.isRestored) }
        } catch {
            throw .amount(.overflow)
        }
        covers[id] = account
        moved.insert(id)
        return id
    }
}

extension LossDraw {
    /// A correction that a cover pays or gets back, or of which not all can be booked any more.
    ///
    /// - Parameter asked: Of a cover what is there to be booked, if anything is.
    fileprivate init(
        _ asked: ClaimAmounts, of decision: StandingDecision, _ loan: LoanID,
        taken: ClaimAmounts, from cover: CoverID?, because shortfall: LossShortfall?
    ) {
        let (name, giver, taker): (String, PartyID, PartyID) =
            switch decision.fact.kind {
            case .assigned(let one): (one.name, one.from, one.to)
            case .indemnified(let one): (one.ground, one.payee, one.payer)
            default: ("", PartyID(""), PartyID(""))
            }
        self.init(
            loan: loan, layer: name, provider: taker, lender: giver, way: .invocation,
            asked: LossAmounts(asked), taken: LossAmounts(taken), instalments: [],
            cover: cover, shortfall: shortfall)
    }
}

extension Assignment {
    /// The layer by which claims move, or why they do.
    fileprivate var name: String { reason == .compensation ? ground : reason.rawValue }
}

extension FactEffect {
    /// When the decision was taken that it carries out or corrects.
    func decidedOn(_ position: LoanPosition) -> BusinessDate {
        let corrected: String
        switch kind {
        case .assignment(let one): corrected = one.corrects
        case .indemnity(let one): corrected = one.corrects
        default: corrected = ""
        }
        return position.effects.first { $0.fact == corrected }?.valueDate ?? valueDate
    }
}

extension ClaimAmounts {
    /// So much less, the principal last.
    fileprivate func less(_ amount: Int64) -> ClaimAmounts {
        var (rest, left) = (self, amount)
        for component in [\ClaimAmounts.fee, \.penalty, \.interest] {
            let part = min(left, max(0, rest[keyPath: component]))
            rest[keyPath: component] -= part
            left -= part
        }
        rest.principal -= left
        return rest
    }
}
