import BusinessCalendar

/// A layer that has decided about a lender's loss.
struct DecidedLayer {
    let decision: LoanFact
    let layer: LossLayer
    let provision: LossProvision
    let lender: PartyID
    /// All layers of the agreement, in their order.
    let layers: [LossLayer]
    /// Of which instalments it has decided, where it goes by them.
    var instalments: Set<Int> = []
}

extension RevivedHistory {
    /// What the layer would have been asked for at its decision, in the scope of it, had this been
    /// known: the loss of that date less what earlier decisions have paid for.
    func duty(of decided: DecidedLayer) throws(ServicingError) -> LossAmounts {
        let (decision, provision) = (decided.decision, decided.provision)
        guard let index = contract.lenders.firstIndex(of: decided.lender) else { return .zero }
        // What is written off on a date is lost on it.
        let known = facts.filter {
            $0 < decision && !$0.isWriteOff(on: decision.valueDate)
        }
        let position = try contract.position(facts: known, at: decision.valueDate)
        let late = late(before: decision)
        var claim = position.stake(index)
        claim += late.stakes(of: decided.lender)
        let paid = PaidLosses(
            known + late, passing: passages,
            writtenOff: try contract.writtenOffLosses(known, before: position),
            layers: decided.layers)
        var base = (claim.owed - paid.indemnities(of: decided.lender)).owed
        if case .compensation(let scope) = provision.way {
            base = base.capped(by: claim.owed)
            if scope == .instalment {
                base = base.capped(by: try due(decided, index, known))
            }
        }
        if provision.covers == .principal { base.interest = 0 }
        guard provision.share != nil else { return base }
        let before =
            decided.layer.goesByInstalments
            ? try paidBefore(decided, index, known, late)
            : paid.byLayer(to: decided.lender)[decided.layer.name] ?? .zero
        var all = base
        all += before
        return (all.part(provision.share) - before).owed.capped(by: base)
    }

    /// What the layer has paid for of the instalments that were decided about.
    private func paidBefore(
        _ decided: DecidedLayer, _ lender: Int, _ known: [LoanFact], _ late: [LoanFact]
    ) throws(ServicingError) -> LossAmounts {
        let date = decided.decision.valueDate
        let later = late.filter { fact in
            guard case .assigned(let one) = fact.kind, let last = one.throughInstalment else {
                return false
            }
            return decided.instalments.contains(last)
        }
        var paid = later.paid(by: decided.layer.name, to: decided.lender)
        for stake in try contract.instalmentStakes(known, known, on: date)[lender]
        where decided.instalments.contains(stake.number) {
            paid += stake.paidBy[decided.layer.name] ?? .zero
        }
        return paid
    }

    /// A lender's part of the instalments that were decided about.
    private func due(_ decided: DecidedLayer, _ lender: Int, _ known: [LoanFact])
        throws(ServicingError) -> LossAmounts
    {
        let date = decided.decision.valueDate
        var due = LossAmounts.zero
        for stake in try contract.instalmentStakes(known, known, on: date)[lender]
        where decided.instalments.contains(stake.number) {
            due += stake.claim
        }
        return due
    }
}

extension LoanContract {
    /// The instalments that a layer has decided about, by what was known then.
    func instalments(of decided: DecidedLayer, _ facts: [LoanFact]) throws(ServicingError)
        -> Set<Int>
    {
        let (decision, date) = (decided.decision, decided.decision.valueDate)
        guard decided.layer.goesByInstalments,
            let lender = lenders.firstIndex(of: decided.lender)
        else { return [] }
        let known = facts.filter { $0.bookingDate <= date && $0 < decision }
        let stakes = try instalmentStakes(known, known.filter { $0.bookingDate < date }, on: date)
        return Set(stakes[lender].filter { $0.isDue(decided.layer.trigger) }.map(\.number))
    }
}

extension [LoanFact] {
    /// Cash for a lender's losses, less what it paid other lenders for theirs.
    func lossPayments(to lender: PartyID) -> LossAmounts {
        var paid = LossAmounts.zero
        for case .indemnified(let one) in map(\.kind) where one.reason.isForLoss {
            if one.payee == lender { paid += one.amounts }
            if one.payer == lender, one.reason == .lossSharing { paid -= one.amounts }
        }
        return paid
    }

    /// What a layer has paid a lender, also for claims that moved.
    fileprivate func paid(by layer: String, to lender: PartyID) -> LossAmounts {
        var paid = LossAmounts.zero
        for fact in self {
            switch fact.kind {
            case .indemnified(let one)
            where one.reason.isForLoss && one.payee == lender && one.ground == layer:
                paid += one.amounts
            case .assigned(let one)
            where one.reason == .compensation && one.from == lender && one.ground == layer:
                paid += LossAmounts(
                    principal: one.claims.principal, interest: one.claims.interest)
            default: break
            }
        }
        return paid
    }
}
