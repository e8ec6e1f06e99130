/// Cash that has come to a holder of claims besides what borrowers pay, minor units; below zero
/// where more was paid.
package struct HolderCash: Hashable, Sendable {
    /// Of covers, of other lenders by loss shares, and of whoever bears what is waived.
    package internal(set) var losses = LossAmounts.zero
    /// For claims that moved, less those claims: nothing at par.
    package internal(set) var moves: Int64 = 0
    /// For what collecting costs: below zero until it comes back.
    package internal(set) var costs: Int64 = 0
    /// Collections of a pool's share that its seller has passed on.
    package internal(set) var passed: Int64 = 0

    package static func - (left: HolderCash, right: HolderCash) -> HolderCash {
        HolderCash(
            losses: left.losses - right.losses, moves: left.moves - right.moves,
            costs: left.costs - right.costs, passed: left.passed - right.passed)
    }
}

extension LoanContract {
    /// What has come to a lender by effects that count, all of them unless some are named.
    package func cash(
        of lender: Int, at position: LoanPosition,
        where counts: (FactEffect) -> Bool = { _ in true }
    ) -> HolderCash {
        var cash = HolderCash()
        for effect in position.effects where counts(effect) {
            let (got, parts) = (effect.cash[lender], effect.parts[lender])
            switch effect.kind {
            case .indemnity(let one) where one.reason.isForLoss && got != 0:
                if got > 0 { cash.losses += one.amounts } else { cash.losses -= one.amounts }
            case .indemnity(let one) where one.reason == .poolCollection: cash.passed += got
            case .waiver(let bearer?) where bearer != lenders[lender]:
                cash.losses += LossAmounts(
                    principal: parts.allPrincipal, interest: parts.total - parts.allPrincipal)
            case .assignment: cash.moves += got + parts.total
            case .collectionCost, .recovery: cash.costs += got
            default: continue
            }
        }
        return cash
    }
}
