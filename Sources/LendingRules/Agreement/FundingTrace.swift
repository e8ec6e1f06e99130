import Monetary

/// How it was found who lends a loan: what was looked at, in its order.
package struct FundingTrace: Hashable, Sendable {
    package var tiers: [Tier] = []
    /// What the slices of the tier that takes the loan came to, minor units, in agreement order.
    package var parts: [Int64] = []
    package var choices: [Choice] = []
    /// What rules find of the loan as it would be lent.
    package var findings: [RuleFinding] = []

    package init() {}

    /// A tier that was asked.
    package struct Tier: Hashable, Sendable {
        package let name: String
        /// Every field it asks about, and whether the loan is as it asks.
        package let conditions: [Condition]
        package let isTaken: Bool
    }

    /// One field that a tier asks about.
    package struct Condition: Hashable, Sendable {
        package let field: FundingField
        package let holds: Bool
    }

    /// Banks of which one or several lend a part.
    package struct Choice: Hashable, Sendable {
        /// The route's name; empty for a waterfall.
        package let route: String
        /// Minor units, as all of them.
        package let amount: Int64
        /// In the order in which they were asked.
        package let candidates: [Candidate]
    }

    /// A bank that was asked for a part.
    package struct Candidate: Hashable, Sendable {
        package let party: PartyID
        /// What the route has given it so far.
        package let volume: Int64
        /// What it lags behind its target, over the targets' common denominator; of routes.
        package let lag: Int128
        /// What its limits have left; nil where nothing limits it.
        package let room: Int64?
        /// What it lends of the part.
        package let given: Int64
        /// Why it lends nothing of it where it could not.
        package let obstacle: PassedOver.Reason?
    }
}
