import LendingRules
import Monetary

extension Drafts {
    /// The checks that need more than one file.
    func check(_ findings: Findings) {
        refuseDoubles(parties.compactMap(\.name), "party", findings)
        refuseDoubleProducts(findings)
        refuseDoubles(calendars.compactMap(\.name), "calendar", findings)
        refuseDoubles(rulePacks.compactMap(\.name), "rule pack", findings)
        refuseDoubleAgreements(findings)
        checkPlatformParty(findings)
        checkClearing(findings)
        for agreement in agreements {
            checkReferences(agreement, findings)
            checkCurrency(agreement, findings)
            checkLenders(agreement, findings)
            checkLenderKinds(agreement, findings)
            checkFallback(agreement, findings)
            checkFees(agreement, findings)
            checkDisbursement(agreement, findings)
            checkFundingMode(agreement, findings)
            checkLimits(agreement, findings)
            checkPricing(agreement, findings)
            checkIncomeShares(agreement, findings)
            checkResidueHolder(agreement, findings)
            checkTiers(agreement, findings)
            checkLoss(agreement, findings)
        }
        checkCovers(findings)
        for calendar in products.compactMap(\.holidayCalendar) {
            checkKnown(
                calendar, "calendar", among: calendars.compactMap(\.name), "calendars", findings)
        }
        for party in parties { checkLimits(party, findings) }
        checkRules(findings)
        checkProvisions(findings)
        checkLossAccounts(findings)
        refuseDoubles(pools.compactMap(\.name), "pool", findings)
        checkPools(findings)
    }

    private func refuseDoubles(_ names: [Located<String>], _ noun: String, _ findings: Findings) {
        var seen: [String: Place] = [:]
        for name in names.sorted(by: { $0.place < $1.place }) {
            if let first = seen[name.value] {
                findings.report(
                    .repeatedName, "a second \(noun) \(name.value)", key: name.key,
                    at: name.place, allowed: "the first is at \(first); rename one")
            } else {
                seen[name.value] = name.place
            }
        }
    }

    private func refuseDoubleAgreements(_ findings: Findings) {
        var seen: [String: Place] = [:]
        for agreement in agreements {
            guard let name = agreement.name, let date = agreement.effectiveFrom else { continue }
            let version = "\(name.value) effective from \(date.value)"
            if let first = seen[version] {
                findings.report(
                    .repeatedName, "a second agreement \(version)", key: date.key,
                    at: date.place,
                    allowed: "the first is at \(first); give one another name or date")
            } else {
                seen[version] = date.place
            }
        }
    }

    /// Versions of one product have dates of their own; one at most has none.
    private func refuseDoubleProducts(_ findings: Findings) {
        var seen: [String: Place] = [:]
        for product in products {
            guard let name = product.name else { continue }
            let date = product.effectiveFrom
            let version = name.value + (date.map { " effective from \($0.value)" } ?? "")
            let (key, place) = date.map { ($0.key, $0.place) } ?? (name.key, name.place)
            if let first = seen[version] {
                findings.report(
                    .repeatedName, "a second product \(version)", key: key, at: place,
                    allowed: date == nil
                        ? "the first is at \(first); rename one"
                        : "the first is at \(first); give one another name or date")
            } else {
                seen[version] = place
            }
        }
    }

    /// Exactly the party that platform.yaml names is of the kind platform.
    private func checkPlatformParty(_ findings: Findings) {
        guard let platform = platform?.party else { return }
        checkKnown(platform, "party", among: parties.compactMap(\.name), "parties", findings)
        for party in parties {
            guard let name = party.name, let kind = party.kind,
                (kind.value == .platform) != (name.value == platform.value)
            else { continue }
            findings.report(
                .contradiction, "\(name.value) is of kind \(kind.value.rawValue)", key: kind.key,
                at: kind.place,
                allowed: "platform.yaml names \(platform.value) as the platform, the only one")
        }
    }

    /// One clearing at most; its account has a name of its own.
    private func checkClearing(_ findings: Findings) {
        let clearings = parties.filter { $0.kind?.value == .clearing }
        for second in clearings.dropFirst() {
            guard let kind = second.kind else { continue }
            findings.report(
                .contradiction, "a second party of kind clearing", key: kind.key, at: kind.place,
                allowed: "cash runs through one; remove the other file")
        }
        for clearing in clearings {
            guard let name = clearing.name else { continue }
            if let account = clearing.settings?.clearing?.account,
                parties.contains(where: { $0.name?.value == account.name })
            {
                findings.report(
                    .contradiction, "the account has the name of the party \(account)",
                    key: "account", at: name.place,
                    allowed: "give the account a name of its own")
            }
        }
    }

    /// Of all kinds of party two lend; what there is in tiers are lenders.
    private func checkLenderKinds(_ agreement: AgreementDraft, _ findings: Findings) {
        for lender in agreement.lenders.map(\.party) {
            let party = parties.first { $0.name?.value == lender.value }
            guard let kind = party?.kind?.value, !kind.lends else { continue }
            findings.report(
                .contradiction, "\(lender.value) is of kind \(kind.rawValue)", key: lender.key,
                at: lender.place, allowed: "a \(kind.rawValue) does not lend")
        }
    }

    private func checkReferences(_ agreement: AgreementDraft, _ findings: Findings) {
        let known = products.compactMap(\.name)
        for product in agreement.products {
            checkKnown(product, "product", among: known, "products", findings)
        }
        refuseRepetition(agreement.products, "product", findings)
        for lender in agreement.lenders {
            checkKnown(
                lender.party, "party", among: parties.compactMap(\.name), "parties", findings)
        }
        if let calendar = agreement.settlement?.calendar {
            let known = calendars.compactMap(\.name)
            checkKnown(calendar, "calendar", among: known, "calendars", findings)
        }
    }

    func checkKnown(
        _ name: Located<String>, _ noun: String, among known: [Located<String>], _ folder: String,
        _ findings: Findings
    ) {
        let names = known.map(\.value)
        // A file that could not be read may hold the name, and has its own fault.
        guard wholeFolders.contains(folder), !names.contains(name.value) else { return }
        let nearest = Nearest.word(to: name.value, among: names).map { "did you mean \($0)? " }
        findings.report(
            .unknownReference, "no \(noun) is called \(name.value)", key: name.key, at: name.place,
            allowed: names.isEmpty
                ? "\(folder)/ has none"
                : "\(nearest ?? "")known are \(names.sorted().joined(separator: ", "))")
    }

    private func checkCurrency(_ agreement: AgreementDraft, _ findings: Findings) {
        guard let currency = agreement.currency, let platform = platform?.currency,
            currency.value != platform.value
        else { return }
        findings.report(
            .contradiction, "the agreement is in \(currency.value)", key: currency.key,
            at: currency.place,
            allowed: "the platform and its products are in \(platform.value) (\(platform.place))")
    }

    private func checkLenders(_ agreement: AgreementDraft, _ findings: Findings) {
        refuseRepetition(agreement.lenders.map(\.party), "lender", findings)
        guard agreement.isLendersComplete, !agreement.hasTiers,
            let problem = ShareSum.problem(agreement.lenders.map(\.share))
        else { return }
        findings.report(
            .sharesNotWhole, problem, key: "lenders", at: agreement.lendersPlace,
            allowed: "they must sum to exactly 100%; thirds are written 1/3")
    }

    func refuseRepetition(
        _ names: [Located<String>], _ noun: String, _ findings: Findings
    ) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name.value).inserted {
            findings.report(
                .repeatedName, "the \(noun) \(name.value) stands twice", key: name.key,
                at: name.place, allowed: "keep one")
        }
    }
}
