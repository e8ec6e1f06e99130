import BusinessCalendar
import Monetary

// A payment is taken back that earlier decisions had counted with: each of them is followed, in
// their order, by what it would have been more, had that been known on its date. The decisions
// themselves and what people have corrected of them stand (RULES § 1, 2, 5).

extension LossClose {
    /// Follows the decisions about every loan of which something revives, by days past due, most
    /// first, then by loan: before the date's own losses, since covers owed it before them.
    mutating func followRevivals() throws(LossError) {
        let waiting = revived.compactMap { subjects[$0] }.sorted {
            ($1.posted.daysPastDue, $0.contract.loan) < ($0.posted.daysPastDue, $1.contract.loan)
        }
        for subject in waiting {
            let loan = subject.contract.loan
            do throws(ServicingError) {
                try follow(loan)
                try present(loan)
            } catch {
                throw .amounts(loan)
            }
        }
    }

    private mutating func follow(_ loan: LoanID) throws(ServicingError) {
        guard var subject = subjects[loan],
            let first = subject.facts.reversedPayments.map(\.valueDate).min()
        else { return }
        let earlier = subject.facts.filter { $0.bookingDate < date }
        var now = try RevivedHistory(subject.contract, subject.facts)
        let then = try RevivedHistory(subject.contract, earlier)
        for fact in earlier.sorted()
        where fact.valueDate >= first && fact.correctedDecision == "" {
            guard let decision = StandingDecision(fact.id, among: subject.known) else { continue }
            let made: LossDecision?
            if let decided = try subject.layer(of: decision, on: date) {
                made = try pay(decided, decision, &subject, now: now, then: then)
            } else {
                made = try subject.following(decision, now: now, then: then, on: date)
            }
            if let made { now.add(try subject.add(made, on: date)) }
        }
        subjects[loan] = subject
    }

    /// What a layer is asked for more than at its decision, as far as its cover goes.
    private mutating func pay(
        _ decided: DecidedLayer, _ decision: StandingDecision, _ subject: inout LossSubject,
        now: RevivedHistory, then: RevivedHistory
    ) throws(ServicingError) -> LossDecision? {
        let asked = (try now.duty(of: decided) - (try then.duty(of: decided))).owed
        var amounts = ClaimAmounts(principal: asked.principal, interest: asked.interest)
        if case .assigned = decision.fact.kind {
            let order = CorrectionOrder(decision: decision.fact.id, amounts: amounts)
            // No claim is paid for that is not there to move.
            amounts = try subject.contract.correctable(
                order, of: decision, facts: subject.known, at: date
            ).aboveZero
        }
        let most = amounts
        try draw(&amounts, for: decision, subject)
        if most != ClaimAmounts() {
            subject.draws.append(LossDraw(decided, subject, asked: most, taken: amounts))
        }
        return try subject.correction(of: decision, by: amounts, as: LossDecision.revival)
    }
}

extension LossSubject {
    /// The layer that a decision is of; nil for one that is of none.
    fileprivate func layer(of decision: StandingDecision, on date: BusinessDate)
        throws(ServicingError) -> DecidedLayer?
    {
        guard let name = decision.layer,
            let layer = terms.layers.first(where: { $0.name == name.name }),
            case .provided(let provision) = layer.bearing
        else { return nil }
        var decided = DecidedLayer(
            decision: decision.fact, layer: layer, provision: provision, lender: name.lender,
            layers: terms.layers)
        decided.instalments = try contract.instalments(of: decided, known)
        return decided
    }

    /// What of claims that revive goes after those that were sold: the part that went of what was
    /// known, less what has followed before.
    fileprivate func following(
        _ decision: StandingDecision, now: RevivedHistory, then: RevivedHistory,
        on date: BusinessDate
    ) throws(ServicingError) -> LossDecision? {
        guard case .assigned(let sale) = decision.fact.kind, sale.reason != .compensation else {
            return nil
        }
        let target = try RevivedClaims(contract, decision, sale, known).target
        var decision = decision
        decision.through = try revivedInstalment(now: now, then: then, on: date)
        let order = CorrectionOrder(
            decision: decision.fact.id, amounts: (target - decision.followed).aboveZero)
        let amounts = try contract.correctable(order, of: decision, facts: known, at: date)
        return try correction(of: decision, by: amounts, as: LossDecision.revival)
    }
}

extension LossSubject {
    /// The newest instalment past due of which principal revives, where instalments have holders of
    /// their own: of others the same holder may have what was never sold.
    private func revivedInstalment(
        now: RevivedHistory, then: RevivedHistory, on date: BusinessDate
    ) throws(ServicingError) -> Int? {
        let eve = date.adding(days: -1)
        let after = try contract.replay(now.facts, until: eve)
        guard after.hasInstalmentHolders else { return nil }
        let before = try contract.replay(then.facts, until: eve)
        let revived = (0..<min(after.dueCount, before.dueCount)).last { index in
            after.instalments[index].unpaidPrincipal > before.instalments[index].unpaidPrincipal
        }
        return revived.map { $0 + 1 }
    }
}

extension LossDraw {
    /// What a layer is asked for a decision that was too small.
    fileprivate init(
        _ decided: DecidedLayer, _ subject: LossSubject, asked: ClaimAmounts, taken: ClaimAmounts
    ) {
        let cover = subject.empty(on: decided.decision.valueDate).cover(
            of: decided.layer, for: decided.lender, on: decided.decision.valueDate)
        self.init(
            loan: subject.contract.loan, layer: decided.layer.name,
            provider: decided.provision.provider, lender: decided.lender,
            way: decided.provision.way, asked: LossAmounts(asked), taken: LossAmounts(taken),
            instalments: [], cover: cover,
            shortfall: LossAmounts(taken) == LossAmounts(asked) ? nil : .exhausted)
    }
}

extension LossAmounts {
    init(_ claims: ClaimAmounts) {
        self.init(principal: claims.principal, interest: claims.interest)
    }
}
