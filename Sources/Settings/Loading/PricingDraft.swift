import LendingRules

/// The mapping `pricing` of an agreement as far as it could be read.
struct PricingDraft {
    let way: Located<Pricing.Name>
    let spreadOwner: Located<String>?
    let spread: Located<Pricing.SpreadOrder>?

    init?(_ section: Section) {
        let way = section.value(
            "way", Rule<Pricing.Name>.choice("way of pricing"),
            default: Pricing.Name.borrowerRate.rawValue)
        spreadOwner = section.valueOrNone("spreadOwner", .identifier)
        spread = section.valueOrNone(
            "spread", Rule<Pricing.SpreadOrder>.choice("order of a spread"))
        section.finish()
        guard let way else { return nil }
        self.way = way
    }

    /// The pricing, the platform having the spread where nobody else is named.
    func pricing(platform: PartyID) -> Pricing {
        switch way.value {
        case .borrowerRate: .borrowerRate
        case .blended: .blended
        case .ownRates:
            .ownRates(
                spreadOwner: spreadOwner.map { PartyID($0.value) } ?? platform,
                spread: spread?.value ?? .last)
        }
    }
}

extension Drafts {
    /// Lenders' rates stand exactly where the pricing needs them, and leave the borrower's rate
    /// enough.
    func checkPricing(_ agreement: AgreementDraft, _ findings: Findings) {
        guard let pricing = agreement.pricing, agreement.isLendersComplete else { return }
        let way = pricing.way.value
        checkSpread(pricing, agreement, findings)
        for lender in agreement.lenders {
            guard way == .borrowerRate, let rate = lender.rate else { continue }
            findings.report(
                .contradiction,
                "\(lender.party.value) has a rate of its own, and the pricing is borrower-rate",
                key: rate.key, at: rate.place,
                allowed: "a lender's rate belongs to pricing: own-rates or blended")
        }
        if way == .borrowerRate { return }
        for party in agreement.withoutRate(platform: platform?.party?.value) {
            findings.report(
                .contradiction,
                "\(party.value) may lend without a rate of its own, and the pricing is "
                    + way.rawValue, key: party.key, at: party.place,
                allowed: "whoever may lend is one of lenders, each with a rate")
        }
        if let interest = agreement.incomeShares?.interest {
            findings.report(
                .contradiction, "income shares divide interest, and the pricing is \(way.rawValue)",
                key: interest.key, at: interest.place,
                allowed: "interest is divided by the lenders' rates; leave it out")
        }
        for product in agreement.products { checkRates(of: product, agreement, findings) }
    }

    /// An owner of the spread where there is one: a lender or the platform.
    private func checkSpread(
        _ pricing: PricingDraft, _ agreement: AgreementDraft, _ findings: Findings
    ) {
        guard pricing.way.value == .ownRates else {
            let way = pricing.way.value.rawValue
            let named = [
                pricing.spreadOwner.map { ($0.key, $0.place) },
                pricing.spread.map { ($0.key, $0.place) },
            ]
            for (key, place) in named.compactMap({ $0 }) {
                findings.report(
                    .contradiction, "a spread is spoken of, and the pricing is \(way)", key: key,
                    at: place, allowed: "a spread belongs to pricing: own-rates")
            }
            return
        }
        guard let owner = pricing.spreadOwner else { return }
        checkPart(owner, "the spread goes to", agreement, findings)
    }

    /// One of the lenders or the platform.
    func checkPart(
        _ party: Located<String>, _ what: String, _ agreement: AgreementDraft,
        _ findings: Findings
    ) {
        guard let platform = platform?.party else { return }
        let parties = Set([platform.value] + agreement.lenders.map(\.party.value))
        if parties.contains(party.value) { return }
        findings.report(
            .contradiction, "\(party.value) has no part in the agreement", key: party.key,
            at: party.place,
            allowed: "\(what) a lender or the platform: "
                + parties.sorted().joined(separator: ", "))
    }

    /// Own rates are at most the lowest rate that a borrower may have; a blended one is a rate
    /// that a borrower may have.
    private func checkRates(
        of name: Located<String>, _ agreement: AgreementDraft, _ findings: Findings
    ) {
        guard let pricing = agreement.pricing, let mean = agreement.meanRate else { return }
        for draft in products where draft.name?.value == name.value {
            guard let limits = draft.rateLimits else { continue }
            checkRates(of: name, within: limits, pricing, mean, findings)
        }
    }

    private func checkRates(
        of name: Located<String>, within limits: ClosedRange<AnnualRate>, _ pricing: PricingDraft,
        _ mean: MeanRate, _ findings: Findings
    ) {
        func text(_ rate: AnnualRate) -> String { "\(rate.percentText())%" }
        let range = "\(text(limits.lowerBound)) to \(text(limits.upperBound))"
        switch pricing.way.value {
        case .ownRates where mean.isAbove(limits.lowerBound):
            findings.report(
                .negativeSpread,
                "the lenders' rates come to \(text(mean.rounded)), and \(name.value) is lent at "
                    + "\(range)", key: pricing.way.key, at: pricing.way.place,
                allowed: "no loan may bring less than its lenders are owed: raise rate.minimum of "
                    + "the product, or lower their rates")
        case .blended where !limits.contains(mean.rounded):
            findings.report(
                .contradiction,
                "the blended rate is \(text(mean.rounded)), and \(name.value) is lent at \(range)",
                key: pricing.way.key, at: pricing.way.place,
                allowed: "loans have the blended rate, which the product must allow")
        default: break
        }
    }
}
