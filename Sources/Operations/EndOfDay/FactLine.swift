package import BusinessCalendar
package import LendingRules

/// One lender's part of a waiver, charge-off, recovery, transfer or loss, or of a later change of
/// one.
package struct FactLine: Hashable, Sendable {
    /// What the line is about.
    package enum Kind: String, Sendable, CaseIterable {
        case waiver
        /// Everything that was left.
        case chargeOff = "charge-off"
        case partialChargeOff = "partial-charge-off"
        case recovery
        /// A part of what collecting cost.
        case collectionCost = "collection-cost"
        /// Shares that went to other holders, who have the plan from then on.
        case transfer
        /// Claims sold while the loan lives.
        case sale
        /// Claims that a guarantor has paid for.
        case compensation
        /// Claims taken back, and those that stand for them.
        case buyBack = "buy-back"
        case substitution
        /// Cash against a cover, and between lenders with loss shares of their own.
        case invocation
        case lossSharing = "loss-sharing"
        /// Shares of pools, and what was collected on them since the cut-off.
        case poolSale = "pool-sale"
        case poolCollection = "pool-collection"
    }

    package let loan: LoanID
    /// The fact's id, or `<causing fact>~<fact>` for a correction.
    package let line: String
    package let lender: PartyID
    package let kind: Kind
    package let postedOn: BusinessDate
    package let valueDate: BusinessDate
    /// The fact whose line this one changes, or empty.
    package let corrects: String
    /// Who pays the lender for it, or whom the lender pays for the others; or empty.
    package let counterparty: String
    /// Below zero for claims that are gone, above for cash received and claims taken over: what
    /// the lender has more.
    package let components: Components
    /// What the counterparty pays the lender; below zero what the lender, who bears it, pays for
    /// the others. Minor units.
    package let price: Int64

    package init(
        loan: LoanID, line: String, lender: PartyID, kind: Kind, postedOn: BusinessDate,
        valueDate: BusinessDate, corrects: String, counterparty: String, components: Components,
        price: Int64
    ) {
        self.loan = loan
        self.line = line
        self.lender = lender
        self.kind = kind
        self.postedOn = postedOn
        self.valueDate = valueDate
        self.corrects = corrects
        self.counterparty = counterparty
        self.components = components
        self.price = price
    }
}

extension FactLine.Kind {
    /// What its price is settled as, also that of a later correction; nil when it has none.
    package var settledAs: ObligationType? {
        switch self {
        case .waiver: .subsidy
        case .recovery, .collectionCost: .recoveries
        case .transfer, .sale: .transfers
        case .compensation: .compensations
        case .buyBack, .substitution: .buyBacks
        case .invocation: .invocations
        case .lossSharing: .lossSharing
        case .poolSale: .poolSales
        case .poolCollection: .poolCollections
        case .chargeOff, .partialChargeOff: nil
        }
    }
}

extension FactLine: Comparable {
    /// Loan, line, lender.
    package static func < (left: FactLine, right: FactLine) -> Bool {
        (left.loan, left.line, left.lender) < (right.loan, right.line, right.lender)
    }
}

extension FactLine.Kind {
    /// Nil for an effect that is no lender's.
    fileprivate init?(_ kind: FactEffect.Kind) {
        switch kind {
        case .waiver: self = .waiver
        case .chargeOff(let isFull): self = isFull ? .chargeOff : .partialChargeOff
        case .recovery: self = .recovery
        case .collectionCost: self = .collectionCost
        case .transfer: self = .transfer
        case .assignment(let assignment): self.init(assignment.reason)
        case .indemnity(let indemnity): self.init(indemnity.reason)
        case .refund: return nil
        }
    }
}

extension FactLine.Kind {
    fileprivate init(_ reason: Assignment.Reason) {
        switch reason {
        case .compensation: self = .compensation
        case .buyBack: self = .buyBack
        case .substitution: self = .substitution
        case .sale: self = .sale
        case .poolSale: self = .poolSale
        }
    }

