import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore

/// Loans that the platform pays out alone; harbor and summit are asked for shares afterwards.
extension Books {
    static let summit = PartyID("summit")
    /// Of every such loan.
    static let sharesAhead = SharePlan(shares: [
        PlannedShare(party: platform, amount: 300), PlannedShare(party: harbor, amount: 400),
        PlannedShare(party: summit, amount: 300),
    ])

    var transfers: SQLTransfers { SQLTransfers(engine: engine, firstDate: Self.firstDate) }

    /// Books loans and pays them out, so that their shares are being transferred.
    func payAhead(_ ids: [String], limits: [Limit] = []) async throws {
        let bookings = ids.map {
            LoanBooking(
                record: record($0), plan: Self.sharesAhead, requests: [], commitments: [])
        }
        _ = try await intake.book(
            LoanBatch(
                bookings: bookings, snapshots: try Self.termsAhead, limits: limits))
        let read = try await cases.undecided().filter { ids.contains($0.record.loan.text) }
        try await cases.conclude(read.map { paidAhead($0) }, on: Self.firstDate)
    }

    private func paidAhead(_ funding: FundingCase) -> FundingConclusion {
        let record = funding.record
        let asked = funding.plan.shares.filter { $0.party != Self.platform }.map { share in
            FundingRequest(
                key: "\(record.loan).\(share.party).1", loan: record.loan, party: share.party,
                amount: share.amount, currency: Self.usd, loanAmount: record.principal,
                valueDate: Self.firstDate, expiresAt: 77, borrowerRef: record.borrower,
                terms: booking(record.loan.text).requests[0].terms)
        }
        return FundingConclusion(
            loan: record.loan, agreement: record.agreement, state: .transferring, plan: nil,
            requests: [],
            releases: asked.flatMap {
                Commitment.postings(party: $0.party, currency: Self.usd, amount: $0.amount)
            },
            disbursement: LoanFact(
                id: "\(record.loan).disbursed", kind: .disbursed, valueDate: Self.firstDate,
                bookingDate: Self.firstDate, instant: 9), asked: asked)
    }

    /// The terms that the loans carry.
    private static var termsAhead: [TermsSnapshot] {
        get throws {
            let mode = FundingMode(.afterPayout, transferDays: 5)
            let agreement = Agreement(
                name: "harbor-70", effectiveFrom: firstDate, currency: usd,
                products: ["instalment-loan"],
                lenders: [
                    LenderShare(party: platform, share: try Share("30%")),
                    LenderShare(party: harbor, share: try Share("40%")),
                    LenderShare(party: summit, share: try Share("30%")),
                ], platform: platform, serviceFees: [], onRefusal: .platform, backdateDays: 5,
                settlement: SettlementTerms(lagDays: 1, calendar: "US"),
                fundingMode: mode ?? { preconditionFailure("five days are enough") }())
            let product = Product(
                name: "instalment-loan", method: .equalPrincipal, dayCount: .actual365Fixed,
                rounding: .down, instalmentRounding: .up,
                penalty: PenaltyTerms(multipleThousandths: 1500, graceDays: 3), materiality: 0,
                principal: 1...1_000_000, instalments: 1...36)
            return [
                TermsSnapshot(version: TermsVersion("a1"), text: agreement.canonicalTerms),
                TermsSnapshot(version: TermsVersion("p1"), text: product.canonicalTerms),
            ]
        }
    }

    /// The requests of a loan, by lender.
    func requests(of loan: String) async throws -> [PartyID: HeldRequest] {
        Dictionary(
            try await audit.requests().filter { $0.request.loan == LoanID(loan) }
                .map { ($0.request.party, $0) }
        ) { first, _ in first }
    }

    /// Stores what lenders of a loan have answered.
    func answer(_ loan: String, _ states: [PartyID: RequestState], held: Int64? = nil)
        async throws
    {
        let requests = try await requests(of: loan)
        let results = states.compactMap { party, state in
            requests[party].map { RequestResult(held: $0, state: state, heldAmount: held) }
        }
        precondition(results.count == states.count, "all of them were asked")
        try await outbox.store(results, now: 2)
    }

    /// The loan as it stands while its shares are being transferred, or are to be taken back.
    func transfer(of loan: String) async throws -> TransferCase? {
        try await transfers.transferring(after: nil, limit: 99, answeredOnly: false)
            .first { $0.funding.record.loan == LoanID(loan) }
    }

    /// What concludes a transfer: what is accepted changes hands, or nothing does.
    func conclusion(
        of transfer: TransferCase, isKept: Bool = false, on date: BusinessDate = firstDate
    ) throws -> TransferConclusion {
        let funding = transfer.funding
        let taken = isKept ? [] : funding.requests.filter { $0.state == .accepted }
        let given = funding.requests.filter {
            $0.state.canBeGivenUp || isKept && $0.state == .accepted
        }
        let lent = taken.map { PlannedShare(party: $0.request.party, amount: $0.heldAmount) }
        let own = funding.record.principal - lent.reduce(0) { $0 + $1.amount }
        let plan = SharePlan(shares: [PlannedShare(party: Self.platform, amount: own)] + lent)
        let fact = LoanFact(
            id: "\(funding.record.loan).transfer", kind: .transferred(to: plan.shares),
            valueDate: date, bookingDate: date, instant: Int64(date.dayNumber + 2) * 86_400_000_000)
        return TransferConclusion(
            loan: funding.record.loan,
            state: funding.state == .transferring ? .disbursed : funding.state,
            plan: plan == funding.plan ? nil : plan,
            requests: try taken.map {
                RequestResult(held: $0, state: try $0.state.after(.moneyMoved))
            }
                + given.map {
                    RequestResult(held: $0, state: try $0.state.after(.reversalDemanded))
                }, releases: funding.releases, transfer: taken.isEmpty ? nil : fact, basis: transfer
        )
    }

    /// Records that a loan has been undone, as an import of facts does.
    func undo(
        _ loan: String, _ kind: LoanFact.Kind = .cancelled(.none), on date: BusinessDate = firstDate
    ) async throws {
        let id = LoanID(loan)
        let fact = LoanFact(
            id: "\(loan).undone", kind: kind, valueDate: date, bookingDate: date, instant: 20)
        let seen = try await intake.subjects([id])[id]?.dossier?.facts.filter {
            $0.id != fact.id
        }.count
        let event: LoanEvent =
            switch kind {
            case .payoutFailed: .payoutFailed
            case .payoutReturned: .payoutReturned
            default: .cancelled
            }
        try await intake.record(
            FactBatch(
                facts: [NewFact(loan: id, fact: fact, channel: "", contentHash: "u")],
                seen: [id: seen ?? 0],
                states: [id: try LoanState.transferring.after(event)]), on: date)
    }

    /// The memorandum that a loan's lenders have of it now.
    func commitments(of party: PartyID = harbor) async throws -> Int64 {
        try await ledger.balances(through: nil).filter {
            $0.account == .commitments && $0.book == party.book
        }.reduce(0) { $0 + $1.amount }
    }

    /// What `verify` finds.
    func divergence() async throws -> Divergence? {
        try await Verify(
            source: audit, books: ledger, snapshots: SQLTermsSnapshots(engine: engine),
            platform: Self.platform,
            surroundings: Surroundings(hash: { $0 }, shard: { _ in 0 }, now: { 1 })
        ).run()
    }
}
