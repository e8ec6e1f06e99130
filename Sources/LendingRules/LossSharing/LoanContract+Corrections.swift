package import BusinessCalendar
import Monetary

// How far a decision can be corrected: never below nothing, never above the claim (RULES § 1).

extension LoanContract {
    /// What of an order there is to book at the end of a date, component by component.
    ///
    /// Claims go on while who gave them has more, and back while who took them over has them.
    /// Cash for a loss goes up to the lender's claim at the end of the decision's date by what is
    /// known now, less all that has been paid for it.
    /// - Parameters:
    ///   - facts: Those known, the decision among them.
    /// - Throws: ``ServicingError`` for facts that cannot be.
    package func correctable(
        _ order: CorrectionOrder, of decision: StandingDecision, facts: [LoanFact],
        at date: BusinessDate
    ) throws(ServicingError) -> ClaimAmounts {
        switch decision.fact.kind {
        case .indemnified(let indemnity):
            let most = try unpaidLoss(indemnity, of: decision, facts)
            return order.amounts.within(back: decision.amounts, onward: most)
        case .assigned(let assignment):
            let position = try position(facts: facts, at: date)
            guard let from = lenders.firstIndex(of: assignment.from),
                let to = lenders.firstIndex(of: assignment.to)
            else { return ClaimAmounts() }
            // Of a guarantor's claims only those go back that it has paid for.
            let held =
                assignment.reason == .compensation
                ? position.acquired[to].claim : position.lenders[to].claims.claim
            let asked = order.amounts.within(
                back: decision.amounts.capped(by: held),
                onward: position.lenders[from].claims.claim)
            return try movable(asked, of: decision, facts, at: date)
        default: return ClaimAmounts()
        }
    }

    /// What of it would really move: of single instalments no more than is left of them.
    private func movable(
        _ asked: ClaimAmounts, of decision: StandingDecision, _ facts: [LoanFact],
        at date: BusinessDate
    ) throws(ServicingError) -> ClaimAmounts {
        guard asked != ClaimAmounts(), case .assigned(let assignment) = decision.fact.kind else {
            return asked
        }
        let kind = try ServicingError.amounts { () throws(AmountError) in
            try decision.corrected(by: asked)
        }
        guard let kind, let to = lenders.firstIndex(of: assignment.to) else { return asked }
        let trial = LossDecision(name: "correction", kind: kind)
            .fact(of: loan, endOf: date, number: facts.count)
        let after = try position(facts: facts + [trial], at: date)
        return after.effects.first { $0.fact == trial.id }?.parts[to].claim ?? ClaimAmounts()
    }

    /// What a lender had lost at the end of a decision's date by what is known now and nobody has
    /// paid it for: with claims that have followed earlier decisions only since.
    private func unpaidLoss(
        _ indemnity: Indemnity, of decision: StandingDecision, _ facts: [LoanFact]
    ) throws(ServicingError) -> ClaimAmounts {
        guard let payee = lenders.firstIndex(of: indemnity.payee) else { return ClaimAmounts() }
        let (date, history) = (decision.date, try RevivedHistory(self, facts))
        let known = history.facts
        let then = try position(facts: known, at: date).lenders[payee]
        let eve = try position(facts: known, at: date.adding(days: -1)).lenders[payee]
        var lost = (then.claims + then.chargedOff - eve.chargedOff).claim
        let late = history.late(before: decision.fact).claims(of: indemnity.payee)
        lost = lost + ClaimAmounts(principal: late.principal, interest: late.interest)
        let paid = facts.lossPayments(to: indemnity.payee)
        lost = lost - ClaimAmounts(principal: paid.principal, interest: paid.interest)
        return ClaimAmounts(principal: lost.principal, interest: lost.interest).aboveZero
    }
}

extension ClaimAmounts {
    /// Each component at least what may go back, and at most what may go on.
    fileprivate func within(back: ClaimAmounts, onward: ClaimAmounts) -> ClaimAmounts {
        aboveZero.capped(by: onward.aboveZero) - belowZero.capped(by: back.aboveZero)
    }
}
