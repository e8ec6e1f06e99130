package import Monetary

/// Cash that is kept so that senior payments can be made in bad months.
package struct ReserveTerms: Hashable, Sendable {
    /// How much is to be in the account.
    package enum Target: Hashable, Sendable {
        /// Minor units.
        case amount(Int64)
        /// A part of the pool's principal, rounded up, and never less than an amount.
        case pool(Share, atLeast: Int64)
    }

    /// Paid in at issue, minor units.
    package let initial: Int64
    package let target: Target
    /// How many of the first tranches have their interest before the account is filled, and out
    /// of it where collections do not reach.
    package let seniorTranches: Int

    package init(initial: Int64, target: Target, seniorTranches: Int = 1) {
        self.initial = initial
        self.target = target
        self.seniorTranches = seniorTranches
    }

    /// What is to be in the account for so much principal of the pool.
    func target(pool: Int64) throws(AmountError) -> Int64 {
        switch target {
        case .amount(let amount): return amount
        case .pool(let share, let least):
            let part = try Rounding.up.divide(
                Int128(pool) * Int128(share.numerator), by: Int128(share.denominator))
            return max(least, part)
        }
    }
}
