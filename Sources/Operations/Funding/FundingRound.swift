import LendingRules

/// What one run of funding has learned so far: how often it asked, and when asking again helps.
struct FundingRound {
    let partners: [PartyID: Partner]
    var report = FundingReport()
    private var calls: [String: Int] = [:]
    /// Keys a partner did not know, with the wall time from which that is proof.
    private var proofDue: [String: Int64] = [:]

    init(partners: [PartyID: Partner]) { self.partners = partners }

    /// Each key is asked about at most `askLimit` times a run, and not again before a `never
    /// seen` can be proof.
    func mayAsk(_ request: HeldRequest, now: Int64) -> Bool {
        let limit = partners[request.request.party]?.askLimit ?? 3
        if calls[request.request.key, default: 0] >= limit { return false }
        return proofDue[request.request.key].map { $0 <= now } ?? true
    }

    /// Microseconds until the earliest proof, or nil when waiting changes nothing.
    func wait(now: Int64, limits: Fund.Limits) -> Int64? {
        guard let earliest = proofDue.values.min() else { return nil }
        let wait = max(1, earliest - now)
        return wait <= limits.patienceSeconds * 1_000_000 ? wait : nil
    }

    /// The state that an answer leads to.
    mutating func result(of answer: PartnerAnswer, for held: HeldRequest, now: Int64)
        -> RequestResult
    {
        let key = held.request.key
        calls[key, default: 0] += 1
        proofDue[key] = nil
        switch answer {
        case .accepted(let reference, _):
            return moved(held, .answeredAccepted, reference: reference)
        case .pending:
            return moved(held, .answeredPending)
        case .refused(let code, let reason):
            return moved(held, .answeredRefused, code: code, reason: reason)
        case .reversed:
            return moved(held, .answeredReversed)
        case .reversalRefused(let reason):
            return moved(held, .answeredReversalRefused, reason: reason)
        case .notSent(let evidence):
            return moved(held, .notSent, evidence: evidence.text)
        case .unknown(let evidence):
            return moved(held, .noTrustworthyAnswer, evidence: evidence.text)
        case .neverSeen(let evidence):
            return neverSeen(held, evidence, now: now)
        }
    }

    /// `Never seen` is proof only when it comes later than the partner's settling time.
    private mutating func neverSeen(
        _ held: HeldRequest, _ evidence: PartnerAnswer.Evidence, now: Int64
    ) -> RequestResult {
        let settle = Int64(partners[held.request.party]?.settleSeconds ?? 0) * 1_000_000
        let proofAt = held.lastAttemptAt + settle
        if now >= proofAt { return moved(held, .provenUnseen, evidence: evidence.text) }
        proofDue[held.request.key] = proofAt
        calls[held.request.key, default: 1] -= 1
        return moved(held, .noTrustworthyAnswer, evidence: evidence.text)
    }

    /// An answer that the lifecycle has no place for leaves the request as it is.
    private func moved(
        _ held: HeldRequest, _ event: RequestEvent, reference: String = "", code: String = "",
        reason: String = "", evidence: String = ""
    ) -> RequestResult {
        let state = (try? held.state.after(event)) ?? held.state
        return RequestResult(
            held: held, state: state, reference: reference, reasonCode: code, reason: reason,
            evidence: evidence)
    }

    /// Counts results; true when any request has moved on.
    mutating func note(_ results: [RequestResult]) -> Bool {
        var hasMoved = false
        for result in results {
            let wasDoubtful = result.held.state != .sent && result.held.state.isDoubtful
            switch result.state {
            case .accepted: report.accepted += 1
            case .refused: report.refused += 1
            case .reversed: report.reversed += 1
            default: break
            }
            if wasDoubtful && !result.state.isDoubtful { report.doubtsResolved += 1 }
            if result.held.state == .sent { report.sent += 1 }
            if result.state != result.held.state && !isStuck(result) { hasMoved = true }
        }
        return hasMoved
    }

    /// A request that never left is tried again, but only so often a run.
    private func isStuck(_ result: RequestResult) -> Bool {
        let limit = partners[result.held.request.party]?.askLimit ?? 3
        return result.state == .planned && calls[result.held.request.key, default: 0] >= limit
    }
}
