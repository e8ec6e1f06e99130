package import BusinessCalendar
package import LendingRules
package import Monetary
package import Portfolio
package import Reconciling

/// What `verify` reads to recompute everything from facts; each method is one read transaction.
package protocol AuditSource: Sendable {
    /// Closed dates with their log heads, oldest first.
    func closedDays() async throws -> [ClosedDay]
    /// Disbursed loans in shard and loan order after `loan`, with all their facts.
    func dossiers(after loan: LoanID?, limit: Int) async throws -> [LoanDossier]
    /// How many disbursed loans there are.
    func dossierCount() async throws -> Int
    /// Requests of every loan with their states, in key order.
    func requests() async throws -> [HeldRequest]
    /// Loans with their shares, requests and payouts, in loan order after `loan`.
    func fundings(after loan: LoanID?, limit: Int) async throws -> [KeptFunding]
    /// What people said of requests, by key, oldest first.
    func resolutions() async throws -> [String: [Resolution]]
    /// Balance rows of a date, in loan and lender order.
    func balances(on date: BusinessDate) async throws -> [LenderBalance]
    /// The date whose close has begun and not finished, or nil.
    func closingDate() async throws -> BusinessDate?
    /// Anchors of those loans that have one, live or not.
    func anchors(of loans: [LoanID]) async throws -> [LoanID: LoanAnchor]
    /// Loans whose state, date of disbursement and disbursement fact contradict each other.
    func contradictoryLoans() async throws -> [LoanID]
    /// Frozen obligations of a date, in any order.
    func obligations(on date: BusinessDate) async throws -> [Obligation]
    /// Settlements with the dates they cover and the statement lines they rest on.
    func keptSettlements() async throws -> KeptSettlements
    /// Our files of a date as they were kept, in party and name order.
    func files(on date: BusinessDate) async throws -> [KeptFile]
    /// Everything breaks have moved in the books, in any order.
    func breakMovements() async throws -> [BookedMovement]
    /// Every break as it was kept.
    func keptBreaks() async throws -> [KeptBreak]
    /// Balances that partners stated of a date, in any order.
    func statedBalances(on date: BusinessDate) async throws -> [PartnerBalance]
    /// Partners' own numbers of loans, in any order.
    func partnerLoanNumbers() async throws -> [PartnerLoanNumber]
    /// What has happened to every break, by id, oldest first.
    func lives() async throws -> [String: [BookedBreakEvent]]
    /// Payment lines of a date by instalment, in any order.
    func distributionParts(on date: BusinessDate) async throws -> [DistributionPart]
    /// Changes of status of a date, in any order.
    func statusChanges(on date: BusinessDate) async throws -> [StatusChange]
    /// Cash under way: batches, and what statements have shown, in any order.
    func cash() async throws -> KeptCash
    /// Payouts on their way or back by facts booked on a date, in key order.
    func movedPayouts(on date: BusinessDate) async throws -> [MovedPayout]
    /// What is used of limits, and what it must follow from.
    func limits() async throws -> KeptLimits
    /// What routes have given, and what it must follow from.
    func routes() async throws -> KeptRoutes
    /// Everything lenders have paid into their deposits and been paid back, in any order.
    func reserveMovements() async throws -> [ReserveMovement]
    /// Every payout with the loan it pays and its shares, in loan order.
    func payouts() async throws -> [KeptPayout]
    /// Payments and reversals of borrowers booked on a date, in id order.
    func payments(on date: BusinessDate) async throws -> [CollectedPayment]
    /// Lines of credit with their notes, in line order after `line`.
    func lines(after line: LoanID?, limit: Int) async throws -> [LineSubject]
    /// What closes have kept about losses.
    func losses() async throws -> KeptLosses
    /// The rules by which lenders' claims were classed, in any order.
    func assetRules() async throws -> [KeptAssetRules]
    /// Changes of classes of a date, in any order.
    func assetClassChanges(on date: BusinessDate) async throws -> [AssetClassChange]
    /// Provisions that are others than before from a date on, in any order.
    func provisionTargets(on date: BusinessDate) async throws -> [ProvisionTarget]
    /// The lines that notes name, in any order.
    func linesOfNotes() async throws -> [LoanID]
    /// SHA-256 over the canonical rows of all business tables, in hexadecimal.
    func digest() async throws -> String
}

