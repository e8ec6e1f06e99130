package import BusinessCalendar
package import Monetary

/// A borrower's payment as we booked it; below zero when it was taken back.
package struct CollectedPayment: Hashable, Sendable {
    package let id: String
    package let loan: String
    /// Minor units.
    package let amount: Int64
    package let currency: Currency

    package init(id: String, loan: String, amount: Int64, currency: Currency) {
        self.id = id
        self.loan = loan
        self.amount = amount
        self.currency = currency
    }
}

/// Money that a statement should show.
package struct CashExpectation: Hashable, Sendable {
    /// What the money is.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The net of a date's collections from the channel.
        case transfer
        /// A loan on its way to its borrower.
        case payout
        /// A payout that came back; nobody waits for it.
        case returned
    }

    package let kind: Kind
    /// What the statement names it by.
    package let remittance: String
    package let currency: Currency
    /// Minor units, credits positive.
    package let amount: Int64
    /// The date of the first statement that should show it; nil when nobody waits for it.
    package let dueOn: BusinessDate?
    /// A later statement than the one in hand has shown it.
    package let isSeenLater: Bool
    /// Of a return: the loan that stands in our books as if nothing had come back; empty for none.
    package let unbookedLoan: String

    package init(
        kind: Kind, remittance: String, currency: Currency, amount: Int64, dueOn: BusinessDate?,
        isSeenLater: Bool = false, unbookedLoan: String = ""
    ) {
        self.unbookedLoan = unbookedLoan
        self.kind = kind
        self.remittance = remittance
        self.currency = currency
        self.amount = amount
        self.dueOn = dueOn
        self.isSeenLater = isSeenLater
    }

    /// How the channel's transfer of a date's collections is named: `CHANNEL 2026-01-05 USD`.
    package static func transfer(of date: BusinessDate, _ currency: Currency) -> String {
        "CHANNEL \(date) \(currency)"
    }

    /// How a loan on its way to its borrower is named, by the payout's key.
    package static func payout(_ key: String) -> String { payoutMark + key }

    /// How a payout that came back is named, by the payout's key.
    package static func returned(_ key: String) -> String { returnMark + key }

    /// The payout's key in a remittance; nil for other money.
    package static func payoutKey(in remittance: String) -> (kind: Kind, key: String)? {
        if remittance.hasPrefix(payoutMark) {
            return (.payout, String(remittance.dropFirst(payoutMark.count)))
        }
        if remittance.hasPrefix(returnMark) {
            return (.returned, String(remittance.dropFirst(returnMark.count)))
        }
        return nil
    }

    private static let payoutMark = "PAYOUT "
    private static let returnMark = "RETURN "
}

/// A difference about cash with its explanation, before it has an id and a place in a store.
package struct CashFinding: Hashable, Sendable {
    /// The file's name without suffix.
    package let file: String
    package let kind: BreakKind
    package let key: [String]
    /// Tells findings of one key and kind apart, from 1.
    package let ordinal: Int
    /// Empty when no loan is concerned.
    package let loan: String
    package let cause: Cause
    package let sentence: String
    package let rule: String
    package let severity: Severity
    package let currency: Currency?
    /// Ours − theirs by column, minor units.
    package let differences: [Amount]
    /// Both records as words; empty when a side has none.
    package let ours: String
    package let theirs: String
    /// The line in their file; evidence only, 0 when there is none.
    package let theirLine: Int
    /// Nothing is left to do: the money shows that only a file was wrong, or it came later.
    package let isResolved: Bool

    /// One differing amount.
    package struct Amount: Hashable, Sendable {
        package let column: String
        package let minorUnits: Int64

        package init(_ column: String, _ minorUnits: Int64) {
            self.column = column
            self.minorUnits = minorUnits
        }
    }
}

/// A line that a match or a finding has taken.
package struct CashClaim: Hashable, Sendable {
    package let side: Side
    package let key: [String]
    package let occurrence: Int
    /// Position of the finding in its result's list, or nil for a match.
    package let finding: Int?
}