    fileprivate init(_ reason: Indemnity.Reason) {
        switch reason {
        case .invocation: self = .invocation
        case .lossSharing: self = .lossSharing
        case .poolCollection: self = .poolCollection
        }
    }
}

extension LoanDay {
    /// One line per effect and lender: today's, and what today's facts changed of earlier ones.
    var factLines: [FactLine] {
        var lines: [FactLine] = []
        for effect in after.effects {
            guard let kind = FactLine.Kind(effect.kind) else { continue }
            if effect.pair != nil || effect.kind == .collectionCost {
                lines += pairLines(effect, kind)
                continue
            }
            let past = before?.effects.first { $0.fact == effect.fact }
            let deltas = effect.parts.indices.map {
                effect.parts[$0] - (past?.parts[$0] ?? Components())
            }
            // Recoveries bring back what others than the platform have borne of costs.
            let cash = effect.cash.indices.map { effect.cash[$0] - (past?.cash[$0] ?? 0) }
            guard
                deltas.contains(where: { $0 != Components() }) || cash.contains(where: { $0 != 0 })
            else { continue }
            let isNew = past == nil
            for (index, lender) in contract.lenders.enumerated()
            where deltas[index] != Components() || cash[index] != 0
                || !absentLenders.contains(index)
            {
                lines.append(
                    line(
                        effect, kind, lender, deltas[index], of: deltas, cash: cash[index],
                        isNew: isNew))
            }
        }
        return lines
    }

    private func line(
        _ effect: FactEffect, _ kind: FactLine.Kind, _ lender: PartyID, _ delta: Components,
        of all: [Components], cash: Int64, isNew: Bool
    ) -> FactLine {
        if kind == .transfer { return transferLine(effect, lender, delta, isNew: isNew) }
        let payer = payer(of: effect, to: lender)
        // A partner that bears a waiver pays the other holders through the platform.
        let isBearer = effect.kind == .waiver(borneBy: lender) && lender != contract.platform
        let others = isBearer ? all.reduce(0) { $0 + $1.total } - delta.total : 0
        return FactLine(
            loan: contract.loan, line: isNew ? effect.fact : "\(cause)~\(effect.fact)",
            lender: lender, kind: kind, postedOn: date, valueDate: effect.valueDate,
            corrects: isNew ? "" : effect.fact,
            counterparty: (isBearer ? contract.platform : payer)?.name ?? "",
            components: kind == .recovery ? delta : delta.negated,
            price: (payer == nil ? -others : delta.total) + (payer == nil ? 0 : cash))
    }

    /// What a lender takes over it pays for, at par, through the platform; a loan undone gives it
    /// back from the date on which it is.
    private func transferLine(
        _ effect: FactEffect, _ lender: PartyID, _ delta: Components, isNew: Bool
    ) -> FactLine {
        let isPlatform = lender == contract.platform
        let valueDate = after.isUndone ? undoneFrom : nil
        return FactLine(
            loan: contract.loan, line: isNew ? effect.fact : "\(cause)~\(effect.fact)",
            lender: lender, kind: .transfer, postedOn: date,
            valueDate: valueDate ?? effect.valueDate, corrects: isNew ? "" : effect.fact,
            counterparty: isPlatform ? "" : contract.platform.name, components: delta,
            price: isPlatform ? 0 : -delta.total)
    }

    /// Who pays a lender for an effect; nil when nobody does or it would pay itself.
    private func payer(of effect: FactEffect, to lender: PartyID) -> PartyID? {
        let payer: PartyID?
        switch effect.kind {
        case .waiver(let bearer): payer = bearer
        case .recovery: payer = contract.platform
        case .chargeOff, .refund, .transfer, .assignment, .indemnity, .collectionCost: payer = nil
        }
        return payer == lender ? nil : payer
    }
}
