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
        var waiting = undecided
        if waiting.isEmpty { return false }
        let date = try await cases.openDate()
        let terms = TermsLibrary(try await snapshots.snapshots())
        var shortages: [LoanID: [LimitShortage]] = [:]
        var hasConcluded = false
        // Every round finds a limit without room, of a party that is not tried again.
        while !waiting.isEmpty {
            let outcomes = try waiting.compactMap {
                let short = shortages[$0.record.loan] ?? []
                return try outcome(of: $0, terms, without: short, on: date)?
                    .resting(on: $0.requests)
            }
            if outcomes.isEmpty { return hasConcluded }
            surroundings.crashPoint(.fundingBeforeConclusion)
            let concluded = try await cases.conclude(outcomes.map(\.conclusion), on: date)
            surroundings.crashPoint(.fundingAfterConclusion)
            hasConcluded = true
            for outcome in outcomes where concluded.loans.contains(outcome.conclusion.loan) {
                report.note(outcome)
            }
            for (loan, short) in concluded.short { shortages[loan, default: []] += short }
            waiting = waiting.filter { concluded.short[$0.record.loan] != nil }
        }
        return hasConcluded
    }

    /// Nil while some lender has not answered.
    private func outcome(
        of funding: FundingCase, _ library: TermsLibrary, without short: [LimitShortage],
        on date: BusinessDate
    ) throws -> FundingOutcome? {
        let record = funding.record
        guard let agreement = library.agreement(record.agreementVersion),
            let product = library.product(record.productVersion)
        else { throw ContractFault(loan: record.loan, reason: "its terms are not kept") }
        let moves: [ShareMove]
        // Where shares are transferred later nobody is asked before the payout.
        let (decision, breach) =
            agreement.fundingMode == .beforePayout
            ? decision(of: funding, agreement, product, without: short) : (.payOut, nil)
        switch decision {
        case .wait: return nil
        case .decline:
            let room = short.isEmpty ? nil : "a refused share finds no room: \(short.sentence)"
            return FundingOutcome(conclusion: try declined(funding), unpayable: breach ?? room)
        case .payOut: moves = []
        case .move(let found): moves = found
        }
        let terms = record.scheduleTerms(product, disbursedOn: date)
        do throws(ScheduleError) {
            _ = try Schedule.build(terms)
        } catch {
            return FundingOutcome(
                conclusion: try declined(funding),
                unpayable: "no schedule can be computed: \(error.sentence(in: record.currency))")
        }
        let taken = moves.count { $0.to == agreement.platform }
        return FundingOutcome(
            conclusion: taken == moves.count
                ? try paidOut(funding, moves, agreement, product, on: date)
                : try asked(funding, moves, agreement, terms, on: date),
            takenByPlatform: taken)
    }

    /// What limits must have left for each party that takes (a part of) a share.
    private func rooms(
        for moves: [ShareMove], of funding: FundingCase, by way: DisbursementWay,
        on date: BusinessDate
    ) -> [NeededRoom] {
        let record = funding.record
        let limits = moves.isEmpty ? [] : catalogue.limits(on: date)
        return Set(moves.map(\.to)).sorted().map { party in
            let shares = LimitedShares(
                agreement: record.agreement, party: party, currency: record.currency,
                bookedOn: record.bookedOn,
                drawsReserve: way == .reserve && party != catalogue.platform,
                traits: record.traits)
            let slots = shares.slots
            // What is on deposit the store knows when it looks.
            let deposit =
                shares.drawsReserve
                ? [Limit(.reserve(of: party, record.currency), amount: 0)] : []
            return NeededRoom(
                shares: shares,
                amount: moves.filter { $0.to == party }.reduce(0) { $0 + $1.amount },
                limits: limits.filter { limit in slots.contains { $0.key == limit.key } } + deposit)
        }
    }

    /// The plan after moves; nil when nothing moves.
    private func plan(of funding: FundingCase, after moves: [ShareMove]) -> SharePlan? {
        let plan = moves.reduce(funding.plan) { $0.moving($1, platform: catalogue.platform) }
        precondition(plan.total == funding.record.principal, "shares make up the principal")
        return moves.isEmpty ? nil : plan
    }

    /// Other banks are asked, under new keys, for what some left unfunded.
    private func asked(
        _ funding: FundingCase, _ moves: [ShareMove], _ agreement: Agreement,
        _ terms: ScheduleTerms, on date: BusinessDate
    ) throws -> FundingConclusion {
        let record = funding.record
        let number = 1 + (funding.requests.map(\.request.number).max() ?? 0)
        let requests = moves.filter { $0.to != agreement.platform }.map {
            FundingRequest(
                for: PlannedShare(party: $0.to, amount: $0.amount), of: record, number: number,
                terms: terms, on: date, acceptsPart: agreement.acceptsParts)
        }
        return FundingConclusion(
            loan: record.loan, agreement: record.agreement,
            state: try funding.state.after(.shareRerouted), plan: plan(of: funding, after: moves),
            requests: [],
            releases: requests.flatMap {
                Commitment.postings(party: $0.party, currency: $0.currency, amount: $0.amount)
            },
            disbursement: nil,
            rooms: rooms(for: moves, of: funding, by: agreement.disbursement, on: date),
            asked: requests)
    }

    /// The borrower is paid; what the platform pays of it goes through the channel if there is one.
    private func paidOut(
        _ funding: FundingCase, _ moves: [ShareMove], _ agreement: Agreement, _ product: Product,
        on date: BusinessDate
    ) throws -> FundingConclusion {
        let way = agreement.disbursement
        let plan = plan(of: funding, after: moves)
        let rooms = rooms(for: moves, of: funding, by: way, on: date)
        let payingOut = try funding.state.after(.everyShareAccepted).after(.payoutStarted)
        let own = way.paidByPlatform(plan ?? funding.plan, platform: catalogue.platform)
        if paysThroughChannel && own > 0 {
            return FundingConclusion(
                loan: funding.record.loan, agreement: funding.record.agreement,
                state: payingOut, plan: plan, requests: [], releases: [], disbursement: nil,
                payout: Payout(of: funding.record, own, on: date), rooms: rooms)
        }
        let asked = FundingRequest.transfers(
            of: plan ?? funding.plan, funding.record, under: agreement, product, disbursedOn: date)
        let disbursed = try payingOut.after(.paidOut)
        return FundingConclusion(
            loan: funding.record.loan, agreement: funding.record.agreement,
            state: asked.isEmpty ? disbursed : try disbursed.after(.transferPlanned), plan: plan,
            requests: try funding.results(of: .accepted, .moneyMoved),
            releases: funding.releases + asked.flatMap(\.commitment),
            disbursement: .disbursed(funding.record.loan, from: date, bookedOn: date),
            rooms: rooms, asked: asked)
    }

    private func declined(_ funding: FundingCase) throws
        -> FundingConclusion
    {
        FundingConclusion(
            loan: funding.record.loan, agreement: funding.record.agreement,
            state: try funding.state.after(.shareRefused), plan: nil,
            requests: try funding.results(of: .accepted, .reversalDemanded),
            releases: funding.releases, disbursement: nil)
    }
}

extension FundingCase {
    /// What its funding is decided from; parties whose limits were short take nothing more, nor do
    /// banks that nobody can ask: the agreement may be older than the configuration.
    func standing(
        _ agreement: Agreement, without short: [LimitShortage], askingOnly partners: [Partner],
        barred: Set<PartyID>
    ) -> FundingStanding {
        let unknown = agreement.fallback.filter { bank in
            !partners.contains { $0.party == bank }
        }
        return FundingStanding(
            plan: plan,
            asked: requests.map {
                AskedLender(party: $0.request.party, state: $0.state, amount: $0.heldAmount)
            }, platform: agreement.platform, fallback: agreement.fallback,
            onRefusal: agreement.onRefusal,
            full: Set(short.map(\.slot.key.party)).union(unknown).union(barred))
    }
}

extension [LimitShortage] {
    fileprivate var sentence: String { map(\.sentence).joined(separator: "; ") }
}

/// A conclusion with what the report tells of it.
struct FundingOutcome {
    private(set) var conclusion: FundingConclusion
    /// Shares that move to the platform's own book.
    var takenByPlatform = 0
    /// Why a loan that its lenders would fund is declined: no schedule exists on the open date, or
    /// nobody has room for what a bank refused, or may take it by the agreement and the rules.
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
