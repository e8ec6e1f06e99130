package import BusinessCalendar
package import LendingRules
package import Monetary
package import Reconciling

/// Money under way, frozen at the close of its date: the collections in one currency, or one
/// payout on its way or back.
package struct CashBatch: Hashable, Sendable {
    package let kind: CashExpectation.Kind
    /// How the account's statement names it.
    package let remittance: String
    package let date: BusinessDate
    package let currency: Currency
    /// Minor units: what borrowers paid, what was taken back left out; of a payout below zero.
    package let gross: Int64
    /// What the channel keeps of it by its contract.
    package let fee: Int64
    /// When a statement should show the transfer.
    package let dueOn: BusinessDate

    package init(
        kind: CashExpectation.Kind = .transfer, remittance: String? = nil, date: BusinessDate,
        currency: Currency, gross: Int64, fee: Int64, dueOn: BusinessDate
    ) {
        self.kind = kind
        self.remittance = remittance ?? CashExpectation.transfer(of: date, currency)
        self.date = date
        self.currency = currency
        self.gross = gross
        self.fee = fee
        self.dueOn = dueOn
    }
}

/// A payout as a date's facts move it: on its way, or back.
package struct MovedPayout: Hashable, Sendable {
    package let kind: CashExpectation.Kind
    package let key: String
    package let currency: Currency
    /// Minor units; below zero on its way to the borrower.
    package let amount: Int64
    /// When the channel moved it.
    package let valueDate: BusinessDate

    package init(
        kind: CashExpectation.Kind, key: String, currency: Currency, amount: Int64,
        valueDate: BusinessDate
    ) {
        self.kind = kind
        self.key = key
        self.currency = currency
        self.amount = amount
        self.valueDate = valueDate
    }
}

/// A payout that the channel may have paid.
package struct KnownPayout: Hashable, Sendable {
    package let key: String
    package let loan: LoanID
    /// Minor units of the loan.
    package let amount: Int64
    package let currency: Currency
    /// A fact says that it failed or came back.
    package let isUndone: Bool

    package init(
        key: String, loan: LoanID, amount: Int64, currency: Currency, isUndone: Bool
    ) {
        self.key = key
        self.loan = loan
        self.amount = amount
        self.currency = currency
        self.isUndone = isUndone
    }
}

/// Money that a statement has shown, as it is booked.
package struct CashPosting: Hashable, Sendable {
    package let kind: CashExpectation.Kind
    /// The statement's date.
    package let statement: BusinessDate
    package let remittance: String
    package let currency: Currency
    /// Minor units that the account was credited.
    package let amount: Int64
    /// The channel's fee that went with it.
    package let fee: Int64

    package init(
        kind: CashExpectation.Kind, statement: BusinessDate, remittance: String,
        currency: Currency, amount: Int64, fee: Int64
    ) {
        self.kind = kind
        self.statement = statement
        self.remittance = remittance
        self.currency = currency
        self.amount = amount
        self.fee = fee
    }
}

/// A posting with the open date it was booked on; a corrected statement books the difference.
package struct BookedCash: Hashable, Sendable {
    package let bookedOn: BusinessDate
    package let posting: CashPosting

    package init(bookedOn: BusinessDate, posting: CashPosting) {
        self.bookedOn = bookedOn
        self.posting = posting
    }
}

/// What reconciling cash writes, together.
package struct CashResult: Sendable {
    /// The account whose bank it is, or the channel.
    package let party: PartyID
    /// The date in hand, and those of the channel that its transfers explain anew.
    package let dates: [ReconciledDate]
    /// All that the statement books, when a statement is in hand.
    package let target: [CashPosting]
    /// The statement's date, or nil for a file of the channel.
    package let statement: BusinessDate?
    /// What was booked of the statement before; a store that holds anything else refuses.
    package let before: [BookedCash]
    /// Breaks of other dates whose reading has changed.
    package let changed: [BreakChange]
    /// What the statement's lines do to settlements.
    package let steps: [SettlementStep]
    /// The lines that do it, each once for ever.
    package let receipts: [CashReceipt]

    package init(
        party: PartyID, dates: [ReconciledDate], target: [CashPosting] = [],
        statement: BusinessDate? = nil, before: [BookedCash] = [], changed: [BreakChange] = [],
        steps: [SettlementStep] = [], receipts: [CashReceipt] = []
    ) {
        self.steps = steps
        self.receipts = receipts
        self.party = party
        self.dates = dates
        self.target = target
        self.statement = statement
        self.before = before
        self.changed = changed
    }
}

/// Cash under way as the store sees it; each method is one transaction.
package protocol CashStore: Sendable {
    /// Payments and reversals of borrowers booked on a date, in id order.
    func payments(on date: BusinessDate) async throws -> [CollectedPayment]
    /// Payouts through the channel whose loans facts booked on a date disburse or undo, in key
    /// order.
    func movedPayouts(on date: BusinessDate) async throws -> [MovedPayout]
    /// Those of the keys that are payouts sent and not known to have failed, in key order.
    func payouts(_ keys: [String]) async throws -> [KnownPayout]
    /// Freezes a closing date's batches with their entries; nothing when that is done already.
    func freeze(_ batches: [CashBatch], _ entries: [LedgerRow], on date: BusinessDate) async throws
    /// The first date whose close has put collections in transit, or nil: before it there was no
    /// clearing, and no file of one is waited for.
    func firstInTransit() async throws -> BusinessDate?
    /// The batches of a date, in currency order.
    func batches(on date: BusinessDate) async throws -> [CashBatch]
    /// Batches that no statement before a date has shown, oldest first.
    func unseen(before statement: BusinessDate) async throws -> [CashBatch]
    /// Everything booked for remittances, whichever statement showed them.
    func booked(_ remittances: [String]) async throws -> [BookedCash]
    /// Everything booked for a statement, in remittance, currency and booking order.
    func booked(statement: BusinessDate) async throws -> [BookedCash]
    /// The latest content of a file that a party sent for a date; nil when it sent none.
    func received(_ name: String, from party: PartyID, on date: BusinessDate) async throws
        -> FileContent?
    /// The date now open.
    func openDate() async throws -> BusinessDate
    /// Records a result; entries are dated `date`, which must still be open.
    func record(
        _ result: CashResult, _ difference: [CashPosting], _ entries: [LedgerRow],
        on date: BusinessDate) async throws
}
