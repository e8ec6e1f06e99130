import Monetary

/// What one lender of a loan still loses while layer after layer is asked.
struct LossStanding {
    let party: PartyID
    /// What it still claims of the borrower.
    private var claim: LossAmounts
    /// What it loses and nobody has paid yet.
    private(set) var rest: LossAmounts
    private var instalments: [InstalmentStake]
    private let paidBy: [String: LossAmounts]

    init(_ stake: LossStake) {
        party = stake.party
        claim = stake.movable
        rest = (stake.claim - stake.paid).owed
        instalments = stake.instalments
        paidBy = stake.paidBy
    }

    /// What a layer is asked for: its part of all that has been lost, also of what it has paid for,
    /// less what it has paid.
    func asked(of provision: LossProvision, _ layer: LossLayer) -> LossAmounts {
        let base = base(of: provision, layer.trigger)
        guard provision.share != nil else { return base }
        let paid = paid(by: layer)
        var all = base
        all += paid
        return (all.part(provision.share) - paid).owed.capped(by: base)
    }

    /// What it has paid before: of the instalments that it pays for, where it goes by them.
    private func paid(by layer: LossLayer) -> LossAmounts {
        guard layer.goesByInstalments else { return paidBy[layer.name] ?? .zero }
        var paid = LossAmounts.zero
        for instalment in instalments where instalment.isDue(layer.trigger) {
            paid += instalment.paidBy[layer.name] ?? .zero
        }
        return paid
    }

    /// The part of the loss that a layer pays for, before its share.
    private func base(of provision: LossProvision, _ trigger: LossTrigger) -> LossAmounts {
        var base = rest
        if case .compensation(let scope) = provision.way {
            // No claim is paid for that is not there to move.
            base = base.capped(by: claim)
            if scope == .instalment {
                var due = LossAmounts.zero
                for instalment in instalments where instalment.isDue(trigger) {
                    due += instalment.claim
                }
                base = base.capped(by: due)
            }
        }
        if provision.covers == .principal { base.interest = 0 }
        return base
    }

    /// Takes what a layer pays off the loss, and with compensation off the claim.
    ///
    /// - Returns: Of which instalments, where the layer goes by them.
    mutating func take(
        _ taken: LossAmounts, _ way: LossProvision.Way, _ trigger: LossTrigger
    ) -> [InstalmentDraw] {
        rest -= taken
        guard case .compensation(let scope) = way else { return [] }
        claim -= taken
        guard scope == .instalment else { return [] }
        var (open, draws) = (taken, [InstalmentDraw]())
        // The newest first, as claims move that are assigned through an instalment.
        for index in instalments.indices.reversed() where instalments[index].isDue(trigger) {
            let part = instalments[index].claim.capped(by: open)
            if part == .zero { continue }
            open -= part
            instalments[index] = instalments[index].less(part)
            draws.append(InstalmentDraw(number: instalments[index].number, taken: part))
        }
        precondition(open == .zero, "instalments hold what is paid for them")
        return draws.reversed()
    }

    /// Bears another part of the principal than its own.
    mutating func bear(principal: Int64) { rest.principal = principal }
}

extension InstalmentStake {
    /// Whether a layer that goes by instalments pays for it.
    func isDue(_ trigger: LossTrigger) -> Bool {
        if case .daysPastDue(let days) = trigger { return reaches(days) }
        return daysPastDue > 0
    }

    fileprivate func less(_ taken: LossAmounts) -> InstalmentStake {
        InstalmentStake(
            number: number, daysPastDue: daysPastDue,
            previousDaysPastDue: previousDaysPastDue, claim: claim - taken, paidBy: paidBy)
    }
}

extension LossAmounts {
    /// A part of it, rounded down on the whole and on the principal; interest has the difference.
    func part(_ share: Share?) -> LossAmounts {
        guard let share else { return self }
        let principal = share.roundedDown(of: principal)
        return LossAmounts(
            principal: principal, interest: share.roundedDown(of: total) - principal)
    }

    /// So much of it, principal first.
    func first(_ amount: Int64) -> LossAmounts {
        let principal = min(principal, amount)
        return LossAmounts(principal: principal, interest: amount - principal)
    }
}
