import Monetary

extension FundingTier {
    /// Principals of a range at which a slice changes its way, with their neighbours and the ends:
    /// an amount is used up, a part comes to a bound.
    ///
    /// Between two of them every part grows evenly, so that what holds at all of them holds for
    /// every loan of the range, but for a rounding of minor units.
    package func turns(in range: ClosedRange<Int64>) -> [Int64] {
        var found: Set<Int128> = []
        var amounts: Int128 = 0
        for case .amount(let amount) in slices.map(\.part) {
            amounts += Int128(amount)
            found.insert(amounts)
        }
        let rest = restShare
        for slice in slices {
            guard let share = slice.share(rest) else {
                found.formUnion([slice.minimum, slice.maximum].compactMap { $0?.plain })
                continue
            }
            for bound in [slice.minimum, slice.maximum].compactMap({ $0 }) {
                found.formUnion(bound.meets(share, after: amounts))
            }
        }
        let ends = [Int128(range.lowerBound), Int128(range.upperBound)]
        let near = ends + found.flatMap { [$0 - 1, $0, $0 + 1] }
        return Set(near).sorted().compactMap { Int64(exactly: $0) }.filter(range.contains)
    }

    /// What the shares leave of one whole; nil where they are no fractions of 64 bits.
    var restShare: Share? {
        let shares = slices.compactMap { slice -> Share? in
            if case .share(let share) = slice.part { share } else { nil }
        }
        guard let common = try? Share.weights(shares) else { return nil }
        let taken = common.weights.reduce(Int128(0)) { $0 + Int128($1) }
        let left = max(0, Int128(common.denominator) - taken)
        return try? Share(Int64(clamping: left), of: common.denominator)
    }
}

extension FundingSlice {
    /// Its part as a share; nil for an amount.
    func share(_ rest: Share?) -> Share? {
        switch part {
        case .share(let share): share
        case .rest: rest
        case .amount: nil
        }
    }
}

extension FundingSlice.Bound {
    fileprivate var plain: Int128? {
        if case .amount(let amount) = self { Int128(amount) } else { nil }
    }

    /// Principals at which a share of what amounts leave comes to the bound, to both sides of a
    /// fraction.
    fileprivate func meets(_ share: Share, after amounts: Int128) -> [Int128] {
        let (top, bottom) = (Int128(share.numerator), Int128(share.denominator))
        switch self {
        case .amount(let bound):
            // share × (principal − amounts) = bound
            guard top > 0 else { return [] }
            let meeting = Int128(bound).multipliedReportingOverflow(by: bottom)
            guard !meeting.overflow else { return [] }
            let principal = meeting.partialValue / top + amounts
            return [principal, principal + 1]
        case .share(let bound):
            // share × (principal − amounts) = bound × principal
            let (over, under) = (Int128(bound.numerator), Int128(bound.denominator))
            let steeper = top * under - over * bottom
            let product = (top * under).multipliedReportingOverflow(by: amounts)
            guard steeper != 0, !product.overflow else { return [] }
            let principal = product.partialValue / steeper
            return [principal, principal + 1]
        }
    }
}
