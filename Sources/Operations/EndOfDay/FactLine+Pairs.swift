import LendingRules

// Lines of claims and cash that pass between two parties.

extension LoanDay {
    /// What both of them have more or less by it, and whoever else a cent of another bucket.
    func pairLines(_ effect: FactEffect, _ kind: FactLine.Kind) -> [FactLine] {
        let past = before?.effects.first { $0.fact == effect.fact }
        let isNew = past == nil
        return contract.lenders.enumerated().compactMap { index, lender in
            let claims = effect.parts[index] - (past?.parts[index] ?? Components())
            let cash = effect.cash[index] - (past?.cash[index] ?? 0)
            guard claims != Components() || cash != 0 else { return nil }
            // The platform's own part of costs is none of its dues.
            if effect.kind == .collectionCost, lender == contract.platform { return nil }
            let valueDate = after.isUndone ? undoneFrom : nil
            return FactLine(
                loan: contract.loan, line: isNew ? effect.fact : "\(cause)~\(effect.fact)",
                lender: lender, kind: kind, postedOn: date,
                valueDate: valueDate ?? effect.valueDate,
                corrects: isNew ? effect.correctedDecision : effect.fact,
                counterparty: other(than: lender, effect)?.name ?? "", components: claims,
                price: cash)
        }
    }
}

extension LoanDay {
    /// Who pays a party, or is paid by it; costs go through the platform.
    private func other(than lender: PartyID, _ effect: FactEffect) -> PartyID? {
        effect.kind == .collectionCost ? contract.platform : effect.other(than: lender)
    }
}

extension FactEffect {
    /// Between whom it passes; nil for an effect of another kind.
    var pair: (PartyID, PartyID)? {
        switch kind {
        case .assignment(let assignment): (assignment.from, assignment.to)
        case .indemnity(let indemnity): (indemnity.payer, indemnity.payee)
        default: nil
        }
    }

    /// The decision whose difference it books, or empty.
    fileprivate var correctedDecision: String {
        switch kind {
        case .assignment(let assignment): assignment.corrects
        case .indemnity(let indemnity): indemnity.corrects
        default: ""
        }
    }

    fileprivate func other(than lender: PartyID) -> PartyID? {
        guard let pair else { return nil }
        return lender == pair.0 ? pair.1 : lender == pair.1 ? pair.0 : nil
    }
}
