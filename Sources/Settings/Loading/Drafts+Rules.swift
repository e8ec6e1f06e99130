import LendingRules

extension Drafts {
    /// The packs that could be read whole, with every party's facts.
    var ruleBook: RuleBook {
        RuleBook(
            packs: rulePacks.compactMap(\.pack),
            parties: parties.compactMap { $0.settings?.facts })
    }

    /// Names within the packs, their golden cases, and what agreements break.
    func checkRules(_ findings: Findings) {
        for pack in rulePacks {
            refuseRepetition(pack.rules.compactMap(\.name), "rule", findings)
            checkCases(pack, findings)
        }
        let products = products.compactMap { $0.product(calendars.compactMap(\.calendar)) }
        for agreement in agreements where !agreement.rulePacks.isEmpty {
            checkPacks(agreement, products, findings)
        }
    }

    /// A case that a rule judges otherwise: one of the two is wrong, and nobody knows which.
    private func checkCases(_ draft: RulePackDraft, _ findings: Findings) {
        guard let pack = draft.pack else { return }
        for rule in draft.rules {
            for golden in rule.cases {
                guard let known = rule.rule, let finds = golden.finds,
                    let found = golden.found(by: known, in: pack), found != finds.value
                else { continue }
                findings.report(
                    .ruleCaseFails,
                    "rule \(known.name) finds \(Quoted.text(found)), and the case says "
                        + Quoted.text(finds.value),
                    key: finds.key, at: finds.place, allowed: "correct the rule or the case")
            }
        }
    }

    private func checkPacks(
        _ draft: AgreementDraft, _ products: [Product], _ findings: Findings
    ) {
        refuseRepetition(draft.rulePacks, "rule pack", findings)
        let names = rulePacks.compactMap(\.name)
        for pack in draft.rulePacks {
            checkKnown(pack, "rule pack", among: names, "rules", findings)
        }
        checkPackCurrency(draft, findings)
        judge(draft, products, findings)
    }

    /// Amounts of a pack say nothing about loans in another currency.
    private func checkPackCurrency(_ draft: AgreementDraft, _ findings: Findings) {
        guard let currency = draft.currency?.value else { return }
        for name in draft.rulePacks {
            guard let pack = rulePacks.first(where: { $0.name?.value == name.value }),
                let other = pack.currency, other.value != currency
            else { continue }
            findings.report(
                .contradiction, "the amounts of \(name.value) are in \(other.value)",
                key: name.key, at: name.place, allowed: "the agreement is in \(currency)")
        }
    }

    private func isWhole(_ draft: AgreementDraft) -> Bool {
        ShareSum.problem(draft.lenders.map(\.share)) == nil
    }

    /// What the agreement itself breaks, at the name of the pack that says so.
    private func judge(_ draft: AgreementDraft, _ products: [Product], _ findings: Findings) {
        guard draft.isLendersComplete, let platform = platform?.party,
            draft.hasTiers ? draft.isTiersComplete : isWhole(draft),
            let agreement = draft.agreement(platform: PartyID(platform.value))
        else { return }
        for finding in ruleBook.findings(for: agreement, products: products) {
            guard let name = draft.rulePacks.first(where: { $0.value == finding.pack }) else {
                continue
            }
            let fault = ConfigurationFault(
                .ruleBroken, finding.description, key: name.key, at: name.place,
                allowed: finding.outcome == .block
                    ? "the rule blocks it from \(agreement.effectiveFrom) on: change the terms, "
                        + "or what parties and products say"
                    : "the rule warns; the agreement holds all the same")
            finding.outcome == .block ? findings.report(fault) : findings.warn(fault)
        }
    }
}
