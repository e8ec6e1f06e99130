import LendingRules
import Monetary

extension Drafts {
    /// Each tier for itself, and what goes with no tiers; then which loans come to which.
    func checkTiers(_ agreement: AgreementDraft, _ findings: Findings) {
        guard agreement.hasTiers else { return }
        for lender in agreement.lenders {
            guard let share = lender.namedShare else { continue }
            findings.report(
                .contradiction,
                "\(lender.party.value) has a share, and tiers say who lends what",
                key: share.key, at: share.place,
                allowed: "leave it out: the slices of the tiers have shares")
        }
        refuseRepetition(agreement.tiers.map(\.name), "tier", findings)
        for tier in agreement.tiers {
            checkProducts(tier, agreement, findings)
            checkShares(tier, findings)
            checkTakers(tier, agreement, findings)
        }
        checkRoutes(agreement, findings)
        checkTierTerms(agreement, findings)
        checkSpace(agreement, findings)
    }

    private func checkProducts(
        _ tier: TierDraft, _ agreement: AgreementDraft, _ findings: Findings
    ) {
        let known = agreement.products.map(\.value)
        for product in tier.products where !known.contains(product.value) {
            findings.report(
                .contradiction, "the agreement does not take \(product.value)", key: product.key,
                at: product.place, allowed: "its products are \(known.joined(separator: ", "))")
        }
    }

    /// One rest at most, and without it the shares make one whole.
    private func checkShares(_ tier: TierDraft, _ findings: Findings) {
        let rests = tier.slices.filter { $0.slice.part == .rest }
        for rest in rests.dropFirst() {
            findings.report(
                .contradiction, "a second slice takes the rest", key: rest.key, at: rest.place,
                allowed: "one of a tier does")
        }
        let shares = tier.slices.compactMap { draft -> Share? in
            if case .share(let share) = draft.slice.part { share } else { nil }
        }
        if !rests.isEmpty, !isMoreThanWhole(shares) { return }
        guard let problem = ShareSum.problem(shares) else { return }
        findings.report(
            .sharesNotWhole, problem, key: tier.slicesKey, at: tier.slicesPlace,
            allowed: rests.isEmpty
                ? "they must sum to exactly 100%, or a slice takes the rest: rest: true"
                : "beside a rest they sum to at most 100%")
    }

    private func isMoreThanWhole(_ shares: [Share]) -> Bool {
        guard let common = try? Share.weights(shares) else { return true }
        return common.weights.reduce(Int128(0)) { $0 + Int128($1) } > Int128(common.denominator)
    }

    /// Lenders of the agreement, each in one slice of its own, and no more than may lend together.
    private func checkTakers(
        _ tier: TierDraft, _ agreement: AgreementDraft, _ findings: Findings
    ) {
        let lenders = agreement.lenders.map(\.party.value)
        var seats = 0
        var own: [Located<String>] = []
        for slice in tier.slices {
            for party in slice.parties
            where agreement.isLendersComplete && !lenders.contains(party.value) {
                findings.report(
                    .contradiction, "\(party.value) does not lend", key: party.key,
                    at: party.place,
                    allowed: "slices go to lenders: \(lenders.joined(separator: ", "))")
            }
            switch slice.slice.taker {
            case .party:
                seats += 1
                own += slice.parties
            case .route(let route):
                seats += 1
                refuseRepetition(slice.parties, "bank of \(route.name)", findings)
                guard let problem = ShareSum.problem(slice.targets) else { continue }
                findings.report(
                    .sharesNotWhole, problem, key: "\(slice.key).targets", at: slice.place,
                    allowed: "targets must sum to exactly 100%; thirds are written 1/3")
            case .waterfall(let parties, _):
                seats += parties.count
                refuseRepetition(slice.parties, "bank of the waterfall", findings)
            }
        }
        refuseRepetition(own, "taker", findings)
        guard seats > TierDraft.mostSlices else { return }
        findings.report(
            .contradiction, "up to \(seats) lenders would have a part of one loan",
            key: tier.slicesKey, at: tier.slicesPlace,
            allowed: "it needs at most \(TierDraft.mostSlices)")
    }

    /// A route of one name is one mix: its volumes are counted together.
    private func checkRoutes(_ agreement: AgreementDraft, _ findings: Findings) {
        var mixes: [String: FundingRoute] = [:]
        for slice in agreement.tiers.flatMap(\.slices) {
            guard case .route(let route) = slice.slice.taker else { continue }
            let first = mixes[route.name] ?? route
            mixes[route.name] = first
            if first == route { continue }
            findings.report(
                .contradiction, "the route \(route.name) has other targets elsewhere",
                key: "\(slice.key).route", at: slice.place,
                allowed: "give one of them another name; the first has \(first.mix)")
        }
    }
}
