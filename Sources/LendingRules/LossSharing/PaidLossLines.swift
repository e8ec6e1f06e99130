/// What layers have paid, line by line.
struct PaidLossLines {
    /// Cash by who has the claims and by layer, and what layers have taken claims over for.
    private(set) var cash: [PartyID: [String: LossAmounts]] = [:]
    private(set) var moved: [PartyID: [String: LossAmounts]] = [:]
    /// What lenders have paid each other under loss shares; it stays theirs.
    private(set) var borne: [PartyID: LossAmounts] = [:]

    mutating func count(_ kind: LoanFact.Kind) {
        switch kind {
        case .indemnified(let one) where one.reason.isForLoss:
            cash[one.payee, default: [:]][one.ground, default: .zero] += one.amounts
            if one.reason == .lossSharing { borne[one.payer, default: .zero] += one.amounts }
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

    /// Takes out what was paid for claims that are lost: of each layer at most its share of what
    /// those before it have not paid.
    mutating func spend(_ loss: WrittenOffLosses, by layers: [LossLayer]) {
        for (party, lost) in loss.lost {
            var left = lost
            for layer in layers {
                guard case .provided(let provision) = layer.bearing,
                    let paid = cash[party]?[layer.name]
                else { continue }
                let spent = paid.owed.capped(by: left.part(provision.share).owed)
                cash[party]?[layer.name] = paid - spent
                left -= spent
            }
        }
    }
}
