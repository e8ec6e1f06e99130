package import BusinessCalendar
package import Monetary

/// Why one party owes another (DOMAIN § 9).
package enum ObligationType: String, Sendable, CaseIterable, Comparable {
    case fundingDue = "funding-due"
    case repayments
    case serviceFees = "service-fees"
    /// Held out of an earlier settlement and resolved since.
    case released
    case rounding
    /// Approved corrections of breaks.
    case breakCorrections = "break-corrections"
    /// Collected on claims that are written off, and what collecting costs whoever bears it.
    case recoveries
    /// Claims waived at the cost of a party that pays their holders.
    case subsidy
    /// Claims that changed hands.
    case transfers
    /// Claims that guarantors have paid for.
    case compensations
    /// Claims taken back.
    case buyBacks = "buy-backs"
    /// Cash against covers.
    case invocations
    /// Between lenders who bear losses by shares of their own.
    case lossSharing = "loss-sharing"
    /// Shares of pools, at the prices of their cut-offs.
    case poolSales = "pool-sales"
    /// What was collected on them between cut-off and settlement.
    case poolCollections = "pool-collections"
    /// What notes on pools cost their holders and bring them.
    case poolNotes = "pool-notes"

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The obligation an entry of this kind creates, or nil when it creates none.
    package init?(_ kind: EntryKind) {
        switch kind {
        case .disbursement: self = .fundingDue
        case .repayment: self = .repayments
        case .serviceFee: self = .serviceFees
        case .recovery, .collectionCost: self = .recoveries
        case .subsidy: self = .subsidy
        case .transfer: self = .transfers
        case .compensation: self = .compensations
        case .buyBack: self = .buyBacks
        case .invocation: self = .invocations
        case .lossSharing: self = .lossSharing
        case .poolSale: self = .poolSales
        case .poolCollection: self = .poolCollections
        case .poolNotes: self = .poolNotes
        case .released: self = .released
        case .rounding: self = .rounding
        case .breakCorrection: self = .breakCorrections
        default: return nil
        }
    }
}

extension ObligationType {
    /// What a line of a partner's file is settled as, or nil when it settles nothing.
    package init?(file: String) {
        switch file {
        case "disbursements": self = .fundingDue
        case "repayments": self = .repayments
        case "waivers": self = .subsidy
        case "recoveries": self = .recoveries
        case "transfers": self = .transfers
        case "compensations": self = .compensations
        case "buy-backs": self = .buyBacks
        default: return nil
        }
    }
}

/// One gross obligation of a business date, frozen at its close.
package struct Obligation: Hashable, Sendable {
    package let date: BusinessDate
    package let party: PartyID
    package let currency: Currency
    package let type: ObligationType
    /// Minor units; positive when the platform pays the party.
    package let amount: Int64

    package init(
        date: BusinessDate, party: PartyID, currency: Currency, type: ObligationType, amount: Int64
    ) {
        self.date = date
        self.party = party
        self.currency = currency
        self.type = type
        self.amount = amount
    }
}

/// The net of everything between the platform and one party in one currency.
package struct NetPosition: Hashable, Sendable {
    package let party: PartyID
    package let currency: Currency
    /// Minor units; positive when the platform pays the party.
    package let amount: Int64

    package init(party: PartyID, currency: Currency, amount: Int64) {
        self.party = party
        self.currency = currency
        self.amount = amount
    }
}

/// Nets obligations; currencies never mix.
package enum Netting {
    /// One net position per party and currency, in that order; nets of zero stay in, so that a
    /// day without a payment is seen to be settled.
    ///
    /// - Throws: ``AmountError/overflow``.
    package static func net(_ obligations: [Obligation]) throws(AmountError) -> [NetPosition] {
        var sums: [Pair: Int64] = [:]
        for obligation in obligations {
            let pair = Pair(party: obligation.party, currency: obligation.currency)
            sums[pair] = try sums[pair, default: 0].plus(obligation.amount)
        }
        return sums.sorted { $0.key < $1.key }.map {
            NetPosition(party: $0.key.party, currency: $0.key.currency, amount: $0.value)
        }
    }

    private struct Pair: Hashable, Comparable {
        let party: PartyID
        let currency: Currency

        static func < (left: Pair, right: Pair) -> Bool {
            (left.party, left.currency) < (right.party, right.currency)
        }
    }
}
