import LendingRules
import Monetary

extension Drafts {
    /// What else of an agreement needs a lender to be in every loan, or its share to be fixed.
    func checkTierTerms(_ agreement: AgreementDraft, _ findings: Findings) {
        if let way = agreement.pricing?.way, way.value == .blended {
            findings.report(
                .contradiction, "the pricing is blended, and tiers say who lends what",
                key: way.key, at: way.place,
                allowed: "the mean rate would be another one from loan to loan: use own-rates or "
                    + "borrower-rate")
        }
        for division in agreement.incomeShares?.all ?? [] {
            findings.report(
                .contradiction, "an income is divided by name, and tiers say who lends what",
                key: division.key, at: division.place,
                allowed: "who does not lend a loan has nothing of it: leave it out")
        }
        if let payer = agreement.payer { checkPayer(payer, agreement, findings) }
        checkResidue(agreement, findings)
        checkParts(agreement, findings)
    }

    private func checkPayer(
        _ payer: Located<String>, _ agreement: AgreementDraft, _ findings: Findings
    ) {
        for tier in agreement.tiers where !tier.has(payer.value) {
            findings.report(
                .contradiction,
                "\(payer.value) cannot pay everything: tier \(tier.name.value) has no slice of it",
                key: payer.key, at: payer.place,
                allowed: "the payer has a slice of its own in every tier")
            return
        }
    }

    /// Where a bank computes its part for itself, somebody else of the tier has what is left.
    private func checkResidue(_ agreement: AgreementDraft, _ findings: Findings) {
        guard let platform = platform?.party else { return }
        let holder = agreement.residueHolder?.value ?? platform.value
        let own = agreement.lenders.filter { $0.computation.value != .scale }.map(\.party.value)
        for tier in agreement.tiers where !tier.has(holder) {
            let party = tier.slices.flatMap(\.parties).first { own.contains($0.value) }
            guard let party else { continue }
            findings.report(
                .contradiction,
                "\(holder) takes what \(party.value) leaves and has no slice in tier "
                    + tier.name.value, key: party.key, at: party.place,
                allowed: "the residue holder has a slice of its own there, or another is named as "
                    + "residueHolder")
        }
    }

    /// A lender that no tier knows is a mistake, unless it is there for what others refuse.
    private func checkParts(_ agreement: AgreementDraft, _ findings: Findings) {
        guard agreement.isTiersComplete, let platform = platform?.party else { return }
        var known = Set(agreement.tiers.flatMap(\.slices).flatMap(\.parties).map(\.value))
        known.formUnion(agreement.fallback.map(\.value) + [platform.value])
        for lender in agreement.lenders where !known.contains(lender.party.value) {
            findings.report(
                .contradiction, "\(lender.party.value) has no slice in any tier",
                key: lender.party.key, at: lender.party.place,
                allowed: "give it one, or take it out of lenders")
        }
    }
}

extension TierDraft {
    /// Whether a party has a slice of its own.
    fileprivate func has(_ party: String) -> Bool {
        slices.contains { $0.slice.taker == .party(PartyID(party)) }
    }
}
