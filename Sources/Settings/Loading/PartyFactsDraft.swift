import BusinessCalendar
import LendingRules
import Monetary

/// What a party's file says for rules to ask about.
struct PartyFactsDraft {
    private let kind: PartyDraft.Kind?
    private let regions: [Located<String>]
    private let listed: Located<BusinessDate>?
    private let figures: [PartyFacts.Figure]

    /// Of a bank; others have none of it.
    init(_ kind: PartyDraft.Kind?, _ section: Section, decimals: Int) {
        self.kind = kind
        guard kind == .bank || kind == nil else {
            (regions, listed, figures) = ([], nil, [])
            return
        }
        regions = section.values("homeRegions", .region, isRequired: false)
        listed = section.optional("listedFrom", .date)
        var seen: Set<String> = []
        figures = section.sections("figures", isRequired: false).compactMap { entry in
            let name = entry.value("figure", Rule<PartyFacts.Figure.Name>.choice("figure"))
            let amount = entry.value("amount", .amount(decimals: decimals, isZeroAllowed: true))
            let asOf = entry.value("asOf", .date)
            entry.finish()
            guard let name, let amount, let asOf else { return nil }
            if !seen.insert("\(name.value) \(asOf.value)").inserted {
                entry.findings.report(
                    .repeatedName, "\(name.value.rawValue) of \(asOf.value) stands twice",
                    key: asOf.key, at: asOf.place, allowed: "keep one")
            }
            return PartyFacts.Figure(name: name.value, amount: amount.value, asOf: asOf.value)
        }
    }

    func facts(_ party: PartyID) -> PartyFacts {
        // Rules ask the same of everybody who has claims without lending.
        let known =
            kind == .spv ? .guarantor : kind.flatMap { PartyFacts.Kind(rawValue: $0.rawValue) }
        return PartyFacts(
            party: party, kind: known ?? .bank,
            homeRegions: Set(regions.map(\.value)),
            listedFrom: listed?.value, figures: figures)
    }
}

extension Rule where Value == String {
    /// A region as loans name it.
    static var region: Rule<String> {
        Rule(
            "the name of a region: up to 40 characters without spaces at its ends", noun: "region"
        ) { text in
            let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
            let isTrimmed = text.first != " " && text.last != " "
            return isPlain && isTrimmed && (1...40).contains(text.count) ? text : nil
        }
    }
}

extension PartyFacts.Figure.Name {
    /// The key of a golden case.
    var key: String {
        switch self {
        case .netTier1Capital: "capital"
        case .loanBook: "loanBook"
        case .otherJointLoans: "otherJointLoans"
        }
    }
}
