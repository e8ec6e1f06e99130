import BusinessCalendar
import LendingRules

/// Concludes loans whose lenders have all answered: pay out, take over, or decline and reverse.
struct FundingDesk: Sendable {
    let cases: any FundingCases
    let snapshots: any TermsSnapshots
    let catalogue: Catalogue
    /// Money goes to borrowers over a payment channel, and loans are disbursed when it confirms.
    let paysThroughChannel: Bool
    let surroundings: Surroundings

    /// Loans looked at together.
    static let page = 1_000

    /// Goes through every loan that is not concluded; true when any was concluded.
    func conclude(_ report: inout FundingReport) async throws -> Bool {
        var hasConcluded = false
        var last: LoanID?
        repeat {
            let page = try await cases.undecided(after: last, limit: Self.page)
            last = page.count < Self.page ? nil : page.last?.record.loan
            let loans = page.map(\.record.loan)
            if try await conclude(&report, among: loans, page) { hasConcluded = true }
        } while last != nil
        return hasConcluded
    }

    /// The same for some loans alone.
    func conclude(_ report: inout FundingReport, among loans: [LoanID]) async throws -> Bool {
        try await conclude(&report, among: loans, nil)
    }

    /// - Parameter read: The loans as they were read just now.
    private func conclude(
        _ report: inout FundingReport, among loans: [LoanID], _ read: [FundingCase]?
    ) async throws -> Bool {
        var read = read
        return try await Retries.whileOvertaken {
            let undecided =
                if let read { read } else { try await cases.undecided(among: loans) }
            read = nil
            return try await conclude(undecided, &report)
        }
    }

    private func conclude(
        _ undecided: [FundingCase], _ report: inout FundingReport
    ) async throws -> Bool {
        if undecided.isEmpty { return false }
        let date = try await cases.openDate()
        let terms = TermsLibrary(try await snapshots.snapshots())
        let outcomes = try undecided.compactMap {
            try outcome(of: $0, terms, on: date)?.resting(on: $0.requests)
        }
        if outcomes.isEmpty { return false }
        surroundings.crashPoint(.fundingBeforeConclusion)
        let concluded = try await cases.conclude(outcomes.map(\.conclusion), on: date)
        surroundings.crashPoint(.fundingAfterConclusion)
        for outcome in outcomes where concluded.loans.contains(outcome.conclusion.loan) {
            report.note(outcome)
        }
        let short = try undecided.compactMap { funding in
            try concluded.short[funding.record.loan].map {
                try declined(funding, for: $0).resting(on: funding.requests)
            }
        }
        if short.isEmpty { return true }
        let loans = try await cases.conclude(short.map(\.conclusion), on: date).loans
        surroundings.crashPoint(.fundingAfterConclusion)
        for outcome in short where loans.contains(outcome.conclusion.loan) { report.note(outcome) }
        return true
    }

    /// What a lender refused goes to the platform only as far as its own limits go.
    private func declined(_ funding: FundingCase, for shortages: [LimitShortage]) throws
        -> FundingOutcome
    {
        let reason = shortages.map(\.sentence).joined(separator: "; ")
        return FundingOutcome(
            conclusion: try declined(funding),
            unpayable: "a refused share finds no room: \(reason)")
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
                conclusion: try declined(funding),
                unpayable: "no schedule can be computed: \(error.sentence(in: record.currency))")
        }
        guard case .takeOver(let parties) = decision else {
            return FundingOutcome(
                conclusion: try paidOut(funding, by: agreement.disbursement, on: date))
        }
        return FundingOutcome(
            conclusion: try paidOut(
                funding, takingOver: parties, by: agreement.disbursement, on: date),
            takenByPlatform: parties.count)
    }

    private func room(for parties: [PartyID], of funding: FundingCase, on date: BusinessDate)
        -> NeededRoom
    {
        let record = funding.record
        let shares = LimitedShares(
            agreement: record.agreement, party: catalogue.platform, currency: record.currency,
            bookedOn: record.bookedOn)
        let keys = Set(shares.slots.map(\.key))
        return NeededRoom(
            shares: shares,
            amount: funding.plan.shares.filter { parties.contains($0.party) }
                .reduce(0) { $0 + $1.amount },
            limits: catalogue.limits(on: date).filter { keys.contains($0.key) })
    }

    /// The borrower is paid; what the platform pays of it goes through the channel if there is one.
    private func paidOut(
        _ funding: FundingCase, takingOver parties: [PartyID] = [], by way: DisbursementWay,
        on date: BusinessDate
    ) throws -> FundingConclusion {
        let plan =
            parties.isEmpty
            ? nil
            : parties.reduce(funding.plan) { $0.moving(from: $1, to: catalogue.platform) }
        let room = parties.isEmpty ? nil : room(for: parties, of: funding, on: date)
        precondition(
            (plan ?? funding.plan).total == funding.record.principal,
            "shares make up the principal")
        let payingOut = try funding.state.after(.everyShareAccepted).after(.payoutStarted)
        let own = way.paidByPlatform(plan ?? funding.plan, platform: catalogue.platform)
        if paysThroughChannel && own > 0 {
            return FundingConclusion(
                loan: funding.record.loan, state: payingOut, plan: plan, requests: [],
                releases: [], disbursement: nil, payout: Payout(of: funding.record, own, on: date),
                room: room)
        }
        return FundingConclusion(
            loan: funding.record.loan, state: try payingOut.after(.paidOut), plan: plan,
            requests: try funding.results(of: .accepted, .moneyMoved),
            releases: funding.releases,
            disbursement: .disbursed(funding.record.loan, from: date, bookedOn: date), room: room)
    }

    private func declined(_ funding: FundingCase) throws
        -> FundingConclusion
    {
        FundingConclusion(
            loan: funding.record.loan, state: try funding.state.after(.shareRefused), plan: nil,
            requests: try funding.results(of: .accepted, .reversalDemanded),
            releases: funding.releases, disbursement: nil)
    }
}

/// A conclusion with what the report tells of it.
struct FundingOutcome {
    private(set) var conclusion: FundingConclusion
    /// Shares that move to the platform's own book.
    var takenByPlatform = 0
    /// Why a loan that its lenders would fund is declined: no schedule exists on the open date, or
    /// the platform's own limits have no room for what it would take over.
    var unpayable: String?

    init(conclusion: FundingConclusion, takenByPlatform: Int = 0, unpayable: String? = nil) {
        self.conclusion = conclusion
        self.takenByPlatform = takenByPlatform
        self.unpayable = unpayable
    }

    /// The same, counting only while the requests stand as they did.
    func resting(on requests: [HeldRequest]) -> FundingOutcome {
        var outcome = self
        outcome.conclusion.basis = requests
        return outcome
    }
}
