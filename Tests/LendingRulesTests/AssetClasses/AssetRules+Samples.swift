import BusinessCalendar
import LendingRules
import Monetary

extension AssetLadder {
    /// The Chinese rules of 2023: bad from the 91st day.
    static let china = AssetLadder([
        Step(.specialMention, from: 1), Step(.substandard, from: 91), Step(.doubtful, from: 271),
        Step(.loss, from: 361),
    ])
    /// A partner's own, with less of it.
    static let short = AssetLadder([Step(.substandard, from: 31), Step(.loss, from: 61)])
}

extension ProvisionRates {
    static func sample(_ base: Base = .principal) throws -> ProvisionRates {
        ProvisionRates(
            [
                .normal: try Share("1%"), .specialMention: try Share("2%"),
                .substandard: try Share("25%"), .doubtful: try Share("50%"),
                .loss: try Share("100%"),
            ], of: base)
    }
}

/// One claim, day by day: `days past due` from a date on, what the ladder and the upgrade make of
/// it.
struct ClaimLife {
    let rules: AssetRules
    private(set) var standing: AssetStanding = .normal
    private(set) var date: BusinessDate

    init(_ rules: AssetRules, from date: BusinessDate) {
        self.rules = rules
        self.date = date
    }

    /// Lives so many days with days past due that grow by one, or stay 0; the class of the last.
    @discardableResult
    mutating func live(_ days: Int, from daysPastDue: Int, isNonAccrual: Bool = false)
        -> AssetStanding
    {
        for day in 0..<days {
            standing = rules.standing(
                after: standing,
                ClaimStatus(
                    daysPastDue: daysPastDue == 0 ? 0 : daysPastDue + day,
                    isNonAccrual: isNonAccrual), on: date)
            date = date.adding(days: 1)
        }
        return standing
    }
}
