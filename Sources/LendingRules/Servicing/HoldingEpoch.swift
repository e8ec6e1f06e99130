import Monetary

/// Who holds a loan's claims from one time that they change hands to the next (RULES § 2).
///
/// Each component has one scale; every route by which a claim can leave takes the next interval
/// of it.
struct HoldingEpoch: Hashable {
    /// From 0.
    let number: Int
    var principal: ComponentScale
    var interest: ComponentScale
    var penalty: ComponentScale
    var penaltyOnInterest: ComponentScale
    var fee: ComponentScale

    /// The epoch of holders of so much principal, at its beginning.
    init(number: Int, principal: ProportionalScale, of contract: LoanContract)
        throws(AmountError)
    {
        let (income, holders) = (contract.income, contract.lenders)
        self.number = number
        self.principal = ComponentScale(principal)
        interest = ComponentScale(try income.interestScale(holders, principal))
        penalty = ComponentScale(try income.scale(income.penalty, holders, principal))
        penaltyOnInterest = penalty
        fee = ComponentScale(try income.scale(income.fee, holders, principal))
    }

    /// The next epoch, of which only principal begins anew: every other scale goes on and turns at
    /// a place, what lies before staying whose it is.
    func goingOn(principal: ProportionalScale, of contract: LoanContract, at places: ScaleAmounts)
        throws(AmountError) -> HoldingEpoch
    {
        var next = try HoldingEpoch(number: number + 1, principal: principal, of: contract)
        next.interest = interest.turned(at: places.interest, to: next.interest)
        next.penalty = penalty.turned(at: places.penalty, to: next.penalty)
        next.penaltyOnInterest = penaltyOnInterest.turned(
            at: places.penaltyOnInterest, to: next.penaltyOnInterest)
        next.fee = fee.turned(at: places.fee, to: next.fee)
        return next
    }
}

extension ComponentScale {
    fileprivate func turned(at place: Int64, to other: ComponentScale) -> ComponentScale {
        var scale = self
        scale.turn(at: place, to: other.latest)
        return scale
    }
}

/// Amounts of every component that has a scale of its own, minor units.
struct ScaleAmounts: Hashable {
    var principal: Int64 = 0
    var interest: Int64 = 0
    var penalty: Int64 = 0
    var penaltyOnInterest: Int64 = 0
    var fee: Int64 = 0
}
