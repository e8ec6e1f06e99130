import BusinessCalendar

/// A loan's past as somebody knew it, as if payments that are taken back had never come: how it
/// stood before each decision, had that been known (RULES § 1, 5).
struct RevivedHistory {
    let contract: LoanContract
    /// Without payments taken back.
    private(set) var facts: [LoanFact]

    /// What part of claims each sale has moved, as it did: it is not another one for what was not
    /// known.
    let passages: [String: ClaimPassage]

    init(_ contract: LoanContract, _ facts: [LoanFact]) throws(ServicingError) {
        self.contract = contract
        self.facts = facts.asIfReversedNeverCame
        passages = try contract.passages(facts)
    }

    mutating func add(_ fact: LoanFact) { facts.append(fact) }

    /// The position just before a decision.
    func position(before decision: LoanFact) throws(ServicingError) -> LoanPosition {
        try contract.position(facts: facts.filter { $0 < decision }, at: decision.valueDate)
    }

    /// The claims that a party had, with what has followed earlier decisions only since.
    func claims(of party: PartyID, before decision: LoanFact) throws(ServicingError)
        -> ClaimAmounts
    {
        guard let index = contract.lenders.firstIndex(of: party) else { return ClaimAmounts() }
        return try position(before: decision).lenders[index].claims.claim
            + late(before: decision).claims(of: party)
    }

    /// What has followed decisions before this one, and was booked after it: it would have been
    /// there, had everything been known.
    func late(before decision: LoanFact) -> [LoanFact] {
        let earlier = Set(facts.lazy.filter { $0 < decision }.map(\.id))
        return facts.filter { fact in
            fact.isRevival && !(fact < decision)
                && fact.correctedDecision.map(earlier.contains) == true
        }
    }
}

extension [LoanFact] {
    /// What claims moving by these have given a party; below zero what they have taken.
    func claims(of party: PartyID) -> ClaimAmounts {
        moved(of: party) { _ in true }
    }

    /// The same of claims for which it may lose: not of those that it has paid for itself.
    func stakes(of party: PartyID) -> LossAmounts {
        LossAmounts(moved(of: party) { $0 != .compensation })
    }

    private func moved(of party: PartyID, counts: (Assignment.Reason) -> Bool) -> ClaimAmounts {
        var sum = ClaimAmounts()
        for case .assigned(let one) in map(\.kind) {
            if one.from == party { sum = sum - one.claims }
            if one.to == party, counts(one.reason) { sum = sum + one.claims }
        }
        return sum
    }
}
