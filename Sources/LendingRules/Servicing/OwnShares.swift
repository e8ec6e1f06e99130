import Monetary

/// Whose an instalment is where lenders compute their parts of it otherwise than on the scales of
/// the loan (RULES § 2).
///
/// Each component has a small scale of its own; places count from what was settled of the
/// instalment before the present epoch.
struct OwnShares: Hashable {
    var principal: ComponentScale
    /// One weight for each lender and, behind them, one for the spread.
    var interest: ComponentScale
}

/// Where lenders' own computations stand in the present epoch.
struct OwnComputation: Hashable {
    /// Each lender's principal that has neither fallen due nor been repaid early.
    var unlaid: [Int64]
    /// Each lender's interest of the instalments that have fallen due in the epoch, and the spread.
    var laidInterest: [Int64]
    /// All interest of the instalments that have fallen due, of all epochs.
    var billed: Int64
    /// Who has the spread.
    let spreadOwner: Int?
    let spread: Pricing.SpreadOrder
}

extension OwnComputation {
    /// Lenders' parts with the spread in its owner's.
    func folded(_ parts: [Int64]) -> [Int64] {
        guard let owner = spreadOwner else { return parts.dropLast() }
        var folded = Array(parts.dropLast())
        folded[owner] += parts[parts.count - 1]
        return folded
    }
}

/// A sum of exact fractions, rounded when it is asked for.
struct ExactSum: Hashable {
    private var numerator: Int128 = 0
    private var denominator: Int128 = 1

    /// Adds a fraction.
    ///
    /// - Throws: ``AmountError/overflow``.
    mutating func add(_ part: Int128, over divisor: Int128) throws(AmountError) {
        if divisor == denominator {
            let (sum, overflow) = numerator.addingReportingOverflow(part)
            if overflow { throw .overflow }
            numerator = sum
            return
        }
        let common = ExactSum.greatestCommonDivisor(denominator, divisor)
        let (left, first) = numerator.multipliedReportingOverflow(by: divisor / common)
        let (right, second) = part.multipliedReportingOverflow(by: denominator / common)
        let (whole, third) = denominator.multipliedReportingOverflow(by: divisor / common)
        let (sum, fourth) = left.addingReportingOverflow(right)
        if first || second || third || fourth { throw .overflow }
        (numerator, denominator) = (sum, whole)
    }

    /// - Throws: ``AmountError/overflow``.
    func rounded(_ rounding: Rounding) throws(AmountError) -> Int64 {
        try rounding.divide(numerator, by: denominator)
    }

    private static func greatestCommonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }
}
