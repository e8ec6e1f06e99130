import Monetary
package import BusinessCalendar

/// What one waiver, charge-off, recovery or refund came to so far.
package struct FactEffect: Hashable, Sendable {
    /// Which route claims or cash took.
    package enum Kind: Hashable, Sendable {
        /// `nil`: each holder bears its own.
        case waiver(borneBy: PartyID?)
        case chargeOff(isFull: Bool)
        case recovery
        /// What the platform spent on collecting and others bear: cash alone.
        case collectionCost
        case refund
        /// Claims that changed hands: what a holder took over is above zero.
        case transfer
        /// The same between two holders, at a price.
        case assignment(Assignment)
        /// Cash alone.
        case indemnity(Indemnity)
    }

    /// The fact's id.
    package let fact: String
    package let kind: Kind
    package let valueDate: BusinessDate
    /// In agreement order: claims given up, cash for those written off, or claims taken over;
    /// minor units.
    package internal(set) var parts: [Components]
    /// In agreement order: what each gets of the others, below zero what it pays them; of an
    /// assignment, an indemnity and shared costs only, minor units.
    package internal(set) var cash: [Int64]
    /// Of an assignment only: what its giver had just before, minor units.
    package internal(set) var held = Components()
    /// What the fact asked for beyond what was there, minor units.
    package internal(set) var shortfall: Int64 = 0

    init(_ fact: LoanFact, _ kind: Kind, lenders: Int) {
        self.fact = fact.id
        self.kind = kind
        valueDate = fact.valueDate
        parts = [Components](repeating: Components(), count: lenders)
        cash = [Int64](repeating: 0, count: lenders)
    }

    /// All lenders' parts by component.
    package var taken: ClaimAmounts {
        parts.reduce(Components()) { $0 + $1 }.claim
    }
}

/// Cash of a loan outside its claims and payments, cumulative, minor units.
package struct SideCash: Hashable, Sendable {
    /// Paid back to the borrower.
    package internal(set) var refunded: Int64 = 0
    /// Collected on what was written off.
    package internal(set) var recovered: Int64 = 0
    /// Of it: beyond all that was written off and spent; the borrower's.
    package internal(set) var surplus: Int64 = 0
    /// Spent on collecting.
    package internal(set) var costs: Int64 = 0
    /// Of it: covered by what was collected.
    package internal(set) var costsCovered: Int64 = 0
    /// Fees for giving the loan back.
    package internal(set) var cancellationFees: Int64 = 0

    package init() {}
}

/// Claims written off together, of which `range` has not been recovered.
struct WrittenOffClaim: Hashable {
    /// Places on the scale of its component, or on `own`.
    var range: Range<Int64>
    /// Number of the epoch in which it was written off.
    let epoch: Int
    /// Whose it was, where lenders compute their parts themselves, or where it is penalty of an
    /// instalment that has holders of its own.
    let own: ComponentScale?
}

/// Claims written off and not recovered, oldest first.
struct WrittenOffClaims: Hashable {
    var principal: [WrittenOffClaim] = []
    var interest: [WrittenOffClaim] = []
    var penalty: [WrittenOffClaim] = []
    var penaltyOnInterest: [WrittenOffClaim] = []
    var fee: [WrittenOffClaim] = []

    static func += (left: inout Self, right: Self) {
        left.principal += right.principal
        left.interest += right.interest
        left.penalty += right.penalty
        left.penaltyOnInterest += right.penaltyOnInterest
        left.fee += right.fee
    }
}
