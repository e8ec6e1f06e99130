package import BusinessCalendar
package import Monetary

/// A test of a pool on every payment date, and what changes once it is failed.
package struct PoolTrigger: Hashable, Sendable {
    /// What is measured and against what.
    package enum Test: Hashable, Sendable {
        /// Principal written off since the cut-off ÷ principal at the cut-off is above.
        case cumulativeLosses(above: Share)
        /// Principal of loans in a bucket or a later one ÷ principal of the pool is above.
        case pastDue(from: DelinquencyBucket, above: Share)
        /// Principal of the pool with the principal collected for this date ÷ balance of the first
        /// tranches, after losses and before payments, is below.
        case overcollateralisation(tranches: Int, below: Share)
        /// Interest collected less servicing fee and expenses due ÷ interest due on the first
        /// tranches is below.
        case interestCover(tranches: Int, below: Share)
    }

    /// What is done while it is pulled.
    package enum Effect: String, Hashable, Sendable, CaseIterable {
        /// Principal is paid to one tranche after the other.
        case sequential
        /// That, and what would be left over repays the tranches in the same order.
        case trapsExcess = "trap"
    }

    package let name: String
    package let test: Test
    package let effect: Effect
    /// Whether it is as it was once the test is passed again; otherwise it stays pulled.
    package let cures: Bool

    package init(name: String, test: Test, effect: Effect = .sequential, cures: Bool = false) {
        self.name = name
        self.test = test
        self.effect = effect
        self.cures = cures
    }
}

/// What a test measured on a payment date.
package struct TriggerReading: Hashable, Sendable {
    package let name: String
    /// The figure is `amount ÷ whole`, minor units both; of a whole of nothing a test is passed.
    package let amount: Int64
    package let whole: Int64
    package let bound: Share
    /// Whether the figure is beyond its bound.
    package let isFailed: Bool
    /// The payment date on which it was pulled, nil while it is not.
    package let pulledOn: BusinessDate?

    package var isPulled: Bool { pulledOn != nil }
}

/// The figures of a payment date that tests are about, minor units.
struct TestFigures {
    let poolAtCutOff: Int64
    let pool: Int64
    let lost: Int64
    /// By bucket, from M0.
    let buckets: [Int64]
    let principalCollected: Int64
    /// Balance and interest due of each tranche, after losses.
    let balances: [Int64]
    let interestDue: [Int64]
    /// Interest collected less what is due before it.
    let interestAvailable: Int64
}

extension PoolTrigger {
    /// The reading of a payment date; `pulledOn` says since when it was pulled before.
    func read(_ figures: TestFigures, pulledOn: BusinessDate?, on date: BusinessDate)
        throws(AmountError) -> TriggerReading
    {
        let (amount, whole) = try measured(figures)
        let isFailed = whole > 0 && isBeyond(amount, whole)
        let since = isFailed || !cures ? pulledOn : nil
        return TriggerReading(
            name: name, amount: amount, whole: whole, bound: test.bound, isFailed: isFailed,
            pulledOn: isFailed ? since ?? date : since)
    }

    private func measured(_ figures: TestFigures) throws(AmountError) -> (Int64, Int64) {
        switch test {
        case .cumulativeLosses: return (figures.lost, figures.poolAtCutOff)
        case .pastDue(let first, _):
            return (figures.buckets[first.number...].reduce(0, +), figures.pool)
        case .overcollateralisation(let count, _):
            return (
                try figures.pool.plus(max(0, figures.principalCollected)),
                figures.balances.prefix(count).reduce(0, +)
            )
        case .interestCover(let count, _):
            var due: Int64 = 0
            for interest in figures.interestDue.prefix(count) { due = try due.plus(interest) }
            return (max(0, figures.interestAvailable), due)
        }
    }

    private func isBeyond(_ amount: Int64, _ whole: Int64) -> Bool {
        switch test {
        case .cumulativeLosses, .pastDue: Fraction.isAbove(amount, of: whole, test.bound)
        case .overcollateralisation, .interestCover:
            Int128(amount) * Int128(test.bound.denominator)
                < Int128(test.bound.numerator) * Int128(whole)
        }
    }
}

extension PoolTrigger.Test {
    /// The largest or the least that passes.
    package var bound: Share {
        switch self {
        case .cumulativeLosses(let bound), .pastDue(_, let bound),
            .overcollateralisation(_, let bound), .interestCover(_, let bound):
            bound
        }
    }

    /// How many of the first tranches it is about; nil for none.
    var tranches: Int? {
        switch self {
        case .overcollateralisation(let count, _), .interestCover(let count, _): count
        case .cumulativeLosses, .pastDue: nil
        }
    }
}
