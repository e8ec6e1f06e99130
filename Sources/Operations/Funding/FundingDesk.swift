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
    func conclude(_ report: inout FundingReport) async throws -> Bool {
        let undecided = try await cases.undecided()
        if undecided.isEmpty { return false }
        let date = try await cases.openDate()
        let terms = TermsLibrary(try await snapshots.snapshots())
        var conclusions: [FundingConclusion] = []
        for funding in undecided {
            let rule = terms.agreement(funding.record.agreementVersion)?.onRefusal ?? .decline
            if let conclusion = try conclusion(of: funding, rule, on: date, &report) {
                conclusions.append(conclusion)
            }
        }
        if conclusions.isEmpty { return false }
        surroundings.crashPoint(.fundingBeforeConclusion)
        try await cases.conclude(conclusions, on: date)
        surroundings.crashPoint(.fundingAfterConclusion)
        return true
    }

    private func conclusion(
        of funding: FundingCase, _ rule: RefusalRule, on date: BusinessDate,
        _ report: inout FundingReport
    ) throws -> FundingConclusion? {
        let states = funding.requests.map { (party: $0.request.party, state: $0.state) }
        switch FundingDecision.decide(requests: states, onRefusal: rule) {
        case .wait: return nil
        case .payOut:
            report.disbursed += 1
            return try paidOut(funding, plan: nil, on: date)
        case .takeOver(let parties):
            report.disbursed += 1
            report.takenByPlatform += parties.count
            let plan = parties.reduce(funding.plan) { $0.moving(from: $1, to: platform) }
            return try paidOut(funding, plan: plan, on: date)
        case .decline:
            report.declined += 1
            return try declined(funding)
        }
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
