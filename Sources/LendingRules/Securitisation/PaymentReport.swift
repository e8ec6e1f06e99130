package import BusinessCalendar
import Monetary

/// What a payment date came to: the report investors are given, minor units.
package struct PaymentReport: Hashable, Sendable {
    /// From 1.
    package let number: Int
    /// First and last date of the collection period.
    package let from: BusinessDate
    package let to: BusinessDate
    package let paysOn: BusinessDate
    package let pool: PoolStatistics
    package let funds: PaymentFunds
    /// Everything that was due and paid, in the order of payment; what is neither is left out.
    package let lines: [WaterfallLine]
    /// The most senior first.
    package let tranches: [TrancheReport]
    package let reserve: ReserveReport?
    /// In the order of the terms.
    package let triggers: [TriggerReading]
    /// Loss that no tranche had a balance for.
    package let unabsorbedLoss: Int64
    /// Whether the servicer bought the pool.
    package let isCalled: Bool
    /// Whether nothing is paid any more.
    package let isLast: Bool

    /// What was left over for the equity.
    package var residual: Int64 {
        lines.reduce(0) { $0 + ($1.kind == .residual ? $1.paid : 0) }
    }
}

/// How a pool stands at the end of a collection period and what became of it, minor units.
package struct PoolStatistics: Hashable, Sendable {
    /// With principal outstanding at the end.
    package let loans: Int
    package let opening: Int64
    package let principal: Int64
    /// Of the principal.
    package let prepaid: Int64
    package let losses: Int64
    package let recoveries: Int64
    /// Principal of what the servicer bought.
    package let called: Int64
    package let closing: Int64
    /// Principal by bucket at the end, before the servicer bought anything, from M0.
    package let buckets: [Int64]
    /// Since the cut-off.
    package let lostSoFar: Int64
    package let recoveredSoFar: Int64
    /// `closing` ÷ principal at the cut-off.
    package let factor: PoolFactor
}

/// What is left of an original amount, to eight decimals, half-even.
package struct PoolFactor: Hashable, Sendable, CustomStringConvertible {
    /// One is 10⁻⁸.
    package let units: Int64

    /// - Throws: ``AmountError/overflow``.
    init(_ amount: Int64, of original: Int64) throws(AmountError) {
        units =
            original > 0
            ? try Rounding.halfEven.divide(
                Int128(amount) * 100_000_000, by: Int128(original)) : 0
    }

    /// Such as `0.97500000`.
    package var description: String { AmountText.format(units, decimals: 8) }
}

/// What there was to pay from, minor units.
package struct PaymentFunds: Hashable, Sendable {
    package let interest: Int64
    package let principal: Int64
    package let recoveries: Int64
    /// The price of the pool when the servicer bought it.
    package let callPrice: Int64
    /// Issued for shares that were withdrawn at settlement; on the first payment date.
    package let unspent: Int64
    /// Taken back in earlier periods beyond what came in them.
    package let deficitBefore: Int64
    /// Still to be made up for.
    package let deficitAfter: Int64

    /// What could be paid out, the reserve apart.
    package var available: Int64 {
        interest + principal + recoveries + callPrice + unspent - deficitBefore + deficitAfter
    }
}

/// One payment of a payment date, minor units.
package struct WaterfallLine: Hashable, Sendable {
    /// What is paid, in the order of payment.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case servicingFee = "servicing-fee"
        case expense
        case interest
        case principal
        /// Principal out of what would have been left over.
        case trapped
        /// What is left over.
        case residual
    }

    package let kind: Kind
    /// Of the expense or tranche; empty for the others.
    package let name: String
    package let payee: PartyID
    /// What was left unpaid before included.
    package let due: Int64
    package let paid: Int64

    package var shortfall: Int64 { due - paid }
}

/// One tranche on a payment date, minor units.
package struct TrancheReport: Hashable, Sendable {
    package let name: String
    package let holder: PartyID
    package let opening: Int64
    /// Earned in the period.
    package let earned: Int64
    /// Left unpaid before.
    package let interestCarried: Int64
    package internal(set) var interestPaid: Int64 = 0
    package internal(set) var writtenDown: Int64 = 0
    package internal(set) var writtenUp: Int64 = 0
    package internal(set) var principal: Int64 = 0
    /// ``closing`` ÷ principal at issue.
    package internal(set) var factor: PoolFactor

    package var interestDue: Int64 { earned + interestCarried }
    package var interestShortfall: Int64 { interestDue - interestPaid }
    package var closing: Int64 { opening - writtenDown + writtenUp - principal }
}

/// The reserve account on a payment date, minor units.
package struct ReserveReport: Hashable, Sendable {
    package let target: Int64
    package let opening: Int64
    /// Taken for what collections did not reach.
    package let drawn: Int64
    /// Above the target, and paid on with the collections.
    package let released: Int64
    package let filled: Int64

    package var closing: Int64 { opening - drawn - released + filled }
}
