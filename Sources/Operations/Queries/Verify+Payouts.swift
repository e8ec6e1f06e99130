import BusinessCalendar
import LendingRules

extension Verify {
    /// A payout pays what its loan's way of disbursement leaves to the platform, under the loan's
    /// key; the loan stands where its payout does, and while no money has moved no share has.
    func checkPayouts(on date: BusinessDate?) async throws -> Divergence? {
        let payouts = try await source.payouts()
        if payouts.isEmpty { return nil }
        let library = TermsLibrary(try await snapshots.snapshots())
        let requests = Dictionary(grouping: try await source.requests(), by: \.request.loan)
        for kept in payouts {
            let payout = kept.held.payout
            let agreement = library.agreement(kept.agreementVersion)
            let isTransferred = agreement?.fundingMode.transferDays != nil
            let due = agreement?.disbursement.paidByPlatform(kept.plan, platform: platform)
            let fault =
                due.map { kept.fault(paying: $0) } ?? "the terms of its loan are not kept"
            let requested = requests[payout.loan] ?? []
            guard let fault = fault ?? kept.fault(in: requested, isTransferred) else {
                continue
            }
            return Divergence(
                .payouts, on: date ?? payout.plannedOn, at: payout.key, fault)
        }
        return nil
    }
}

extension KeptPayout {
    fileprivate func fault(paying due: Int64) -> String? {
        let payout = held.payout
        if payout.key != Payout.key(of: payout.loan) { return "it is not the key of its loan" }
        if payout.amount != due {
            return "it pays \(payout.amount), the platform pays \(due) of its loan"
        }
        if payout.number < 1 { return "its tries count from 1, not from \(payout.number)" }
        // A loan that was paid out may have been undone since, or its shares be transferred.
        let undone: Set<LoanState> =
            held.state == .disbursed ? [.cancelled, .payoutFailed, .transferring] : []
        if loanState == held.state.ofLoan || undone.contains(loanState) { return nil }
        return "it is \(held.state.rawValue), and its loan \(loanState.rawValue)"
    }

    /// What the shares of its loan contradict.
    fileprivate func fault(in requests: [HeldRequest], _ isTransferred: Bool) -> String? {
        // What was given up on the way went to others, and is on its own way back.
        let givenUp: Set<RequestState> = [
            .refused, .reversing, .reversed, .reversalInDoubt, .reversalRefused,
        ]
        let allowed: Set<RequestState>
        switch held.state {
        case .disbursed where isTransferred: return nil
        case .disbursed: allowed = givenUp.union([.confirmed, .returned])
        case .abandoned: allowed = givenUp
        default: allowed = givenUp.union([.accepted])
        }
        guard let odd = requests.first(where: { !allowed.contains($0.state) }) else { return nil }
        return "it is \(held.state.rawValue), and request \(odd.request.key) is "
            + odd.state.rawValue
    }
}
