import LendingRules
import Monetary

/// The mean of lenders' rates, weighted by their shares: exact, and as people read it.
struct MeanRate {
    /// Sum of rate units times weights.
    private let sum: Int128
    private let denominator: Int64
    /// Half-even to six decimals of a percent.
    let rounded: AnnualRate

    /// The mean, or nil when a lender has no rate or the shares do not make one whole.
    init?(_ lenders: [LenderDraft]) {
        let rates = lenders.compactMap(\.rate?.value)
        guard rates.count == lenders.count,
            let common = try? Share.weights(lenders.map(\.share)),
            let blend = try? AnnualRate.blend(
                of: zip(lenders, rates).map { LenderRate(rate: $0.1, share: $0.0.share) })
        else { return nil }
        sum = zip(rates, common.weights).reduce(0) { $0 + Int128($1.0.units) * Int128($1.1) }
        denominator = common.denominator
        rounded = blend
    }

    func isAbove(_ rate: AnnualRate) -> Bool { sum > Int128(rate.units) * Int128(denominator) }
}

extension AgreementDraft {
    /// The mean of all lenders' rates; nil when they have none.
    var meanRate: MeanRate? { MeanRate(lenders) }

    /// Who may come to lend and has no rate of its own, each as the file names it: a lender, a bank
    /// that is asked in another's place, and the platform where it takes over what is refused or
    /// lends everything at first.
    func withoutRate(platform: String?) -> [Located<String>] {
        let rated = Set(lenders.filter { $0.rate != nil }.map(\.party.value))
        let named = lenders.map(\.party) + fallback
        var missing = named.filter { !rated.contains($0.value) }
        guard let platform, !named.contains(where: { $0.value == platform }) else {
            return missing
        }
        if let onRefusal, onRefusal.value == .platform {
            missing.append(Located(value: platform, key: onRefusal.key, place: onRefusal.place))
        } else if let fundingMode, fundingMode.value == .afterPayout {
            missing.append(Located(value: platform, key: fundingMode.key, place: fundingMode.place))
        }
        return missing
    }
}
