import BusinessCalendar
package import LendingRules
import Monetary

// Ratio changes: principal must be there and move, and limits must have room for what moves.

extension LoanBench {
    /// Principal must be left at the end of the value date, and its holders be who funded the loan.
    func checkRatio(_ draft: inout FactDraft) {
        if state == .transferring {
            draft.reader.fault(
                "FACT-008", "loan",
                "the shares of loan \(draft.loan) are being transferred; its ratio can change "
                    + "once they are")
            return
        }
        let date = draft.fact.valueDate
        // What is wrong with the position itself is told with the fact's amounts.
        guard let position = try? contract.position(facts: facts, at: date) else { return }
        if position.lenders.contains(where: { $0.claims.allPrincipal != 0 }) { return }
        draft.reader.fault(
            "FACT-008", "loan",
            "loan \(draft.loan) has no principal left at the end of \(date) that other shares "
                + "could divide")
    }

    /// What holders take over now is kept with the fact; a change must move something.
    func decide(
        _ change: RatioChange, from before: LoanPosition, to after: LoanPosition,
        _ draft: inout FactDraft
    ) {
        let effect = after.effects.first { $0.fact == draft.fact.id }
        guard effect?.parts.contains(where: { $0 != Components() }) == true else {
            draft.reader.fault(
                "FACT-009", "shares",
                "its lenders hold loan \(draft.loan) by these shares already")
            return
        }
        var growth: [PlannedShare] = []
        for (lender, party) in contract.lenders.enumerated() {
            let more =
                after.lenders[lender].claims.allPrincipal
                - before.lenders[lender].claims.allPrincipal
            if more > 0 { growth.append(PlannedShare(party: party, amount: more)) }
        }
        let fact = draft.fact
        draft.fact = LoanFact(
            id: fact.id, kind: .ratioChange(change.growing(by: growth)),
            valueDate: fact.valueDate, bookingDate: fact.bookingDate, instant: fact.instant)
    }
}

extension NewFact {
    /// Principal that lenders take over by it, for which limits must have room.
    package var growth: [PlannedShare] {
        if case .ratioChange(let change) = fact.kind { change.growth } else { [] }
    }
}

extension FactDesk {
    /// The faults of those facts for which limits have not enough left, in the order of facts.
    func shortages(of facts: [NewFact], _ use: inout LimitUse) -> [ImportFault] {
        var faults: [ImportFault] = []
        for new in facts where !new.growth.isEmpty {
            guard let record = subjects[new.loan]?.record,
                var draft = drafts.first(where: { $0.fact.id == new.fact.id })
            else { continue }
            let short = use.take(
                new.growth, agreement: record.agreement, currency: record.currency,
                on: new.fact.bookingDate, traits: record.traits, isOutstandingAlone: true)
            for shortage in short {
                draft.reader.fault("FACT-013", "shares", shortage.sentence)
            }
            faults += draft.reader.faults
        }
        return faults
    }
}
