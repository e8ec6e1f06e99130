import BusinessCalendar
import LendingRules

/// Concludes transfers: what lenders have accepted of a loan already paid out changes hands at the
/// end of the open date, what they have not stays with the originator.
///
/// Every step is one transaction; run again after a kill, it does what is left to do.
struct TransferDesk: Sendable {
    let cases: any TransferCases
    let snapshots: any TermsSnapshots
    let catalogue: Catalogue
    let surroundings: Surroundings

    /// True when any transfer was concluded.
    ///
    /// - Parameter isLastCall: Whether asking helps no more today.
    /// - Parameter answeredOnly: Whether loans that wait for an answer are left alone.
    func conclude(
        _ report: inout FundingReport, isLastCall: Bool = false, answeredOnly: Bool = false
    ) async throws -> Bool {
        let library = TermsLibrary(try await snapshots.snapshots())
        guard library.hasTransfers else { return false }
        return try await Retries.whileOvertaken {
            var hasMoved = false
            var last: LoanID?
            repeat {
                let page = try await cases.transferring(
                    after: last, limit: FundingDesk.page, answeredOnly: answeredOnly)
                last = page.count < FundingDesk.page ? nil : page.last?.funding.record.loan
                if try await conclude(page, library, &report, isLastCall) { hasMoved = true }
            } while last != nil
            return hasMoved
        }
    }

    /// Loans that wait for answers on the last date of their transfer, or after it.
    func endingToday() async throws -> Set<LoanID> {
        let library = TermsLibrary(try await snapshots.snapshots())
        guard library.hasTransfers else { return [] }
        let date = try await cases.openDate()
        let all = try await cases.transferring(
            after: nil, limit: .max, answeredOnly: false)
        return Set(
            all.filter { last(of: $0, library).map { $0 <= date } ?? true }
                .map(\.funding.record.loan))
    }

    private func last(of transfer: TransferCase, _ library: TermsLibrary) -> BusinessDate? {
        library.agreement(transfer.funding.record.agreementVersion)?
            .fundingMode.lastTransfer(disbursedOn: transfer.disbursedOn)
    }

    private func conclude(
        _ page: [TransferCase], _ library: TermsLibrary, _ report: inout FundingReport,
        _ isLastCall: Bool
    ) async throws -> Bool {
        if page.isEmpty { return false }
        let date = try await cases.openDate()
        let conclusions = try page.compactMap {
            try conclusion(of: $0, library, on: date, isLastCall)
        }
        if conclusions.isEmpty { return false }
        surroundings.crashPoint(.transferBeforeConclusion)
        try await cases.conclude(conclusions, on: date)
        surroundings.crashPoint(.transferAfterConclusion)
        for conclusion in conclusions {
            if conclusion.transfer != nil { report.transferred += 1 }
            report.givenUp += conclusion.requests.count { $0.held.state.canBeGivenUp }
            report.keptByOriginator += conclusion.keptShares
        }
        return true
    }

    /// Nil while there is nothing to do about a loan on the open date.
    private func conclusion(
        of transfer: TransferCase, _ library: TermsLibrary, on date: BusinessDate,
        _ isLastCall: Bool
    ) throws -> TransferConclusion? {
        let (record, plan) = (transfer.funding.record, transfer.funding.plan)
        let contract = try library.contract(
            of: LoanDossier(
                record: record, plan: plan, disbursedOn: transfer.disbursedOn,
                facts: transfer.facts), platform: catalogue.platform)
        let position = try ContractFault.naming(record.loan) { () throws(ServicingError) in
            try contract.position(facts: transfer.facts, at: date)
        }
        let last = last(of: transfer, library)
        let standing = TransferStanding(
            plan: plan,
            asked: transfer.funding.requests.map {
                AskedLender(party: $0.request.party, state: $0.state, amount: $0.heldAmount)
            }, platform: catalogue.platform, isTooLate: last.map { $0 < date } ?? true,
            isLastCall: isLastCall && last == date, isWhole: position.isWhole)
        switch standing.decision {
        case .wait: return nil
        case .keep(let moves): return try ended(transfer, moves, nil)
        case .transfer(let moves): return try ended(transfer, moves, date)
        }
    }

    /// What the transfer comes to; nothing changes hands where there is no date for it.
    private func ended(_ transfer: TransferCase, _ moves: [ShareMove], _ date: BusinessDate?)
        throws -> TransferConclusion
    {
        let funding = transfer.funding
        let plan = plan(of: funding, after: moves)
        let accepted = date == nil ? RequestEvent.reversalDemanded : .moneyMoved
        var requests = try funding.results(of: .accepted, accepted)
        for held in funding.requests where held.state.canBeGivenUp {
            requests.append(
                RequestResult(held: held, state: try held.state.after(.reversalDemanded)))
        }
        return TransferConclusion(
            loan: funding.record.loan, state: try state(after: funding.state), plan: plan,
            requests: requests, releases: funding.releases,
            transfer: date.map {
                .transferred(funding.record.loan, to: plan ?? funding.plan, endOf: $0)
            }, basis: transfer)
    }

    /// A loan that was undone meanwhile stays so.
    private func state(after state: LoanState) throws -> LoanState {
        state == .transferring ? try state.after(.transferConcluded) : state
    }

    /// The plan after moves; nil when nothing moves.
    private func plan(of funding: FundingCase, after moves: [ShareMove]) -> SharePlan? {
        let plan = moves.reduce(funding.plan) { $0.moving($1, platform: catalogue.platform) }
        precondition(plan.total == funding.record.principal, "shares make up the principal")
        return moves.isEmpty ? nil : plan
    }
}

extension TransferConclusion {
    /// Shares that stay with the originator, whole or in part.
    fileprivate var keptShares: Int {
        guard let plan else { return 0 }
        let before = Dictionary(
            basis.funding.plan.shares.map { ($0.party, $0.amount) }
        ) { first, _ in first }
        let after = Dictionary(plan.shares.map { ($0.party, $0.amount) }) { first, _ in first }
        return before.count { (after[$0.key] ?? 0) < $0.value }
    }
}
