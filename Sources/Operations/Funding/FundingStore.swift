package import Bookkeeping
package import BusinessCalendar
package import LendingRules

/// A request's new state after an answer.
package struct RequestResult: Hashable, Sendable {
    /// As it was claimed; the result counts only while its version stands.
    package let held: HeldRequest
    package let state: RequestState
    /// The partner's own reference when accepted.
    package let reference: String
    package let reasonCode: String
    package let reason: String
    /// What the wire showed; operational.
    package let evidence: String
    /// What the lender has accepted, where that is another amount than before; minor units.
    package let heldAmount: Int64?

    package init(
        held: HeldRequest, state: RequestState, reference: String = "", reasonCode: String = "",
        reason: String = "", evidence: String = "", heldAmount: Int64? = nil
    ) {
        self.held = held
        self.state = state
        self.reference = reference
        self.reasonCode = reasonCode
        self.reason = reason
        self.evidence = evidence
        self.heldAmount = heldAmount
    }
}

/// The outbox as the sender sees it; each method is one transaction.
package protocol FundingOutbox: Sendable {
    /// Rows claimed by a worker whose lease is over become `in doubt`: they are asked about,
    /// never sent. Their last attempt ended by `now` at the latest. Returns how many.
    func takeOver(worker: String, now: Int64) async throws -> Int
    /// Claims up to `limit` planned requests of a party, or of any for nil, in the order in which
    /// the store keeps them, so that those of one claim lie together: state `sent`, attempt + 1,
    /// version + 1, committed before the first byte leaves.
    func claim(
        of party: PartyID?, limit: Int, worker: String, leaseUntil: Int64, now: Int64
    ) async throws -> [HeldRequest]
    /// How many requests are planned, by their parties.
    func planned() async throws -> [PartyID: Int]
    /// Up to `limit` requests planned for a party on a date or before, in the order of claims.
    func planned(of party: PartyID, through date: BusinessDate, limit: Int) async throws
        -> [HeldRequest]
    /// Requests in doubt, pending, reversing or with a reversal in doubt, in key order.
    func unsettled() async throws -> [HeldRequest]
    /// Requests whose reversal the partner refused, in key order: the share stays funded for a
    /// loan that was declined, until people settle it.
    func refusedReversals() async throws -> [HeldRequest]
    /// Stores results where the version still stands and returns those; others are dropped.
    ///
    /// `now` is read after the exchange, so for a result of sending it becomes the time of the
    /// last attempt: no byte of it left later.
    @discardableResult
    func store(_ results: [RequestResult], now: Int64) async throws -> [RequestResult]
}

extension FundingOutbox {
    /// Claims for whichever party.
    package func claim(
        limit: Int, worker: String, leaseUntil: Int64, now: Int64
    ) async throws -> [HeldRequest] {
        try await claim(of: nil, limit: limit, worker: worker, leaseUntil: leaseUntil, now: now)
    }
}

/// A loan whose funding is not concluded.
package struct FundingCase: Hashable, Sendable {
    package let record: LoanRecord
    package let state: LoanState
    package let plan: SharePlan
    /// Every request of the loan with its state, in key order.
    package let requests: [HeldRequest]

    package init(
        record: LoanRecord, state: LoanState, plan: SharePlan, requests: [HeldRequest]
    ) {
        self.record = record
        self.state = state
        self.plan = plan
        self.requests = requests
    }
}

/// What concluding (part of) a loan's funding writes, together.
package struct FundingConclusion: Hashable, Sendable {
    package let loan: LoanID
    /// The loan's agreement, under which its postings stand.
    package let agreement: String
    /// The loan's new state.
    package let state: LoanState
    /// The final plan when shares moved, else nil.
    package let plan: SharePlan?
    /// Requests with their new states (confirmed, or reversing).
    package let requests: [RequestResult]
    /// Requests to lenders that are asked for what others have left unfunded, or for what they
    /// take over of a loan that is paid out.
    package let asked: [FundingRequest]
    /// Memorandum postings made and released, dated the open date.
    package let releases: [Posting]
    /// The disbursement fact when money went out.
    package let disbursement: LoanFact?
    /// The payout that is planned when money goes out over a payment channel.
    package let payout: Payout?
    /// What limits must have left for shares that move; empty where none moves.
    package let rooms: [NeededRoom]
    /// The requests as they were read: it counts only while every one of them stands as it did,
    /// whatever its bank has said that changed nothing.
    package var basis: [HeldRequest] = []

    package init(
        loan: LoanID, agreement: String, state: LoanState, plan: SharePlan?,
        requests: [RequestResult], releases: [Posting], disbursement: LoanFact?,
        payout: Payout? = nil, rooms: [NeededRoom] = [], asked: [FundingRequest] = []
    ) {
        self.agreement = agreement
        self.rooms = rooms
        self.asked = asked
        self.payout = payout
        self.loan = loan
        self.state = state
        self.plan = plan
        self.requests = requests
        self.releases = releases
        self.disbursement = disbursement
    }
}

/// A share that a lender takes over, and the limits that must have enough left for it.
package struct NeededRoom: Hashable, Sendable {
    /// Whose it becomes and where it counts.
    package let shares: LimitedShares
    /// Minor units.
    package let amount: Int64
    package let limits: [Limit]

    package init(shares: LimitedShares, amount: Int64, limits: [Limit]) {
        self.shares = shares
        self.amount = amount
        self.limits = limits
    }
}

/// What became of conclusions.
package struct ConcludedLoans: Hashable, Sendable {
    package var loans: Set<LoanID> = []
    /// Loans left as they were, since limits have not enough left for what they need.
    package var short: [LoanID: [LimitShortage]] = [:]

    package init() {}
}

extension FundingCases {
    /// All loans approved, funding or ready, in loan order.
    package func undecided() async throws -> [FundingCase] {
        try await undecided(after: nil, limit: .max)
    }
}

/// Loans on their way to disbursement; each method is one transaction.
package protocol FundingCases: Sendable {
    /// The business date on which whatever is booked now counts.
    func openDate() async throws -> BusinessDate
    /// Loans approved, funding or ready, in loan order: up to `limit` behind a loan, or the first.
    func undecided(after loan: LoanID?, limit: Int) async throws -> [FundingCase]
    /// How many of them there are.
    func undecidedCount() async throws -> Int
    /// Those of them that are among some loans, in loan order.
    func undecided(among loans: [LoanID]) async throws -> [FundingCase]
    /// Concludes loans; postings are dated `date`, which must still be open. Returns the loans
    /// that it has concluded: those concluded already are left alone, and so are those for which
    /// there is no room, and those with a request that stands otherwise, or holds another amount,
    /// than in the conclusion's basis; refused when there are none but those.
    @discardableResult
    func conclude(_ conclusions: [FundingConclusion], on date: BusinessDate) async throws
        -> ConcludedLoans
}
