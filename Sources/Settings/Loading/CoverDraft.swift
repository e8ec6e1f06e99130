import BusinessCalendar
import LendingRules
import Monetary

/// The mapping `cover` of a layer as far as it could be read.
struct CoverDraft {
    /// The kinds, as files name them.
    enum Name: String, CaseIterable {
        case frozenSet = "frozen-set"
        case outstanding, reserve

        /// The keys that say how much it is.
        fileprivate var keys: [String] {
            switch self {
            case .frozenSet: ["percent", "setLimit"]
            case .outstanding: ["percent"]
            case .reserve: ["amount", "replenish", "topUp"]
            }
        }
    }

    let terms: CoverTerms
    let latestDaysPastDue: Located<Int>?
    let expiresOn: Located<BusinessDate>?

    init?(_ section: Section, decimals: Int) {
        let topUp = TopUpDraft(section, decimals: decimals)
        let kind = CoverDraft.kind(section, topUp?.terms, decimals: decimals)
        let span = section.value(
            "per", Rule<CoverTerms.Span>.choice("span of a cover"),
            default: CoverTerms.Span.pool.rawValue)
        let latest = section.optional("latestDaysPastDue", .lossDays)
        let expiresOn = section.optional("expiresOn", .date)
        let isRestored = section.value("restored", .yesOrNo, default: "false")
        let allocation = section.value(
            "allocation", Rule<CoverTerms.Allocation>.choice("allocation of a cover"),
            default: CoverTerms.Allocation.sequence.rawValue)
        section.finish()
        guard let kind, let span, let isRestored, let allocation,
            section.isRead("latestDaysPastDue", latest),
            section.isRead("expiresOn", expiresOn),
            topUp != nil || !section.isGiven("topUp")
        else { return nil }
        guard CoverDraft.bears(kind, span, section), topUp?.isShorter(than: span) != false
        else { return nil }
        latestDaysPastDue = latest
        self.expiresOn = expiresOn
        terms = CoverTerms(
            kind: kind, span: span.value, latestDaysPastDue: latest?.value,
            expiresOn: expiresOn?.value, isRestored: isRestored.value,
            allocation: allocation.value)
    }

    /// Only an amount begins anew with a period: loans are lent before.
    private static func bears(
        _ kind: CoverTerms.Kind, _ span: Located<CoverTerms.Span>, _ section: Section
    ) -> Bool {
        if case .reserve = kind { return true }
        guard [.year, .quarter, .month].contains(span.value) else { return true }
        section.findings.report(
            .contradiction, "a part of loans is covered anew each \(span.value.rawValue)",
            key: span.key, at: span.place,
            allowed: "loans are lent before: use a vintage, or a reserve")
        return false
    }

    /// How much it gives; every key is read, whichever there should be.
    private static func kind(_ section: Section, _ topUp: CoverTopUp?, decimals: Int)
        -> CoverTerms.Kind?
    {
        let name = section.value("kind", Rule<Name>.choice("kind of cover"))
        let keys = name?.value.keys ?? []
        let above = Rule<Int64>.amount(decimals: decimals, isZeroAllowed: false)
        let percent = section.read("percent", .share, isNeeded: keys.contains("percent"))
        let setLimit = section.read("setLimit", above, isNeeded: keys.contains("setLimit"))
        let amount = section.read("amount", above, isNeeded: keys.contains("amount"))
        let replenish =
            keys.contains("replenish")
            ? section.value("replenish", .yesOrNo, default: "false")
            : section.optional("replenish", .yesOrNo)
        guard let name else { return nil }
        let all = Name.allCases.flatMap(\.keys)
        if let extra = all.first(where: { !keys.contains($0) && section.isGiven($0) }) {
            section.findings.report(
                .contradiction, "\(extra) is named, and the cover is \(name.value.rawValue)",
                key: section.path(extra), at: section.place(of: extra),
                allowed: "\(name.value.rawValue) has \(keys.joined(separator: ", "))")
            return nil
        }
        switch name.value {
        case .frozenSet:
            guard let percent, let setLimit else { return nil }
            return .frozenSet(percent: percent.value, setLimit: setLimit.value)
        case .outstanding: return percent.map { .outstanding(percent: $0.value) }
        case .reserve:
            guard let amount, let replenish else { return nil }
            return .reserve(
                amount: amount.value, replenishes: replenish.value, topUp: topUp)
        }
    }
}

extension Section {
    /// A key that must be there, or may.
    fileprivate func read<Value>(_ name: String, _ rule: Rule<Value>, isNeeded: Bool)
        -> Located<Value>?
    {
        isNeeded ? value(name, rule) : optional(name, rule)
    }
}
