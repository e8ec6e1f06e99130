package import Monetary

/// How an agreement funds a kind of loans: which loans, and who lends which part of them.
///
/// Tiers of an agreement are asked in their order; the first whose conditions hold takes the loan.
package struct FundingTier: Hashable, Sendable {
    package let name: String
    /// Which loans it takes.
    package let conditions: FundingConditions
    /// One to eight, in agreement order.
    package let slices: [FundingSlice]

    package init(name: String, conditions: FundingConditions, slices: [FundingSlice]) {
        self.name = name
        self.conditions = conditions
        self.slices = slices
    }
}

/// Which loans a tier takes; what is nil holds for any loan.
package struct FundingConditions: Hashable, Sendable {
    /// Principal, minor units.
    package let principal: ClosedRange<Int64>?
    package let instalments: ClosedRange<Int>?
    package let grades: Set<String>?
    package let regions: Set<String>?
    package let products: Set<String>?
    package let channels: Set<String>?

    package init(
        principal: ClosedRange<Int64>? = nil, instalments: ClosedRange<Int>? = nil,
        grades: Set<String>? = nil, regions: Set<String>? = nil, products: Set<String>? = nil,
        channels: Set<String>? = nil
    ) {
        self.principal = principal
        self.instalments = instalments
        self.grades = grades
        self.regions = regions
        self.products = products
        self.channels = channels
    }

    /// Every loan.
    package static let any = FundingConditions()
}

/// One part of the loans of a tier, and who takes it.
package struct FundingSlice: Hashable, Sendable {
    package let taker: Taker
    package let part: Part
    /// The least that whoever takes a part of it lends of a loan.
    package let minimum: Bound?
    /// The most.
    package let maximum: Bound?

    package init(taker: Taker, part: Part, minimum: Bound? = nil, maximum: Bound? = nil) {
        self.taker = taker
        self.part = part
        self.minimum = minimum
        self.maximum = maximum
    }

    /// Who takes it.
    package enum Taker: Hashable, Sendable {
        case party(PartyID)
        /// One of several banks, each loan's by their target mix.
        case route(FundingRoute)
        /// Several banks, each up to the room of its limits, one after the other.
        case waterfall([PartyID], WaterfallOrder)
    }

    /// How much of a loan it is.
    package enum Part: Hashable, Sendable {
        /// Of what amounts have left.
        case share(Share)
        /// Minor units, or all there is of a smaller loan.
        case amount(Int64)
        /// Whatever no other slice takes; one slice of a tier at most.
        case rest
    }

    /// The least or the most of a loan that somebody lends.
    package enum Bound: Hashable, Sendable {
        /// Of the principal of the loan.
        case share(Share)
        /// Minor units.
        case amount(Int64)
    }
}

/// Banks of which each loan goes to one, so that their volumes follow a target mix.
package struct FundingRoute: Hashable, Sendable {
    package let name: String
    /// In agreement order; the shares make one whole.
    package let targets: [Target]

    package init(name: String, targets: [Target]) {
        self.name = name
        self.targets = targets
    }

    /// A bank and its part of the route's volume.
    package struct Target: Hashable, Sendable {
        package let party: PartyID
        package let share: Share

        package init(party: PartyID, share: Share) {
            self.party = party
            self.share = share
        }
    }
}

/// In which order the banks of a waterfall are asked.
package enum WaterfallOrder: String, Sendable, CaseIterable {
    /// As they are listed.
    case listed
    /// The one with the most room in its limits first; of equal ones the first that is listed.
    case mostRoom = "most-room"
}
