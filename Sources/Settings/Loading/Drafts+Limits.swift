import LendingRules
import Monetary

extension Drafts {
    /// What parties report of themselves, by their names.
    var figures: [String: [PartyFacts.Figure]] {
        Dictionary(
            parties.compactMap(\.settings).map { ($0.id.name, $0.facts.figures) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Each of a lender of the agreement or of the platform, and each once.
    func checkLimits(_ agreement: AgreementDraft, _ findings: Findings) {
        refuseRepetition(agreement.limits, findings)
        let names = parties.compactMap(\.name)
        for limit in agreement.limits {
            checkKnown(limit.party, "party", among: names, "parties", findings)
            guard names.contains(where: { $0.value == limit.party.value }) else { continue }
            checkFigure(limit, findings)
        }
        for product in agreement.limits.compactMap(\.scope.product)
        where !agreement.products.contains(where: { $0.value == product.value }) {
            let known = agreement.products.map(\.value)
            findings.report(
                .unknownReference, "the agreement has no product \(product.value)",
                key: product.key, at: product.place,
                allowed: "its products are \(known.joined(separator: ", "))")
        }
        guard agreement.isLendersComplete, let platform = platform?.party else { return }
        let lenders = [platform.value] + agreement.banks
        for party in agreement.limits.map(\.party)
        where !lenders.contains(party.value)
            && parties.contains(where: { $0.name?.value == party.value })
        {
            findings.report(
                .contradiction, "\(party.value) has no part in the agreement", key: party.key,
                at: party.place,
                allowed: "a limit is of a lender or the platform: "
                    + Set(lenders).sorted().joined(separator: ", "))
        }
    }

    /// Each once, in the currency of the agreements.
    func checkLimits(_ party: PartyDraft, _ findings: Findings) {
        refuseRepetition(party.limits, findings)
        for limit in party.limits {
            checkFigure(limit, findings)
            guard let product = limit.scope.product else { continue }
            checkKnown(
                product, "product", among: products.compactMap(\.name), "products", findings)
        }
        guard let wanted = platform?.currency else { return }
        for currency in party.limits.compactMap(\.currency) where currency.value != wanted.value {
            findings.report(
                .contradiction, "the limit is in \(currency.value)", key: currency.key,
                at: currency.place,
                allowed: "the platform and its agreements are in \(wanted.value) "
                    + "(\(wanted.place))")
        }
    }

    /// A part of a figure is a part of something that the party reports.
    private func checkFigure(_ limit: LimitDraft, _ findings: Findings) {
        guard case .part(_, let base, _) = limit.size, let figure = base.value.figure,
            // A party that could not be read has its own faults.
            let reported = figures[limit.party.value],
            !reported.contains(where: { $0.name == figure })
        else { return }
        findings.report(
            .unknownReference, "\(limit.party.value) reports no \(figure.rawValue)",
            key: base.key, at: base.place,
            allowed: "add it to figures in the file of \(limit.party.value), which a bank has")
    }

    private func refuseRepetition(_ limits: [LimitDraft], _ findings: Findings) {
        var seen: Set<String> = []
        for limit in limits {
            if seen.insert(limit.name).inserted { continue }
            findings.report(
                .repeatedName, "the limit of \(limit.name) stands twice", key: limit.span.key,
                at: limit.span.place, allowed: "keep one")
        }
    }
}
