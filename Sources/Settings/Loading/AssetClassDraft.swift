import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

/// The list `assetClasses` of a lender or of the platform's file, as far as it could be read.
struct AssetClassDraft {
    let versions: [DatedAssetRules]
    /// Where the first entry with provisions stands.
    let provisions: (key: String, place: Place)?

    static let none = AssetClassDraft()

    private init() { (versions, provisions) = ([], nil) }

    init(_ section: Section) {
        var seen: Set<BusinessDate> = []
        var provisions: (key: String, place: Place)?
        versions = section.sections("assetClasses", isRequired: false).compactMap { entry in
            let date = entry.value("effectiveFrom", .date)
            let rules = AssetRules(entry)
            entry.finish()
            if let date, !seen.insert(date.value).inserted {
                entry.findings.report(
                    .repeatedName, "asset classes from \(date.value) stand twice", key: date.key,
                    at: date.place, allowed: "keep one, or give it another date")
            }
            if provisions == nil, let rules, !rules.provisions.rates.isEmpty {
                provisions = (entry.path("provisions"), entry.place(of: "provisions"))
            }
            guard let date, let rules else { return nil }
            return DatedAssetRules(rules, from: date.value)
        }
        self.provisions = provisions
    }
}

extension AssetRules {
    fileprivate init?(_ section: Section) {
        let steps = section.section("ladder").flatMap(AssetRules.steps)
        let best = Rule<AssetClass>.choice("class of claims")
        let nonAccrual = section.optional("nonAccrual", best)
        let chargedOff = section.optional("chargedOff", best)
        let condition = section.value(
            "upgrade", Rule<AssetUpgrade.Condition>.choice("way to a better class"),
            default: "arrears-paid")
        let months = section.value("observationMonths", .whole(0...60, "months"), default: "0")
        let observed = section.value("observedFrom", best, default: "substandard")
        let rates = section.sectionOrEmpty("provisions").map(AssetRules.rates)
        let base = section.value(
            "provisionsOf", Rule<ProvisionRates.Base>.choice("base of provisions"),
            default: "principal")
        let crossDefault = section.value(
            "crossDefault", Rule<CrossDefault>.choice("reach of a default"), default: "none")
        guard let steps, let condition, let months, let observed, let rates, let base,
            let crossDefault,
            let ladder = AssetLadder(
                steps, nonAccrualFloor: nonAccrual?.value, chargedOffFloor: chargedOff?.value)
        else { return nil }
        self.init(
            ladder: ladder,
            upgrade: AssetUpgrade(
                condition: condition.value, observationMonths: months.value,
                observedFrom: observed.value),
            provisions: ProvisionRates(rates, of: base.value), crossDefault: crossDefault.value)
    }

    /// The steps from the best class to the worst; nil when one cannot be read or they do not rise.
    private static func steps(_ section: Section) -> [AssetLadder.Step]? {
        var steps: [AssetLadder.Step] = []
        var isSound = true
        for assetClass in AssetClass.allCases where assetClass != .normal {
            let rule = Rule<Int>.whole(1...3_650, "days")
            let days =
                assetClass == .substandard
                ? section.value(assetClass.key, rule) : section.optional(assetClass.key, rule)
            guard let days else {
                if section.isGiven(assetClass.key) || assetClass == .substandard { isSound = false }
                continue
            }
            if let better = steps.last, days.value <= better.daysPastDue {
                section.findings.report(
                    .contradiction, "\(assetClass.rawValue) begins at \(days.value) days",
                    key: days.key, at: days.place,
                    allowed: "it needs more than the \(better.daysPastDue) of "
                        + better.assetClass.rawValue)
                isSound = false
            }
            steps.append(AssetLadder.Step(assetClass, from: days.value))
        }
        section.finish()
        return isSound ? steps : nil
    }

    /// The rates; one below that of a better class is reported.
    private static func rates(_ section: Section) -> [AssetClass: Share] {
        var rates: [AssetClass: Share] = [:]
        var best: (assetClass: AssetClass, text: String, share: Share)?
        for assetClass in AssetClass.allCases {
            guard let rate = section.optional(assetClass.key, .shareOrNothing) else { continue }
            rates[assetClass] = rate.value
            let text = section.text(of: assetClass.key)
            if let best, rate.value.isLess(than: best.share) {
                section.findings.report(
                    .contradiction, "\(text) is kept for \(assetClass.rawValue)", key: rate.key,
                    at: rate.place,
                    allowed: "it needs at least the \(best.text) of \(best.assetClass.rawValue)")
            } else {
                best = (assetClass, text, rate.value)
            }
        }
        section.finish()
        return rates
    }
}

extension AssetClass {
    /// The class as a key.
    fileprivate var key: String { self == .specialMention ? "specialMention" : rawValue }
}

extension Section {
    /// A share as it stands there.
    fileprivate func text(of name: String) -> String {
        if case .text(let text)? = written(name)?.content { text } else { "" }
    }
}

extension Share {
    fileprivate func isLess(than other: Share) -> Bool {
        Int128(numerator) * Int128(other.denominator)
            < Int128(other.numerator) * Int128(denominator)
    }
}

extension Drafts {
    /// Who keeps provisions needs accounts that others do not.
    func checkProvisions(_ findings: Findings) {
        let drafts = [platform?.assetClasses].compactMap { $0 } + parties.map(\.assetClasses)
        guard let chart, let kept = drafts.lazy.compactMap(\.provisions).first else { return }
        for account in Account.ofProvisions where !chart.numbers.contains(account.description) {
            findings.report(
                .incompleteChart, "account \(account) is missing for provisions", key: kept.key,
                at: kept.place,
                allowed: "provisions are posted to it: add an entry to chart-of-accounts.yaml")
        }
    }
}
