import Monetary

extension FundingTier {
    /// What each slice takes of a principal, in their order, minor units.
    ///
    /// Amounts first, in their order, as far as the principal goes; what they leave is split by the
    /// shares, the rest standing for what the shares leave of one whole (RULES § 2). Then every
    /// part is brought within its bounds, and the rest, or where there is none the residue holder,
    /// has the difference.
    /// - Parameter residue: Place of the slice that has the difference; nil where nobody has.
    /// - Throws: ``FundingRefusal``.
    func parts(of principal: Int64, residue: Int?) throws(FundingRefusal) -> [Int64] {
        var parts = try FundingRefusal.fitting { () throws(AmountError) in
            try unbounded(of: principal)
        }
        guard let residue else { return parts }
        var left: Int64 = 0
        for (place, slice) in slices.enumerated() where place != residue && !slice.isMany {
            let range = try slice.bounds(of: principal)
            let within = min(max(parts[place], range.lowerBound), range.upperBound)
            left += parts[place] - within
            parts[place] = within
        }
        parts[residue] += left
        return parts
    }

    private func unbounded(of principal: Int64) throws(AmountError) -> [Int64] {
        var parts = [Int64](repeating: 0, count: slices.count)
        var left = principal
        for (place, slice) in slices.enumerated() {
            guard case .amount(let amount) = slice.part else { continue }
            parts[place] = min(amount, left)
            left -= parts[place]
        }
        let shares = slices.map { slice -> Share? in
            if case .share(let share) = slice.part { share } else { nil }
        }
        let common = try Share.weights(shares.compactMap { $0 })
        var (weights, taken) = ([Int64](), Int64(0))
        var given = common.weights[...]
        for share in shares {
            let weight = share == nil ? 0 : given.removeFirst()
            weights.append(weight)
            taken = try taken.plus(weight)
        }
        if let rest = restPlace { weights[rest] = max(0, common.denominator - taken) }
        guard left > 0, weights.contains(where: { $0 > 0 }) else { return parts }
        let split = try ProportionalScale(weights: weights).parts(of: left)
        for place in parts.indices { parts[place] += split[place] }
        return parts
    }

    /// Place of the slice that takes the rest.
    var restPlace: Int? { slices.firstIndex { $0.part == .rest } }
}

extension FundingSlice {
    /// Whether its part may go to several banks, each within the bounds.
    var isMany: Bool { if case .waterfall = taker { true } else { false } }

    /// The least and the most that a taker lends of a principal, minor units: never below the
    /// minimum and never above the maximum, to the cent.
    ///
    /// - Throws: ``FundingRefusal/amountOutOfRange``.
    func bounds(of principal: Int64) throws(FundingRefusal) -> ClosedRange<Int64> {
        let least = try minimum.map { bound throws(FundingRefusal) in
            try bound.amount(of: principal, .up)
        }
        let most = try maximum.map { bound throws(FundingRefusal) in
            try bound.amount(of: principal, .down)
        }
        let low = min(least ?? 0, principal)
        let high = min(most ?? principal, principal)
        // An amount and a share may cross: of such a loan there is no part to give.
        guard low <= high else {
            throw .outsideBounds(parties[0], part: low, minimum: low, maximum: high)
        }
        return low...high
    }
}

extension FundingSlice.Bound {
    fileprivate func amount(of principal: Int64, _ rounding: Rounding) throws(FundingRefusal)
        -> Int64
    {
        switch self {
        case .amount(let amount): return amount
        case .share(let share):
            return try FundingRefusal.fitting { () throws(AmountError) in
                try rounding.divide(
                    Int128(principal) * Int128(share.numerator), by: Int128(share.denominator))
            }
        }
    }
}

extension FundingRefusal {
    static func fitting<Result>(_ body: () throws(AmountError) -> Result) throws(FundingRefusal)
        -> Result
    {
        do { return try body() } catch { throw .amountOutOfRange }
    }
}
