import LendingRules
import Monetary

/// One entry of a list `limits` as far as it could be read.
struct LimitDraft {
    let party: Located<String>
    let span: Located<LimitSpan>
    let amount: Int64
    /// Named where a party's limit stands; that of the agreement otherwise.
    let currency: Located<Currency>?

    /// A limit of a lender under the agreement that the list belongs to.
    init?(ofLenderIn section: Section, decimals: Int) {
        let party = section.value("party", .identifier)
        let span = section.value("per", LimitDraft.span)
        let amount = section.value("amount", .amount(decimals: decimals, isZeroAllowed: false))
        section.finish()
        guard let party, let span, let amount else { return nil }
        self.party = party
        self.span = span
        self.amount = amount.value
        currency = nil
    }

    /// A limit of the party that the list belongs to, over all its agreements.
    init?(of party: Located<String>?, _ section: Section, decimals: Int) {
        let span = section.value("per", LimitDraft.span)
        let amount = section.value("amount", .amount(decimals: decimals, isZeroAllowed: false))
        let currency = section.value("currency", .currency)
        section.finish()
        guard let party, let span, let amount, let currency else { return nil }
        self.party = party
        self.span = span
        self.amount = amount.value
        self.currency = currency
    }

    private static var span: Rule<LimitSpan> { .choice("span of a limit") }

    /// The limit under an agreement.
    func limit(agreement: String, currency: Currency) -> Limit? {
        let key = LimitKey(
            agreement: agreement, party: PartyID(party.value), span: span.value,
            currency: currency)
        return Limit(key, amount: amount)
    }

    /// The limit of a party over all its agreements; nil without a currency.
    var limit: Limit? { currency.flatMap { limit(agreement: "", currency: $0.value) } }
}

extension Drafts {
    /// Each of a lender of the agreement or of the platform, and each once.
    func checkLimits(_ agreement: AgreementDraft, _ findings: Findings) {
        refuseRepetition(agreement.limits, findings)
        for limit in agreement.limits {
            let names = parties.compactMap(\.name)
            checkKnown(limit.party, "party", among: names, "parties", findings)
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
        guard let wanted = platform?.currency else { return }
        for currency in party.limits.compactMap(\.currency) where currency.value != wanted.value {
            findings.report(
                .contradiction, "the limit is in \(currency.value)", key: currency.key,
                at: currency.place,
                allowed: "the platform and its agreements are in \(wanted.value) "
                    + "(\(wanted.place))")
        }
    }

    private func refuseRepetition(_ limits: [LimitDraft], _ findings: Findings) {
        var seen: Set<String> = []
        for limit in limits {
            let name = "\(limit.party.value) per \(limit.span.value.rawValue)"
            if seen.insert(name).inserted { continue }
            findings.report(
                .repeatedName, "the limit of \(name) stands twice", key: limit.span.key,
                at: limit.span.place, allowed: "keep one")
        }
    }
}
