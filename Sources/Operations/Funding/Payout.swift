package import BusinessCalendar
package import LendingRules
package import Monetary

/// The payment of one loan to its borrower over the payment channel, under one key for life.
package struct Payout: Hashable, Sendable {
    /// `<loan>.payout`, whichever try it is.
    package let key: String
    package let loan: LoanID
    /// What the platform pays of the loan, minor units: the whole, or its own share where lenders
    /// pay theirs themselves.
    package let amount: Int64
    package let currency: Currency
    /// Which try it is, from 1; a try that failed is followed by another on a later date.
    package let number: Int
    /// The business date on which the try was planned; the loan can be disbursed on it.
    package let plannedOn: BusinessDate

    package init(
        key: String, loan: LoanID, amount: Int64, currency: Currency, number: Int,
        plannedOn: BusinessDate
    ) {
        self.key = key
        self.loan = loan
        self.amount = amount
        self.currency = currency
        self.number = number
        self.plannedOn = plannedOn
    }

    /// The first try for an amount of a loan.
    init(of record: LoanRecord, _ amount: Int64, on date: BusinessDate) {
        self.init(
            key: Payout.key(of: record.loan), loan: record.loan, amount: amount,
            currency: record.currency, number: 1, plannedOn: date)
    }

    /// The key of a loan's payout.
    package static func key(of loan: LoanID) -> String { loan.text + mark }

    /// The loan that a key pays out; of another key one that there is not.
    package static func loan(ofKey key: String) -> LoanID {
        LoanID(key.hasSuffix(mark) ? String(key.dropLast(mark.count)) : "")
    }

    private static let mark = ".payout"

    /// The next try under the same key.
    func next(on date: BusinessDate) -> Payout {
        Payout(
            key: key, loan: loan, amount: amount, currency: currency, number: number + 1,
            plannedOn: date)
    }
}

/// A payout with where it stands, as a worker holds it.
package struct HeldPayout: Hashable, Sendable {
    package let payout: Payout
    package let state: PayoutState
    /// The channel's date of its answer to this try; nil while there is none.
    package let answeredOn: BusinessDate?
    /// A result is stored only where the version is still this one.
    package let version: Int64
    /// Wall time by which the last attempt had ended, or of its claim while it runs; UTC
    /// microseconds, 0 when there was none. Operational.
    package let lastAttemptAt: Int64
    /// What the last exchange about it showed; empty when nothing is known. Operational.
    package let evidence: String

    package init(
        payout: Payout, state: PayoutState, answeredOn: BusinessDate?, version: Int64,
        lastAttemptAt: Int64, evidence: String = ""
    ) {
        self.evidence = evidence
        self.payout = payout
        self.state = state
        self.answeredOn = answeredOn
        self.version = version
        self.lastAttemptAt = lastAttemptAt
    }
}

/// How payouts go through a channel.
package struct PayoutTerms: Hashable, Sendable {
    /// How often a payout is tried in all, each time on another business date.
    package var tries = 3
    /// Seconds after which a `never seen` answer is proof.
    package var settleSeconds = 60
    /// How often one run sends a payout that does not leave, and asks about one in doubt.
    package var askLimit = 3

    package init() {}
}
