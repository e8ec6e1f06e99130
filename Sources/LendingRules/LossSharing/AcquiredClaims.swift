import Monetary

/// What a holder has paid for of claims that moved to it by compensation, and when.
///
/// Whatever settles its claims afterwards settles these first, the earliest taken over before the
/// others, so that account 1170 holds exactly what was paid and not yet collected. In the same way
/// what is recovered is of them first, while anything of them is written off.
struct AcquiredClaims: Hashable {
    private struct Part: Hashable {
        let source: AcquisitionSource
        var amounts = ClaimAmounts()
    }

    private struct Loss: Hashable {
        let source: AcquisitionSource
        var amount: Int64
    }

    /// Taken over, minor units; 0 from the time on at which `settled` had been settled.
    private var parts: [Part] = []
    private var settled = ClaimAmounts()
    /// Written off and not recovered, in the order in which it was.
    private var lost: [Loss] = []
    /// What has been recovered of it, minor units.
    private(set) var recovered: [AcquisitionSource: Int64] = [:]

    /// What is left of it among a holder's claims.
    func left(of lender: LenderPosition) -> ClaimAmounts {
        if parts.isEmpty { return ClaimAmounts() }
        let amounts = parts.reduce(ClaimAmounts()) { $0 + $1.amounts }
        let (claims, gone) = (lender.claims.claim, lender.settled.claim)
        func left(_ amount: KeyPath<ClaimAmounts, Int64>) -> Int64 {
            let since = gone[keyPath: amount] - settled[keyPath: amount]
            return max(0, min(claims[keyPath: amount], amounts[keyPath: amount] - since))
        }
        return ClaimAmounts(
            principal: left(\.principal), interest: left(\.interest), penalty: left(\.penalty),
            fee: left(\.fee))
    }

    /// The same by its sources: what was taken over last is left longest.
    private func parts(of lender: LenderPosition) -> [Part] {
        var (rest, parts) = (left(of: lender), parts)
        for place in parts.indices.reversed() {
            parts[place].amounts = parts[place].amounts.capped(by: rest)
            rest = rest - parts[place].amounts
        }
        return parts
    }

    /// The holder takes over more, or below zero gives some of it back.
    ///
    /// - Parameter lender: It as it is just before.
    mutating func add(
        _ more: ClaimAmounts, from source: AcquisitionSource, to lender: LenderPosition
    ) {
        parts = parts(of: lender)
        settled = lender.settled.claim
        let place = parts.firstIndex { $0.source == source } ?? parts.count
        if place == parts.count { parts.append(Part(source: source)) }
        parts[place].amounts = parts[place].amounts + more
        // What goes back beyond what is left of it comes out of the others.
        for other in parts.indices where other != place {
            let missing = parts[place].amounts.belowZero.capped(by: parts[other].amounts)
            parts[other].amounts = parts[other].amounts - missing
            parts[place].amounts = parts[place].amounts + missing
        }
    }

    /// Something of a holder's claims has been written off.
    mutating func writeOff(from before: LenderPosition, to after: LenderPosition) {
        if parts.isEmpty { return }
        for (old, new) in zip(parts(of: before), parts(of: after)) where old != new {
            let gone = old.amounts - new.amounts
            lost.append(Loss(source: old.source, amount: gone.clampedTotal))
        }
    }

    /// Something has been recovered of what its holder has written off.
    mutating func recover(_ amount: Int64) {
        var left = amount
        for place in lost.indices where lost[place].amount > 0 && left > 0 {
            let part = min(left, lost[place].amount)
            lost[place].amount -= part
            recovered[lost[place].source, default: 0] += part
            left -= part
        }
    }
}

extension LenderPosition {
    /// Of a holder's claims: so much of each component; of what is overdue the part that the
    /// principal is of the holder's, the rest of what is not due.
    func bucketed(_ amounts: ClaimAmounts) -> Components {
        if amounts == ClaimAmounts() { return Components() }
        let held = claims
        func overdue(_ amount: Int64, _ overdue: Int64, _ normal: Int64) -> Int64 {
            let all = held.allPrincipal
            let part =
                all == 0 ? overdue : Proportion.halfUp(overdue, min(amounts.principal, all), all)
            return max(min(amount, part), amount - normal)
        }
        let principal = overdue(amounts.principal, held.overduePrincipal, held.principal)
        let interest = overdue(amounts.interest, held.overdueInterest, held.interest)
        let onPrincipal = min(amounts.penalty, held.penalty)
        return Components(
            principal: amounts.principal - principal, overduePrincipal: principal,
            interest: amounts.interest - interest, overdueInterest: interest,
            penalty: onPrincipal, penaltyOnInterest: amounts.penalty - onPrincipal,
            fee: amounts.fee)
    }
}
