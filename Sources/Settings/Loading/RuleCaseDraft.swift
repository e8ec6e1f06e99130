import BusinessCalendar
import LendingRules
import Monetary

/// A golden case of a rule as far as it could be read: a subject and what the rule finds of it.
struct RuleCaseDraft {
    let subject: RuleSubject?
    /// `nothing`, or the comparisons of all findings, joined by `; `.
    let finds: Located<String>?

    /// Amounts of a pack without a currency have two decimals.
    init(_ section: Section, currency: Currency?, measure: Measure, start: BusinessDate) {
        let reader = RuleCaseReader(
            currency: currency ?? RuleCaseReader.plain, date: section.caseDate(start))
        let kinds = RuleSubject.Kind.allCases.filter(measure.subjects.contains)
        let given = kinds.filter { section.isGiven($0.rawValue) }
        finds = section.value("finds", .note)
        let read = given.map { kind -> RuleSubject? in
            guard let inner = section.section(kind.rawValue) else { return nil }
            defer { inner.finish() }
            return reader.subject(kind, inner)
        }
        subject = read.count == 1 ? read[0] : nil
        if given.count != 1 {
            section.findings.report(
                .contradiction,
                given.isEmpty ? "the case has no subject" : "the case has several subjects",
                key: section.key, at: section.place,
                allowed: "it needs \(Refusal.oneOf(kinds.map(\.rawValue)))")
        }
        section.finish()
    }

    /// What a pack's rule finds of the subject, in the words of `finds`; nil without one.
    func found(by rule: ComplianceRule, in pack: RulePack) -> String? {
        guard let subject else { return nil }
        let findings = pack.findings(rule, subject)
        return findings.isEmpty
            ? "nothing" : findings.map(\.comparison).joined(separator: "; ")
    }
}

extension Section {
    /// The date of a case, by default the first on which its rule holds.
    fileprivate func caseDate(_ start: BusinessDate) -> BusinessDate? {
        value("on", .date, default: start.description)?.value
    }
}

/// Reads the subjects of golden cases. A party called `platform` is of that kind, every other one
/// a bank.
struct RuleCaseReader {
    /// Of packs without amounts.
    static let plain = Currency(code: "USD") ?? .unstated

    let currency: Currency
    let date: BusinessDate?

    func subject(_ kind: RuleSubject.Kind, _ section: Section) -> RuleSubject? {
        guard let date else { return nil }
        return switch kind {
        case .agreement: agreement(section, date).map { .agreement($0) }
        case .loan: loan(section, date).map { .loan($0) }
        case .book: book(section, date).map { .book($0) }
        case .claim: claim(section, date).map { .claim($0) }
        case .cover: cover(section, date).map { .cover($0) }
        }
    }

    private var amount: Rule<Int64> {
        .amount(decimals: currency.exponent, isZeroAllowed: true)
    }

    private func agreement(_ section: Section, _ date: BusinessDate) -> AgreementSubject? {
        let facts = facts(section)
        let shares = parts(section, .shareOrNothing)
        let principal = section.value("principal", amount, default: "0")
        let pricing = section.value(
            "pricing", Rule<Pricing.Name>.choice("pricing"), default: "borrower-rate")
        let way = section.value(
            "disbursement", Rule<DisbursementWay.Name>.choice("way of disbursement"),
            default: "reimburse")
        let days = section.optional("transferDays", .whole(1...365, "days"))
        let refusal = section.value(
            "onRefusal", Rule<RefusalRule>.choice("way out of a refusal"), default: "platform")
        let acceptsParts = section.value("partialAcceptance", .yesOrNo, default: "false")
        guard let shares, let principal, let pricing, let way, let refusal, let acceptsParts
        else { return nil }
        return AgreementSubject(
            effectiveFrom: date, currency: currency,
            lenders: shares.map { .init(facts($0.party), share: $0.value) },
            largest: [.init(product: "product", principal: principal.value)],
            pricing: pricing.value, disbursement: way.value, transferDays: days?.value,
            onRefusal: refusal.value, acceptsParts: acceptsParts.value)
    }

