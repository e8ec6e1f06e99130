package import BusinessCalendar
package import LendingRules
package import Monetary

/// One lender's claim on one loan.
package struct ClaimKey: Hashable, Comparable, Sendable {
    package let loan: LoanID
    package let lender: PartyID

    package init(_ loan: LoanID, _ lender: PartyID) {
        self.loan = loan
        self.lender = lender
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.loan, left.lender) < (right.loan, right.lender)
    }
}

/// What is kept of a claim's class and provision, as its last rows have it.
package struct KeptClaim: Hashable, Sendable {
    /// The class in which the lender holds it.
    package var held: AssetClass
    /// Its class by itself.
    package var standing: AssetStanding
    /// Minor units.
    package var provision: Int64

    package init(
        held: AssetClass = .normal, standing: AssetStanding = .normal, provision: Int64 = 0
    ) {
        self.held = held
        self.standing = standing
        self.provision = provision
    }

    /// Of a claim without rows.
    package static let none = KeptClaim()
}

/// A change of the class in which a lender holds a claim, or of what the class goes by.
package struct AssetClassChange: Hashable, Sendable {
    package let claim: ClaimKey
    package let date: BusinessDate
    /// The class held at the end of the day before; the same where only the standing changed.
    package let before: AssetClass
    package let after: HeldClass
    /// The class by itself.
    package let standing: AssetStanding
    /// The loan's at the end of the date.
    package let status: LoanStatus

    package init(
        claim: ClaimKey, date: BusinessDate, before: AssetClass, after: HeldClass,
        standing: AssetStanding, status: LoanStatus
    ) {
        self.claim = claim
        self.date = date
        self.before = before
        self.after = after
        self.standing = standing
        self.status = status
    }
}

/// What a lender keeps for a claim from the end of a date on.
package struct ProvisionTarget: Hashable, Sendable {
    package let claim: ClaimKey
    package let date: BusinessDate
    package let currency: Currency
    /// In all, minor units.
    package let amount: Int64

    package init(claim: ClaimKey, date: BusinessDate, currency: Currency, amount: Int64) {
        self.claim = claim
        self.date = date
        self.currency = currency
        self.amount = amount
    }
}

/// The rules by which a lender's claims are classed from a closed date on; no text for none.
package struct KeptAssetRules: Hashable, Sendable {
    package let lender: PartyID
    package let date: BusinessDate
    package let text: String

    package init(lender: PartyID, date: BusinessDate, text: String) {
        self.lender = lender
        self.date = date
        self.text = text
    }
}

/// What classing the claims of a date writes, together with its step row.
package struct AssetClassDay: Sendable {
    package let date: BusinessDate
    /// Of lenders whose rules are others than before, in name order.
    package let rules: [KeptAssetRules]
    /// In claim order, as are the provisions.
    package let changes: [AssetClassChange]
    package let provisions: [ProvisionTarget]
    /// In id order.
    package let ledger: [LedgerRow]

    package init(
        date: BusinessDate, rules: [KeptAssetRules], changes: [AssetClassChange],
        provisions: [ProvisionTarget], ledger: [LedgerRow]
    ) {
        self.date = date
        self.rules = rules
        self.changes = changes
        self.provisions = provisions
        self.ledger = ledger
    }
}

/// Classes of claims as a close reads and writes them; each method is one transaction.
package protocol AssetClassStore: Sendable {
    /// Whether the claims of a date are classed.
    func isClassed(_ date: BusinessDate) async throws -> Bool
    /// The rules that each lender's claims were last classed by before a date; no empty ones.
    func rules(before date: BusinessDate) async throws -> [PartyID: String]
    /// Loans of the shards with a claim that was not normal, or had a provision, before a date.
    func classedLoans(in shards: Range<Int>, before date: BusinessDate) async throws -> [LoanID]
    /// Loans with a claim whose observation, by its last row, ends on a date.
    func observationsEnding(on date: BusinessDate) async throws -> [LoanID]
    /// Every loan of the borrowers whose disbursement a slice has posted.
    func loans(of borrowers: [String]) async throws -> [LoanID]
    /// What is kept of the loans' claims by rows before a date; claims without rows are left out.
    func kept(of loans: [LoanID], before date: BusinessDate) async throws -> [ClaimKey: KeptClaim]
    /// The rows of a lender on a date with another class than before, in loan order.
    func classChanges(of lender: PartyID, on date: BusinessDate) async throws
        -> [AssetClassChange]
    /// Stores the rows, the entries and the step row; nothing when the step is done already.
    func post(_ day: AssetClassDay) async throws
}
