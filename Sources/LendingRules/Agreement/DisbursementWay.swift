/// Who pays the borrower, and out of what (RULES § 4).
///
/// Each way is two answers: what a party pays out of its own cash when `whole` is lent, and how a
/// lender makes up for the difference to what it lends. The entries follow from them, those of a
/// loan that is undone too: they are the same with the signs turned.
package enum DisbursementWay: Hashable, Sendable {
    /// The platform pays; the lenders' shares go into the day's settlement.
    case reimburse
    /// The platform pays; the lenders' shares are taken from their deposits with it.
    case reserve
    /// Each lender pays its share into an escrow account, which pays the borrower.
    case escrow
    /// Each lender pays its share to the borrower itself.
    case direct
    /// One lender pays everything; the others' shares go through the platform's settlement. Where
    /// the payer has no part in a loan, the platform pays.
    case lenderPaysAll(payer: PartyID)

    /// The words of the configuration.
    package enum Name: String, Sendable, CaseIterable {
        case reimburse, reserve, escrow, direct
        case lenderPaysAll = "lender-pays-all"
    }

    package var name: Name {
        switch self {
        case .reimburse: .reimburse
        case .reserve: .reserve
        case .escrow: .escrow
        case .direct: .direct
        case .lenderPaysAll: .lenderPaysAll
        }
    }

    /// The lender that pays everything, or nil.
    package var payer: PartyID? {
        if case .lenderPaysAll(let payer) = self { payer } else { nil }
    }

    /// The way of a name; nil for one that needs a payer and has none, or has one without need.
    package init?(_ name: Name, payer: PartyID?) {
        switch (name, payer) {
        case (.reimburse, nil): self = .reimburse
        case (.reserve, nil): self = .reserve
        case (.escrow, nil): self = .escrow
        case (.direct, nil): self = .direct
        case (.lenderPaysAll, let payer?): self = .lenderPaysAll(payer: payer)
        default: return nil
        }
    }
}

extension DisbursementWay {
    /// What a party pays out of its own cash when `whole` is lent by `lenders` and `lent` of it by
    /// the party itself; minor units, below zero when it comes back.
    ///
    /// Over the lenders and the platform it always makes `whole`.
    package func paid(
        by party: PartyID, lending lent: Int64, of whole: Int64, lenders: [PartyID],
        platform: PartyID
    ) -> Int64 {
        switch self {
        case .reimburse, .reserve: return party == platform ? whole : 0
        case .escrow, .direct: return lent
        case .lenderPaysAll(let payer):
            return party == (lenders.contains(payer) ? payer : platform) ? whole : 0
        }
    }

    /// What the platform pays out of its own account for a loan: what its payment channel is asked
    /// to pay. Nothing of it goes through the channel when it is 0.
    package func paidByPlatform(_ plan: SharePlan, platform: PartyID) -> Int64 {
        paid(
            by: platform, lending: plan.amount(of: platform), of: plan.total,
            lenders: plan.shares.map(\.party), platform: platform)
    }

    /// What the platform owes a lender for a share of `lent` of a loan of `whole`, 0 where nothing
    /// is settled; below zero when the lender owes.
    package func owed(
        to lender: PartyID, lending lent: Int64, of whole: Int64, lenders: [PartyID],
        platform: PartyID
    ) -> Int64 {
        if self == .reserve || lender == platform { return 0 }
        return paid(
            by: lender, lending: lent, of: whole, lenders: lenders, platform: platform) - lent
    }
}

extension SharePlan {
    /// What a party lends, 0 when it has no share.
    package func amount(of party: PartyID) -> Int64 {
        shares.first { $0.party == party }?.amount ?? 0
    }
}
