package import BusinessCalendar

/// Every rule pack of an installation, with what its parties say of themselves.
///
/// A value without state: the same subject always has the same findings.
package struct RuleBook: Hashable, Sendable {
    package static let empty = RuleBook(packs: [], parties: [])

    /// In order of name.
    package let packs: [RulePack]
    private let parties: [PartyID: PartyFacts]

    package init(packs: [RulePack], parties: [PartyFacts]) {
        self.packs = packs.sorted { $0.name < $1.name }
        self.parties = Dictionary(parties.map { ($0.party, $0) }) { first, _ in first }
    }

    /// What is known of a party; of a stranger only that it is a bank.
    package func facts(of party: PartyID) -> PartyFacts {
        parties[party] ?? PartyFacts(party: party, kind: .bank)
    }

    /// Which rules an agreement breaks that are in force when it takes effect.
    package func findings(for agreement: Agreement, products: [Product]) -> [RuleFinding] {
        var found: [RuleFinding] = []
        for subject in AgreementSubject.all(agreement, products: products, book: self) {
            // What every tier breaks is told once.
            found += findings(for: .agreement(subject), under: agreement.rulePacks)
                .filter { !found.contains($0) }
        }
        return found
    }

    /// Which rules a loan breaks that are in force when it is booked.
    package func findings(for loan: LoanSubject) -> [RuleFinding] {
        findings(for: .loan(loan), under: loan.packs)
    }

    /// Which rules of some packs a subject breaks: in order of pack, rule, lender.
    package func findings(for subject: RuleSubject, under names: [String]) -> [RuleFinding] {
        let chosen = packs.filter { names.contains($0.name) }
        return chosen.flatMap { pack in
            pack.rules.flatMap { rule in
                rule.moments.contains(subject.kind.moment) ? pack.findings(rule, subject) : []
            }
        }
    }
}

extension RulePack {
    /// How a subject breaks one of the rules, if it does on its date, at whatever moment.
    package func findings(_ rule: ComplianceRule, _ subject: RuleSubject) -> [RuleFinding] {
        guard rule.holds(on: subject.date) else { return [] }
        return RuleCheck(rule: rule).breaches(subject).map { RuleFinding($0, of: rule, in: self) }
    }
}

extension [RuleFinding] {
    /// Whether one of them forbids what was judged.
    package var blocks: Bool { contains { $0.outcome == .block } }
}

extension AgreementSubject {
    /// An agreement under a book's facts; products that it does not name are left aside.
    package init(_ agreement: Agreement, products: [Product], book: RuleBook) {
        let lenders = agreement.lenders.map {
            Lender(book.facts(of: $0.party), share: $0.share)
        }
        self.init(agreement, lenders, products: products)
    }

    init(_ agreement: Agreement, _ lenders: [Lender], products: [Product]) {
        self.init(
            effectiveFrom: agreement.effectiveFrom, currency: agreement.currency,
            lenders: lenders,
            largest: products.filter { agreement.products.contains($0.name) }.map(Largest.init),
            pricing: agreement.pricing.name, disbursement: agreement.disbursement.name,
            transferDays: agreement.fundingMode.transferDays, onRefusal: agreement.onRefusal,
            acceptsParts: agreement.acceptsParts)
    }
}

extension LoanSubject {
    /// A loan that a plan would divide under an agreement.
    package init(
        plan: SharePlan, under agreement: Agreement, product: String, bookedOn: BusinessDate,
        totalLine: Int64? = nil, region: String? = nil, allInCost: AnnualRate? = nil,
        feesOutside: Int64 = 0, book: RuleBook
    ) {
        self.init(
            bookedOn: bookedOn, currency: agreement.currency, packs: agreement.rulePacks,
            product: product, principal: plan.total, totalLine: totalLine,
            lenders: plan.shares.map { Lender(book.facts(of: $0.party), amount: $0.amount) },
            region: region, allInCost: allInCost, feesOutside: feesOutside,
            pricing: agreement.pricing.name, disbursement: agreement.disbursement.name,
            transferDays: agreement.fundingMode.transferDays)
    }
}