    private func loan(_ section: Section, _ date: BusinessDate) -> LoanSubject? {
        let facts = facts(section)
        let shares = parts(section, amount)
        let line = section.optional("line", amount)
        let region = section.optional("region", .region)
        let cost = section.optional("allInCost", .annualRate)
        let outside = section.value("feesOutside", amount, default: "0")
        guard let shares, let outside else { return nil }
        // Amounts of a file stay far below the sum that 64 bits hold, or are refused here.
        var principal: Int64 = 0
        for part in shares {
            let (sum, overflow) = principal.addingReportingOverflow(part.value)
            guard !overflow else { return nil }
            principal = sum
        }
        return LoanSubject(
            bookedOn: date, currency: currency, packs: [], product: "product",
            principal: principal, totalLine: line?.value,
            lenders: shares.filter { $0.value > 0 }.map {
                .init(facts($0.party), amount: $0.value)
            }, region: region?.value, allInCost: cost?.value, feesOutside: outside.value)
    }

    private func book(_ section: Section, _ date: BusinessDate) -> BookSubject? {
        let outstanding = section.value("outstanding", amount)
        let figures = PartyFacts.Figure.Name.allCases.compactMap { name in
            section.optional(name.key, amount).map {
                PartyFacts.Figure(name: name, amount: $0.value, asOf: date)
            }
        }
        guard let outstanding else { return nil }
        return BookSubject(
            date: date, currency: currency,
            bank: PartyFacts(party: PartyID("bank"), kind: .bank, figures: figures),
            outstanding: outstanding.value)
    }

    private func claim(_ section: Section, _ date: BusinessDate) -> ClaimSubject? {
        let days = section.value("daysPastDue", .whole(0...36_500, "days"))
        let named = section.value(
            "class", Rule<AssetClass>.choice("class of claims"), default: "normal")
        let apart = section.value("daysApart", .whole(0...36_500, "days"), default: "0")
        guard let days, let named, let apart else { return nil }
        return ClaimSubject(
            date: date, daysPastDue: days.value, assetClass: named.value, daysApart: apart.value)
    }

    private func cover(_ section: Section, _ date: BusinessDate) -> CoverSubject? {
        let names = ["set", "disbursed", "outstanding", "cover", "reinstated"]
        let amounts = names.map { section.value($0, amount, default: "0")?.value }
        let invoked = section.optional("invokedAt", .whole(0...36_500, "days"))
        guard let set = amounts[0], let disbursed = amounts[1], let outstanding = amounts[2],
            let cover = amounts[3], let reinstated = amounts[4]
        else { return nil }
        return CoverSubject(
            date: date, currency: currency, set: set, disbursed: disbursed,
            outstanding: outstanding, cover: cover, invokedAt: invoked?.value,
            reinstated: reinstated)
    }

    /// What the case says of every bank in it.
    private func facts(_ section: Section) -> (PartyID) -> PartyFacts {
        let regions = section.values("homeRegions", .region, isRequired: false)
        let listed = section.optional("listedFrom", .date)
        return { party in
            if party.name == "platform" { return PartyFacts(party: party, kind: .platform) }
            return PartyFacts(
                party: party, kind: .bank, homeRegions: Set(regions.map(\.value)),
                listedFrom: listed?.value)
        }
    }

    /// `shares` by party, in the order of the file; nil when one cannot be read.
    private func parts<Value>(_ section: Section, _ rule: Rule<Value>)
        -> [(party: PartyID, value: Value)]?
    {
        guard section.isGiven("shares") else { return [] }
        guard let shares = section.section("shares") else { return nil }
        let parts = shares.names.map { ($0, shares.value($0, rule)?.value) }
        let read = parts.compactMap { part in
            part.1.map { (party: PartyID(part.0), value: $0) }
        }
        return read.count == parts.count ? read : nil
    }
}
