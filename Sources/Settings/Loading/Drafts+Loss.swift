import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

extension Drafts {
    /// Who pays for which losses of an agreement: each layer for itself, then all of them.
    func checkLoss(_ agreement: AgreementDraft, _ findings: Findings) {
        let entries = agreement.lossLayers
        refuseRepetition(entries.map(\.name), "layer", findings)
        for entry in entries {
            refuseRepetition(entry.tranches.map(\.name), "tranche", findings)
            refuseRepetition(entry.lenders, "lender", findings)
            for provider in entry.providers { checkProvider(provider, findings) }
            checkLossLenders(entry, agreement, findings)
            checkLossShares(entry, agreement, findings)
            checkTimes(entry, agreement, findings)
        }
        if let shares = agreement.collectionCosts?.shares {
            checkBearers(shares, agreement, findings)
        }
        for (entry, next) in zip(entries, entries.dropFirst()) where entry.shares != nil {
            findings.report(
                .contradiction, "a layer stands behind the lenders' own shares",
                key: next.name.key, at: next.name.place,
                allowed: "nothing is left behind \(entry.name.value): let it be the last")
        }
    }

    /// Who bears others' losses needs accounts that others do not.
    func checkLossAccounts(_ findings: Findings) {
        let names = agreements.flatMap(\.lossLayers).map(\.name)
        guard let chart, let first = names.first else { return }
        for account in Account.ofLosses where !chart.numbers.contains(account.description) {
            findings.report(
                .incompleteChart, "account \(account) is missing for losses", key: first.key,
                at: first.place,
                allowed: "losses are posted to it: add an entry to chart-of-accounts.yaml")
        }
    }

    /// Somebody who answers for losses: any party but a clearing.
    private func checkProvider(_ provider: Located<String>, _ findings: Findings) {
        checkKnown(provider, "party", among: parties.compactMap(\.name), "parties", findings)
        guard let kind = parties.first(where: { $0.name?.value == provider.value })?.kind?.value,
            kind == .clearing
        else { return }
        findings.report(
            .contradiction, "\(provider.value) is of kind \(kind.rawValue)", key: provider.key,
            at: provider.place, allowed: "a clearing pays for no losses")
    }

    /// Losses are of lenders, and nobody pays itself.
    private func checkLossLenders(
        _ entry: LossLayerDraft, _ agreement: AgreementDraft, _ findings: Findings
    ) {
        guard agreement.isLendersComplete else { return }
        let lenders = agreement.lenders.map(\.party.value)
        let named = entry.lenders + (entry.shares?.parts.map(\.party) ?? [])
        for lender in named where !lenders.contains(lender.value) {
            findings.report(
                .contradiction, "\(lender.value) does not lend", key: lender.key,
                at: lender.place,
                allowed: "losses are of the lenders: \(lenders.joined(separator: ", "))")
        }
        for provider in entry.providers {
            if let own = entry.lenders.first(where: { $0.value == provider.value }) {
                findings.report(
                    .contradiction, "\(own.value) would pay itself", key: own.key, at: own.place,
                    allowed: "leave it out: it is the provider")
            } else if entry.lenders.isEmpty, lenders == [provider.value] {
                findings.report(
                    .contradiction, "\(provider.value) would pay itself", key: provider.key,
                    at: provider.place, allowed: "it is the only lender: another one must pay")
            }
        }
    }

    private func checkLossShares(
        _ entry: LossLayerDraft, _ agreement: AgreementDraft, _ findings: Findings
    ) {
        guard let shares = entry.shares else { return }
        if agreement.isLendersComplete {
            let named = Set(shares.parts.map(\.party.value))
            for lender in agreement.lenders.map(\.party.value) where !named.contains(lender) {
                findings.report(
                    .contradiction, "\(lender) has no part", key: shares.key, at: shares.place,
                    allowed: "every lender is named, with 0% for none")
            }
        }
        checkWhole(shares, findings)
    }

    /// Lenders alone bear costs.
    private func checkBearers(
        _ shares: LossSharesDraft, _ agreement: AgreementDraft, _ findings: Findings
    ) {
        let lenders = agreement.lenders.map(\.party.value)
        if agreement.isLendersComplete {
            for party in shares.parts.map(\.party) where !lenders.contains(party.value) {
                findings.report(
                    .contradiction, "\(party.value) does not lend", key: party.key,
                    at: party.place,
                    allowed: "costs are of the lenders: \(lenders.joined(separator: ", "))")
            }
        }
        checkWhole(shares, findings)
    }

    private func checkWhole(_ shares: LossSharesDraft, _ findings: Findings) {
        guard let problem = ShareSum.problem(shares.parts.map(\.share)) else { return }
        findings.report(
            .sharesNotWhole, problem, key: shares.key, at: shares.place,
            allowed: "they must sum to exactly 100%; thirds are written 1/3")
    }

    /// A layer is asked before the loan is written off, and while its cover still pays.
    private func checkTimes(
        _ entry: LossLayerDraft, _ agreement: AgreementDraft, _ findings: Findings
    ) {
        if case .daysPastDue(let days) = entry.trigger.value {
            if let last = agreement.chargeOffDays, days > last.value {
                findings.report(
                    .contradiction, "the layer waits for \(days) days past due",
                    key: entry.trigger.key, at: entry.trigger.place,
                    allowed: "loans are written off at \(last.value) (\(last.place))")
            }
            if let latest = entry.cover?.latestDaysPastDue, latest.value < days {
                findings.report(
                    .contradiction, "the cover pays up to \(latest.value) days past due",
                    key: latest.key, at: latest.place,
                    allowed: "the layer waits for \(days): it would never pay")
            }
        }
        if let last = entry.cover?.expiresOn, let first = agreement.effectiveFrom,
            last.value < first.value
        {
            findings.report(
                .contradiction, "the cover expires before the agreement begins", key: last.key,
                at: last.place, allowed: "it begins on \(first.value)")
        }
    }

    /// A cover goes by the agreement and its layer: whatever version a loan has, it is the same.
    func checkCovers(_ findings: Findings) {
        struct Cover {
            let entry: LossLayerDraft
            let terms: CoverTerms?
        }
        let versions = agreements.filter { $0.name != nil && $0.effectiveFrom != nil }.sorted {
            ($0.effectiveFrom?.value.dayNumber ?? 0) < ($1.effectiveFrom?.value.dayNumber ?? 0)
        }
        var seen: [String: Cover] = [:]
        for agreement in versions {
            for entry in agreement.lossLayers {
                for layer in entry.layers {
                    let key = "\(agreement.name?.value ?? "") \(layer.name)"
                    guard let first = seen[key] else {
                        seen[key] = Cover(entry: entry, terms: layer.cover)
                        continue
                    }
                    if first.terms == layer.cover || first.entry.name.place == entry.name.place {
                        continue
                    }
                    findings.report(
                        .contradiction, "the layer \(layer.name) has another cover elsewhere",
                        key: entry.name.key, at: entry.name.place,
                        allowed: "an earlier version has it at \(first.entry.name.place); give "
                            + "one of them another name")
                }
            }
        }
    }
}

extension LossLayer {
    fileprivate var cover: CoverTerms? {
        guard case .provided(let provision) = bearing else { return nil }
        return provision.cover
    }
}
