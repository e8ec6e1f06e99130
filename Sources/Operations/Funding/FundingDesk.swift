import Bookkeeping
import BusinessCalendar
import LendingRules

/// Concludes loans whose lenders have all answered: pay out, take over, or decline and reverse.
struct FundingDesk: Sendable {
    let cases: any FundingCases
    let snapshots: any TermsSnapshots
    let platform: PartyID
    let surroundings: Surroundings

    /// True when any loan was concluded.
    ///
    /// A date that was frozen or a request that was overtaken meanwhile is read again, up to
    /// `tries` times.
    func conclude(_ report: inout FundingReport) async throws -> Bool {
        for _ in 1..<Self.tries {
            do {
                return try await concludeOnce(&report)
            } catch let error as any CodedError where error.exit == .temporary {
                continue
            }
        }
        return try await concludeOnce(&report)
    }

    private static let tries = 3

    private func concludeOnce(_ report: inout FundingReport) async throws -> Bool {
        let undecided = try await cases.undecided()
        if undecided.isEmpty { return false }
        let date = try await cases.openDate()
        let terms = TermsLibrary(try await snapshots.snapshots())
        let outcomes = try undecided.compactMap { try outcome(of: $0, terms, on: date) }
        if outcomes.isEmpty { return false }
        surroundings.crashPoint(.fundingBeforeConclusion)
        let concluded = try await cases.conclude(outcomes.map(\.conclusion), on: date)
        surroundings.crashPoint(.fundingAfterConclusion)
        for outcome in outcomes where concluded.contains(outcome.conclusion.loan) {
            report.note(outcome)
        }
        return true
    }

    /// Nil while some lender has not answered.
    private func outcome(
        of funding: FundingCase, _ library: TermsLibrary, on date: BusinessDate
    ) throws -> FundingOutcome? {
        let record = funding.record
        guard let agreement = library.agreement(record.agreementVersion),
            let product = library.product(record.productVersion)
        else { throw ContractFault(loan: record.loan, reason: "its terms are not kept") }
        let states = funding.requests.map { (party: $0.request.party, state: $0.state) }
        let decision = FundingDecision.decide(requests: states, onRefusal: agreement.onRefusal)
        switch decision {
        case .wait: return nil
        case .decline: return FundingOutcome(conclusion: try declined(funding))
        case .payOut, .takeOver: break
        }
        do throws(ScheduleError) {
            _ = try Schedule.build(record.scheduleTerms(product, disbursedOn: date))
        } catch {
            return FundingOutcome(
                conclusion: try declined(funding), unpayable: error.sentence(in: record.currency))
        }
        guard case .takeOver(let parties) = decision else {
            return FundingOutcome(conclusion: try paidOut(funding, plan: nil, on: date))
        }
        let plan = parties.reduce(funding.plan) { $0.moving(from: $1, to: platform) }
        return FundingOutcome(
            conclusion: try paidOut(funding, plan: plan, on: date), takenByPlatform: parties.count)
    }

    /// The platform pays the borrower; lenders' shares go into the day's settlement.
    private func paidOut(_ funding: FundingCase, plan: SharePlan?, on date: BusinessDate) throws
        -> FundingConclusion
    {
        let path: [LoanEvent] = [.everyShareAccepted, .payoutStarted, .paidOut]
        let state = try path.reduce(funding.state) { try $0.after($1) }
        precondition(
            (plan ?? funding.plan).total == funding.record.principal,
            "shares make up the principal")
        return FundingConclusion(
            loan: funding.record.loan, state: state, plan: plan,
            requests: try results(funding, of: .accepted, .moneyMoved),
            releases: releases(funding),
            disbursement: LoanFact(
                id: "\(funding.record.loan).disbursed", kind: .disbursed, valueDate: date,
                bookingDate: date, instant: Int64(date.dayNumber) * 86_400_000_000))
    }

    private func declined(_ funding: FundingCase) throws
        -> FundingConclusion
    {
        FundingConclusion(
            loan: funding.record.loan, state: try funding.state.after(.shareRefused), plan: nil,
            requests: try results(funding, of: .accepted, .reversalDemanded),
            releases: releases(funding), disbursement: nil)
    }

    private func results(
        _ funding: FundingCase, of state: RequestState, _ event: RequestEvent
    ) throws -> [RequestResult] {
        try funding.requests.filter { $0.state == state }.map {
            RequestResult(held: $0, state: try $0.state.after(event))
        }
    }

    private func releases(_ funding: FundingCase) -> [Posting] {
        funding.requests.flatMap {
            Commitment.postings(
                party: $0.request.party, currency: $0.request.currency,
                amount: -$0.request.amount)
        }
    }
}

/// A conclusion with what the report tells of it.
struct FundingOutcome {
    let conclusion: FundingConclusion
    /// Shares that move to the platform's own book.
    var takenByPlatform = 0
    /// Why a loan that its lenders would fund is declined: no schedule exists on the open date.
    var unpayable: String?
}
