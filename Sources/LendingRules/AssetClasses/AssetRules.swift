package import BusinessCalendar
import Monetary

/// By what one lender classes its claims and what it keeps for them: no term of any loan, so it
/// may change from any date on.
package struct AssetRules: Hashable, Sendable {
    package let ladder: AssetLadder
    package let upgrade: AssetUpgrade
    package let provisions: ProvisionRates
    package let crossDefault: CrossDefault

    package init(
        ladder: AssetLadder, upgrade: AssetUpgrade = .standard, provisions: ProvisionRates = .none,
        crossDefault: CrossDefault = .none
    ) {
        self.ladder = ladder
        self.upgrade = upgrade
        self.provisions = provisions
        self.crossDefault = crossDefault
    }
}

/// Rules from the date on which they begin to hold.
package struct DatedAssetRules: Hashable, Sendable {
    package let effectiveFrom: BusinessDate
    package let rules: AssetRules

    package init(_ rules: AssetRules, from effectiveFrom: BusinessDate) {
        self.rules = rules
        self.effectiveFrom = effectiveFrom
    }
}

extension [PartyID: [DatedAssetRules]] {
    /// The rules of each lender in force on a date; who has none by then classes nothing.
    package func inForce(on date: BusinessDate) -> [PartyID: AssetRules] {
        compactMapValues { versions in
            versions.filter { $0.effectiveFrom <= date }
                .max { $0.effectiveFrom < $1.effectiveFrom }?.rules
        }
    }
}

// MARK: - Canonical text

extension AssetRules {
    /// The rules as canonical text, a line each, by which a closed date is computed again.
    package var canonicalText: String {
        var lines = ladder.steps.map { "step \($0.assetClass.rawValue) \($0.daysPastDue)" }
        if let floor = ladder.nonAccrualFloor { lines.append("non-accrual \(floor.rawValue)") }
        if let floor = ladder.chargedOffFloor { lines.append("charged-off \(floor.rawValue)") }
        lines.append(
            "upgrade \(upgrade.condition.rawValue) \(upgrade.observationMonths) "
                + upgrade.observedFrom.rawValue)
        lines += AssetClass.allCases.compactMap { assetClass in
            provisions.rates[assetClass].map { "provision \(assetClass.rawValue) \($0)" }
        }
        lines.append("provision-base \(provisions.base.rawValue)")
        lines.append("cross-default \(crossDefault.rawValue)")
        return lines.map { $0 + "\n" }.joined()
    }

    /// The rules of a canonical text, or nil when it is not one.
    package init?(canonicalText text: String) {
        let terms = CanonicalTerms(text)
        guard let steps = terms.all("step", AssetLadder.Step.init(words:)),
            let nonAccrual = terms.floor("non-accrual"),
            let chargedOff = terms.floor("charged-off"),
            let ladder = AssetLadder(
                steps, nonAccrualFloor: nonAccrual, chargedOffFloor: chargedOff),
            let upgrade = terms.words("upgrade", count: 3).flatMap(AssetUpgrade.init(words:)),
            let rates = terms.all("provision", ProvisionRates.rate),
            let base = terms.word("provision-base").flatMap(ProvisionRates.Base.init),
            let crossDefault = terms.word("cross-default").flatMap(CrossDefault.init)
        else { return nil }
        self.init(
            ladder: ladder, upgrade: upgrade,
            provisions: ProvisionRates(
                Dictionary(rates) { first, _ in first }, of: base),
            crossDefault: crossDefault)
    }
}

extension CanonicalTerms {
    /// A floor that may be absent; nil when it cannot be read.
    fileprivate func floor(_ key: String) -> AssetClass?? {
        either(key, nil) { AssetClass(words: $0).map(Optional.some) }
    }
}

extension AssetLadder.Step {
    fileprivate init?(words: [String]) {
        guard words.count == 2, let assetClass = AssetClass(rawValue: words[0]),
            let days = Int(words[1])
        else { return nil }
        self.init(assetClass, from: days)
    }
}

extension AssetUpgrade {
    fileprivate init?(words: [String]) {
        guard words.count == 3, let condition = Condition(rawValue: words[0]),
            let months = Int(words[1]), months >= 0, let from = AssetClass(rawValue: words[2])
        else { return nil }
        self.init(condition: condition, observationMonths: months, observedFrom: from)
    }
}

extension ProvisionRates {
    fileprivate static func rate(words: [String]) -> (AssetClass, Share)? {
        guard words.count == 2, let assetClass = AssetClass(rawValue: words[0]),
            let share = try? Share(words[1])
        else { return nil }
        return (assetClass, share)
    }
}
