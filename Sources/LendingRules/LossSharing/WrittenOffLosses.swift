import BusinessCalendar

/// What lenders have lost by a full charge-off and by what was written off since the one before it.
///
/// The decision keeps its amounts when a payment from before it is taken back; whose claims they
/// take does not: where others have bought since, somebody has lost less by it and another more.
struct WrittenOffLosses {
    let date: BusinessDate
    /// By lender, as is known now; not of claims that it had taken over by compensation.
    let lost: [PartyID: LossAmounts]
}

extension LoanContract {
    /// What full charge-offs before a position's date have taken, one after the other; empty where
    /// nothing is left that could be lost again.
    func writtenOffLosses(_ facts: [LoanFact], before position: LoanPosition)
        throws(ServicingError) -> [WrittenOffLosses]
    {
        let left = position.lenders.map(\.claims)
        guard left.contains(where: { $0.allPrincipal + $0.allInterest > 0 }) else { return [] }
        let known = facts.asIfReversedNeverCame
        var losses: [WrittenOffLosses] = []
        var past = lenders.map { _ in LossAmounts.zero }
        for chargeOff in known.sorted()
        where chargeOff.isFullChargeOff && chargeOff.valueDate < position.date {
            let date = chargeOff.valueDate
            let after = try self.position(facts: known, at: date)
            let open = try self.position(facts: known.filter { $0.id != chargeOff.id }, at: date)
            var lost: [PartyID: LossAmounts] = [:]
            for (index, lender) in lenders.enumerated() {
                let all = after.lenders[index].chargedOff
                let bought = open.acquired[index] - after.acquired[index]
                let own = LossAmounts(writtenOff: all - bought)
                lost[lender] = (own - past[index]).owed
                past[index] = LossAmounts(writtenOff: all)
            }
            losses.append(WrittenOffLosses(date: date, lost: lost))
        }
        return losses
    }
}

extension LossAmounts {
    fileprivate init(writtenOff amounts: Components) {
        self.init(principal: amounts.allPrincipal, interest: amounts.allInterest)
    }
}

extension LoanFact {
    fileprivate var isFullChargeOff: Bool {
        if case .chargeOff(_, isFull: true) = kind { true } else { false }
    }
}
