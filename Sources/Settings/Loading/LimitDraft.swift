import LendingRules
import Monetary

/// One entry of a list `limits` as far as it could be read.
struct LimitDraft {
    let party: Located<String>
    let span: Located<LimitSpan>
    let scope: LimitScopeDraft
    let size: LimitSizeDraft
    /// Named where a party's limit stands; that of the agreement otherwise.
    let currency: Located<Currency>?

    /// A limit of a lender under the agreement that the list belongs to.
    init?(ofLenderIn section: Section, decimals: Int) {
        let party = section.value("party", .identifier)
        self.init(party, section, decimals: decimals, hasCurrency: false)
    }

    /// A limit of the party that the list belongs to, over all its agreements.
    init?(of party: Located<String>?, _ section: Section, decimals: Int) {
        self.init(party, section, decimals: decimals, hasCurrency: true)
    }

    private init?(
        _ party: Located<String>?, _ section: Section, decimals: Int, hasCurrency: Bool
    ) {
        let span = section.value("per", Rule<LimitSpan>.choice("span of a limit"))
        let scope = LimitScopeDraft(section)
        let size = LimitSizeDraft(section, decimals: decimals)
        let currency = hasCurrency ? section.value("currency", .currency) : nil
        section.finish()
        guard let party, let span, let scope, let size, !hasCurrency || currency != nil
        else { return nil }
        size.check(span, scope, section.findings)
        self.party = party
        self.span = span
        self.scope = scope
        self.size = size
        self.currency = currency
    }

    /// The limits under an agreement: one, or one of each figure that it is a part of.
    func limits(agreement: String, currency: Currency, figures: [PartyFacts.Figure]) -> [Limit] {
        let key = LimitKey(
            agreement: agreement, party: PartyID(party.value), span: span.value,
            currency: currency, scope: scope.scope)
        switch size {
        case .amount(let amount): return [Limit(key, amount: amount)]
        case .part(let share, let base, let least):
            guard let figure = base.value.figure else {
                let part = LimitPart(
                    share, of: base.value == .own ? .own : .total, least: least ?? 0)
                return [Limit(key, part: part)]
            }
            return figures.filter { $0.name == figure }.map {
                Limit(
                    key, part: LimitPart(share, of: .figure(figure), least: $0.amount),
                    from: $0.asOf)
            }
        }
    }

    /// The limits of a party over all its agreements; none without a currency.
    func limits(figures: [PartyFacts.Figure]) -> [Limit] {
        currency.map { limits(agreement: "", currency: $0.value, figures: figures) } ?? []
    }

    /// What tells it from the other limits of a list.
    var name: String {
        "\(party.value) per \(span.value.rawValue)\(scope.words)\(size.words)"
    }
}
