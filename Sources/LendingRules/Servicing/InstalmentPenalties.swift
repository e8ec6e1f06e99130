import Monetary

/// Whose the penalties of one instalment are, or of all of them: a scale for those on principal and
/// one for those on interest.
struct InstalmentPenalties: Hashable {
    var onPrincipal: ComponentScale
    var onInterest: ComponentScale

    /// Each lender's part from one place to another.
    func parts(from start: Penalties, to end: Penalties) throws(AmountError) -> [Penalties] {
        let onPrincipal = try onPrincipal.parts(from: start.onPrincipal, to: end.onPrincipal)
        let onInterest = try onInterest.parts(from: start.onInterest, to: end.onInterest)
        return zip(onPrincipal, onInterest).map { Penalties(onPrincipal: $0, onInterest: $1) }
    }
}

extension Penalties {
    init(_ amounts: ScaleAmounts) {
        self.init(onPrincipal: amounts.penalty, onInterest: amounts.penaltyOnInterest)
    }

    static func + (left: Penalties, right: Penalties) -> Penalties {
        Penalties(
            onPrincipal: left.onPrincipal + right.onPrincipal,
            onInterest: left.onInterest + right.onInterest)
    }

    static func - (left: Penalties, right: Penalties) -> Penalties {
        Penalties(
            onPrincipal: left.onPrincipal - right.onPrincipal,
            onInterest: left.onInterest - right.onInterest)
    }
}
