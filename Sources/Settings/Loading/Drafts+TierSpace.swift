import BusinessCalendar
import LendingRules
import Monetary

extension Drafts {
    /// Every loan that the products allow comes to exactly one tier, which can divide it.
    func checkSpace(_ agreement: AgreementDraft, _ findings: Findings) {
        // Every version of a product: which one holds depends on when a loan is booked.
        let drafts = agreement.products.map { product in
            products.filter { $0.name?.value == product.value }
        }
        let ranges = drafts.joined().compactMap(\.range)
        guard agreement.isTiersComplete, !ranges.isEmpty,
            drafts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.range != nil } })
        else { return }
        let conditions = agreement.tiers.map(\.conditions)
        guard let space = TierSpace(tiers: conditions, products: ranges) else {
            findings.report(
                .outOfRange, "the tiers tell too many kinds of loans apart", key: "tiers",
                at: agreement.tiersPlace,
                allowed: "gaps and overlaps can be found among \(TierSpace.mostSteps); use fewer "
                    + "tiers or conditions")
            return
        }
        let words = LoanWords(conditions, agreement.currency?.value)
        checkGap(space, words, agreement, findings)
        for place in agreement.tiers.indices {
            checkReach(space, place, words, agreement, findings)
        }
        checkDivision(space, words, agreement, findings)
    }

    private func checkGap(
        _ space: TierSpace, _ words: LoanWords, _ agreement: AgreementDraft, _ findings: Findings
    ) {
        guard let loan = space.gap else { return }
        findings.report(
            .tierGap, "no tier takes \(words.text(loan))", key: "tiers", at: agreement.tiersPlace,
            allowed: "widen a tier, or add a last one for all others: otherwise: true")
    }

    /// A tier has loans, and shares them with none before it; a last one may take what is left.
    private func checkReach(
        _ space: TierSpace, _ place: Int, _ words: LoanWords, _ agreement: AgreementDraft,
        _ findings: Findings
    ) {
        let tier = agreement.tiers[place]
        guard !space.reached(place).isEmpty else {
            let taker = space.taker(before: place).map { agreement.tiers[$0].name.value }
            findings.report(
                .tierUnreached, "no loan comes to the tier \(tier.name.value)",
                key: tier.name.key, at: tier.name.place,
                allowed: taker.map { "the tiers before it, as \($0), take all of its loans" }
                    ?? "no product of the agreement allows what it asks")
            return
        }
        if tier.conditions == .any { return }
        for other in 0..<place {
            guard let loan = space.overlap(other, place) else { continue }
            findings.report(
                .tiersOverlap,
                "\(agreement.tiers[other].name.value) and \(tier.name.value) both take "
                    + words.text(loan), key: tier.name.key, at: tier.name.place,
                allowed: "a loan is one tier's: change the conditions of one of them")
            return
        }
    }

    /// Loans of a tier keep its bounds, and bring what its lenders are owed.
    private func checkDivision(
        _ space: TierSpace, _ words: LoanWords, _ draft: AgreementDraft, _ findings: Findings
    ) {
        guard let platform = platform?.party,
            let agreement = draft.agreement(platform: PartyID(platform.value))
        else { return }
        let isOwnRates = agreement.pricing.name == .ownRates
        let lenders = Set(agreement.lenders.map(\.party))
        // A part of somebody who does not lend is told of by itself.
        for (place, tier) in draft.tiers.enumerated()
        where tier.tier.slices.allSatisfy({ $0.parties.allSatisfy(lenders.contains) }) {
            let check = TierCheck(
                agreement: agreement, tier: tier.tier, ends: space.reached(place))
            if let (loan, refusal) = check.refused {
                findings.report(
                    .tierUnfundable,
                    "\(tier.name.value) cannot divide \(words.text(loan)): "
                        + words.text(refusal), key: tier.slicesKey, at: tier.slicesPlace,
                    allowed: "change the bounds, or let a slice take the rest: rest: true")
            } else if isOwnRates, let way = draft.pricing?.way {
                checkOwed(check, tier.name.value, way, findings)
            }
        }
    }

    private func checkOwed(
        _ check: TierCheck, _ tier: String, _ way: Located<Pricing.Name>, _ findings: Findings
    ) {
        for product in products {
            guard let name = product.name?.value, let limits = product.rateLimits,
                let owed = check.owed(of: name, above: limits.lowerBound)
            else { continue }
            func text(_ rate: AnnualRate) -> String { "\(rate.percentText())%" }
            findings.report(
                .negativeSpread,
                "the rates of the dearest lenders of tier \(tier) come to \(text(owed)), and "
                    + "\(name) is lent at \(text(limits.lowerBound)) to "
                    + text(limits.upperBound), key: way.key, at: way.place,
                allowed: "no loan may bring less than its lenders are owed: raise rate.minimum of "
                    + "the product, or lower their rates")
        }
    }
}

extension ProductDraft {
    fileprivate var range: TierSpace.Range? {
        guard let name, let principal, let instalments else { return nil }
        return TierSpace.Range(
            product: name.value, principal: principal, instalments: instalments)
    }
}