/// Everything kept about settlements.
package struct KeptSettlements: Hashable, Sendable {
    /// In any order.
    package let settlements: [Settlement]
    /// Which business dates are covered, and by the settlement of which day.
    package let covered: [CoveredDate]
    /// Statement lines that were taken in.
    package let receipts: [CashReceipt]

    package init(
        settlements: [Settlement], covered: [CoveredDate], receipts: [CashReceipt]
    ) {
        self.settlements = settlements
        self.covered = covered
        self.receipts = receipts
    }
}

/// A business date of a party and currency that is settled.
package struct CoveredDate: Hashable, Sendable {
    package let party: PartyID
    package let currency: Currency
    package let date: BusinessDate
    package let settlesOn: BusinessDate

    package init(
        party: PartyID, currency: Currency, date: BusinessDate, settlesOn: BusinessDate
    ) {
        self.party = party
        self.currency = currency
        self.date = date
        self.settlesOn = settlesOn
    }
}

/// One of our files as it was kept for a partner.
package struct KeptFile: Hashable, Sendable {
    package let party: PartyID
    package let name: String
    /// SHA-256 of the content when it was kept.
    package let hash: [UInt8]
    package let content: [UInt8]

    package init(party: PartyID, name: String, hash: [UInt8], content: [UInt8]) {
        self.party = party
        self.name = name
        self.hash = hash
        self.content = content
    }
}

/// Cash as it stands in the store.
package struct KeptCash: Hashable, Sendable {
    package let batches: [CashBatch]
    package let booked: [BookedCash]

    package init(batches: [CashBatch], booked: [BookedCash]) {
        self.batches = batches
        self.booked = booked
    }
}

/// The use of limits as it is kept, and what it is counted from.
package struct KeptLimits: Hashable, Sendable {
    package let used: [LimitSlot: Int64]
    package let claims: [LimitClaim]
    package let principal: [LentPrincipal]
    /// The date through which principal is taken from the books.
    package let posted: BusinessDate?

    package init(
        used: [LimitSlot: Int64], claims: [LimitClaim] = [], principal: [LentPrincipal] = [],
        posted: BusinessDate? = nil
    ) {
        self.used = used
        self.claims = claims
        self.principal = principal
        self.posted = posted
    }
}

/// The volumes of routes as they are kept, and what they are counted from.
package struct KeptRoutes: Hashable, Sendable {
    package let volumes: [RouteSlot: Int64]
    /// In loan order.
    package let parts: [RoutedLoan]

    package init(volumes: [RouteSlot: Int64], parts: [RoutedLoan] = []) {
        self.volumes = volumes
        self.parts = parts
    }
}

/// A part of a loan that a route gave to one of its banks when it was booked.
package struct RoutedLoan: Hashable, Sendable {
    package let record: LoanRecord
    /// Name of the route.
    package let route: String
    package let party: PartyID
    /// Minor units.
    package let amount: Int64
    /// What the bank was asked for first; nil where it was not.
    package let asked: Int64?

    package init(
        record: LoanRecord, route: String, party: PartyID, amount: Int64, asked: Int64?
    ) {
        self.record = record
        self.route = route
        self.party = party
        self.amount = amount
        self.asked = asked
    }
}

/// A loan's funding, and where its payout stands if it has one.
package struct KeptFunding: Hashable, Sendable {
    package let funding: FundingCase
    package let payout: PayoutState?

    package init(funding: FundingCase, payout: PayoutState?) {
        self.funding = funding
        self.payout = payout
    }
}

/// A payout with the loan it pays.
package struct KeptPayout: Hashable, Sendable {
    package let held: HeldPayout
    /// Who lends the loan.
    package let plan: SharePlan
    package let agreementVersion: TermsVersion
    package let loanState: LoanState

    package init(
        held: HeldPayout, plan: SharePlan, agreementVersion: TermsVersion, loanState: LoanState
    ) {
        self.held = held
        self.plan = plan
        self.agreementVersion = agreementVersion
        self.loanState = loanState
    }
}
