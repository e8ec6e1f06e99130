package import BusinessCalendar
package import Monetary

/// One line of what makes a settlement's net.
package struct SettlementLine: Hashable, Sendable {
    /// Why the line is there, in the order of a statement.
    package enum Kind: String, Sendable, CaseIterable {
        /// What an earlier settlement left open.
        case carried
        /// Owed for a business date, as frozen at its close.
        case obligation
        /// Taken out because it is disputed.
        case held
    }

    package let kind: Kind
    /// The type of obligation, nil for what an earlier settlement left open.
    package let type: ObligationType?
    /// The business date it is owed for, or the settlement day of the earlier settlement.
    package let date: BusinessDate
    /// The earlier settlement or the break; empty for obligations.
    package let source: String
    package let currency: Currency
    /// Minor units; positive when the platform pays the party.
    package let amount: Int64

    package init(
        _ kind: Kind, type: ObligationType?, date: BusinessDate, source: String = "",
        currency: Currency, amount: Int64
    ) {
        self.kind = kind
        self.type = type
        self.date = date
        self.source = source
        self.currency = currency
        self.amount = amount
    }

    /// The line of a frozen obligation.
    package init(_ obligation: Obligation) {
        self.init(
            .obligation, type: obligation.type, date: obligation.date,
            currency: obligation.currency, amount: obligation.amount)
    }
}

extension SettlementLine: Comparable {
    /// Order of a statement: kind, date, type, source.
    package static func < (left: Self, right: Self) -> Bool {
        (left.rank, left.date, left.type?.rawValue ?? "", left.source)
            < (right.rank, right.date, right.type?.rawValue ?? "", right.source)
    }

    private var rank: Int { Kind.allCases.firstIndex(of: kind) ?? 0 }
}

/// What an earlier settlement left open.
package struct OpenRest: Hashable, Sendable {
    package let settlement: SettlementID
    package let amount: Int64
    /// Below the minimum when it was carried over: it waits for more and calls for no settlement
    /// of its own.
    package let isSmall: Bool

    package init(settlement: SettlementID, amount: Int64, isSmall: Bool) {
        self.settlement = settlement
        self.amount = amount
        self.isSmall = isSmall
    }
}
