/// What layers have paid, line by line.
struct PaidLossLines {
    /// Cash by who has the claims and by layer, and what layers have taken claims over for.
    private(set) var cash: [PartyID: [String: LossAmounts]] = [:]
    private(set) var moved: [PartyID: [String: LossAmounts]] = [:]
    /// What lenders have paid others under loss shares, by payer and payee; it stays theirs.
    private(set) var borne: [PartyID: [PartyID: LossAmounts]] = [:]

    mutating func count(_ kind: LoanFact.Kind) {
        switch kind {
        case .indemnified(let one) where one.reason.isForLoss:
            cash[one.payee, default: [:]][one.ground, default: .zero] += one.amounts
            if one.reason == .lossSharing {
                borne[one.payer, default: [:]][one.payee, default: .zero] += one.amounts
            }
        case .assigned(let one) where one.reason == .compensation:
            moved[one.from, default: [:]][one.ground, default: .zero] += LossAmounts(
                principal: one.claims.principal, interest: one.claims.interest)
        default: break
        }
    }

    /// What was paid for claims goes with them.
    mutating func pass(_ part: ClaimPassage, from: PartyID, to: PartyID) {
        part.pass(&cash, from: from, to: to)
        part.pass(&moved, from: from, to: to)
    }

    /// Takes out what was paid for claims that are gone: of what was known then so much as has gone
    /// of them.
    mutating func use(_ known: PaidLossLines, for gone: LossesGone) {
        for (party, layers) in known.cash {
            for (layer, amounts) in layers {
                let rest = cash[party]?[layer] ?? .zero
                cash[party, default: [:]][layer] = (rest - gone.part(of: amounts, party)).owed
            }
        }
        for (payer, payees) in known.borne {
            for (payee, amounts) in payees {
                let rest = borne[payer]?[payee] ?? .zero
                borne[payer, default: [:]][payee] = (rest - gone.part(of: amounts, payee)).owed
            }
        }
        for (party, layers) in known.moved {
            for (layer, amounts) in layers {
                moved[party, default: [:]][layer, default: .zero] -= amounts
            }
        }
    }
}
