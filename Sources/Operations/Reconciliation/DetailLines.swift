package import BusinessCalendar
package import LendingRules
package import Monetary

/// One line of the disbursements file.
package struct DisbursementLine: Hashable, Sendable {
    package let requestKey: String
    package let loan: LoanID
    /// The partner's own number of the loan, as it told us.
    package let partnerReference: String
    package let principal: Int64
    package let currency: Currency
    package let valueDate: BusinessDate
    /// The request whose share goes back with this line, or empty.
    package let reverses: String

    package init(
        requestKey: String, loan: LoanID, partnerReference: String, principal: Int64,
        currency: Currency, valueDate: BusinessDate, reverses: String = ""
    ) {
        self.requestKey = requestKey
        self.loan = loan
        self.partnerReference = partnerReference
        self.principal = principal
        self.currency = currency
        self.valueDate = valueDate
        self.reverses = reverses
    }
}

/// What the files of one date say to one partner, each in key order.
package struct DetailLines: Hashable, Sendable {
    package let disbursements: [DisbursementLine]
    package let repayments: [RepaymentLine]
    /// Balances and accruals of loans with movement, or of all that owe something.
    package var balances: [LenderBalance]
    package let facts: [FactFileLine]
    package let inFlight: [InFlightLine]
    package var plans: [PlanLine]
    package let parts: [PartLine]
    package var statusChanges: [StatusChange]
    package var fees: [FeeLine]
    /// The partner's own classes of its loans that are not normal; nil where it has none, and the
    /// days past due say the class.
    package var classes: [LoanID: AssetClass]?

    package init(
        disbursements: [DisbursementLine], repayments: [RepaymentLine],
        balances: [LenderBalance], facts: [FactFileLine] = [], inFlight: [InFlightLine] = [],
        plans: [PlanLine] = [], parts: [PartLine] = [], statusChanges: [StatusChange] = [],
        fees: [FeeLine] = []
    ) {
        self.fees = fees
        self.disbursements = disbursements
        self.repayments = repayments
        self.balances = balances
        self.inFlight = inFlight
        self.plans = plans
        self.parts = parts
        self.statusChanges = statusChanges
        self.facts = facts
    }
}

/// One line of the repayments file.
package struct RepaymentLine: Hashable, Sendable {
    package let row: DistributionRow
    package let currency: Currency

    package init(row: DistributionRow, currency: Currency) {
        self.row = row
        self.currency = currency
    }
}

/// A file as bytes.
package struct FileContent: Hashable, Sendable {
    /// With its suffix, such as `repayments.csv`.
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// Our files of a date for a partner; each method is one transaction.
package protocol OutgoingFiles: Sendable {
    /// What the date brought this partner, by file.
    func lines(for party: PartyID, on date: BusinessDate) async throws -> DetailLines
    /// Keeps the files of a date, manifest first; nothing when they are kept already.
    func keep(_ files: [FileContent], for party: PartyID, on date: BusinessDate) async throws
    /// Dates up to `date` with files not delivered to the partner, oldest first.
    func undelivered(to party: PartyID, through date: BusinessDate) async throws -> [BusinessDate]
    /// Our kept files of a date, manifest first.
    func kept(for party: PartyID, on date: BusinessDate) async throws -> [FileContent]
    /// Operational: the partner has them.
    func markDelivered(to party: PartyID, on date: BusinessDate) async throws
}
