package import BusinessCalendar
package import LendingRules
package import Monetary

/// A repayment or reversal ready to be recorded.
package struct NewFact: Hashable, Sendable {
    package let loan: LoanID
    package let fact: LoanFact
    package let channel: String
    /// Hash of the imported content.
    package let contentHash: String

    package init(loan: LoanID, fact: LoanFact, channel: String, contentHash: String) {
        self.loan = loan
        self.fact = fact
        self.channel = channel
        self.contentHash = contentHash
    }
}

/// What repayment intake must know of a loan.
package struct ServicedLoan: Hashable, Sendable {
    package let currency: Currency
    /// Nil until disbursed.
    package let disbursedOn: BusinessDate?
    package let agreementVersion: TermsVersion
    package let productVersion: TermsVersion
    /// Payments recorded, by id.
    package let payments: [String: RecordedPayment]
    /// The last decision that stands; no payment counts from before it.
    package let decision: LoanFact?
    /// At whose end claims last went to another holder by a decision: what comes later is not of
    /// that date any more.
    package let assignedOn: BusinessDate?
    /// The fact that wrote everything off, unless a payment was taken back since: nothing is owed
    /// that a payment could pay.
    package let writtenOff: LoanFact?

    /// - Parameter facts: all that are recorded of the loan.
    package init(
        currency: Currency, disbursedOn: BusinessDate?, agreementVersion: TermsVersion,
        productVersion: TermsVersion, payments: [String: RecordedPayment], facts: [LoanFact] = []
    ) {
        self.productVersion = productVersion
        self.currency = currency
        self.disbursedOn = disbursedOn
        self.agreementVersion = agreementVersion
        self.payments = payments
        decision = facts.filter(\.isDecision).max()
        assignedOn = facts.filter(\.isAssignment).map(\.valueDate).max()
        let last = facts.filter(\.touchesWrittenOff).max()
        writtenOff = last.flatMap { $0.isFullChargeOff ? $0 : nil }
    }
}

extension LoanFact {

    /// A reversal brings back what the payment had paid, a full charge-off takes all there is.
    fileprivate var touchesWrittenOff: Bool {
        if case .reversal = kind { true } else { isFullChargeOff }
    }
}

/// A payment that is recorded already.
package struct RecordedPayment: Hashable, Sendable {
    /// Minor units.
    package let amount: Int64
    package let isReversed: Bool

    package init(amount: Int64, isReversed: Bool) {
        self.amount = amount
        self.isReversed = isReversed
    }
}

/// The store as repayment intake sees it; each method is one transaction.
package protocol RepaymentIntakeStore: LineStore {
    /// The business date on which whatever is booked now counts.
    func openDate() async throws -> BusinessDate
    /// Content hashes of those external payment ids that are recorded already, on any loan.
    func known(_ payments: [String]) async throws -> [String: String]
    /// The loans that exist.
    func loans(_ ids: [LoanID]) async throws -> [LoanID: ServicedLoan]
    /// The same with everything that their positions are computed from.
    func subjects(_ ids: [LoanID]) async throws -> [LoanID: FactSubject]
    /// Records facts on `date`, all or nothing, and says how many: those that another import has
    /// recorded meanwhile with the same content are left out. It fails when one is recorded with
    /// other content, that date is no longer open, a decision was recorded meanwhile from before
    /// which one would count, or a loan in `seen` has other than so many facts. Parts of a payment
    /// of a line are counted as the key that they share.
    @discardableResult
    func record(
        _ facts: [NewFact], keys: [NewKey], seen: [LoanID: Int], on date: BusinessDate
    ) async throws -> Int
}

extension RepaymentIntakeStore {
    /// Records facts of loans that are notes of no line.
    @discardableResult
    package func record(_ facts: [NewFact], on date: BusinessDate) async throws -> Int {
        try await record(facts, keys: [], seen: [:], on: date)
    }
}

extension NewFact {
    /// Whether it is counted by itself, and not as what came for a line.
    package var isWhole: Bool { PartName.whole(of: fact.id) == nil }
}
