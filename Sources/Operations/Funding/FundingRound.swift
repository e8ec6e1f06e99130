import BusinessCalendar
import LendingRules
import Monetary

/// What one run of funding has learned so far: how often it asked, and when asking again helps.
struct FundingRound {
    let partners: [PartyID: Partner]
    /// The date that was open when the run began.
    let openDate: BusinessDate
    var report = FundingReport()
    /// Requests that never left; they stay claimed until the run ends.
    var unsent: [RequestResult] = []
    /// Keys of those among them that may not be sent any more.
    private(set) var expired: Set<String> = []
    /// Questions asked and reversals demanded, each counted on its own.
    private var questions = Questions()
    var payouts: PayoutRound

    init(partners: [PartyID: Partner], payouts: PayoutTerms?, on openDate: BusinessDate) {
        self.partners = partners
        self.openDate = openDate
        self.payouts = PayoutRound(terms: payouts ?? PayoutTerms())
    }

    /// How often a run sends a request that does not leave, and how often it asks about one.
    func limit(of request: HeldRequest) -> Int { partners[request.request.party]?.askLimit ?? 3 }

    /// Each key is asked about at most `askLimit` times a run.
    func mayAsk(_ request: HeldRequest, now: Int64) -> Bool {
        questions.mayAsk(
            request.call, about: request.request.key, limit: limit(of: request), now: now)
    }

    /// Nobody waits for proof about a request that another worker has settled.
    mutating func forget(allBut unsettled: [HeldRequest]) {
        questions.forget(allBut: unsettled.map(\.request.key))
    }

    /// What was given up is reversed: no proof is waited for before.
    mutating func noteGivenUp(_ results: [RequestResult]) {
        report.givenUp += results.count
        for result in results { questions.note(result.held.request.key, call: nil) }
    }

    /// Microseconds until the earliest proof, or nil when waiting changes nothing.
    func wait(now: Int64, limits: Fund.Limits) -> Int64? {
        let proofs = [questions.earliestProof, payouts.earliestProof].compactMap(\.self)
        guard let earliest = proofs.min() else { return nil }
        let wait = max(1, earliest - now)
        return wait <= limits.patienceSeconds * 1_000_000 ? wait : nil
    }

    /// The state that an answer leads to.
    mutating func result(of exchanged: Exchanged<HeldRequest, PartnerAnswer>)
        -> RequestResult
    {
        let held = exchanged.held
        questions.note(held.request.key, call: held.state == .sent ? nil : held.call)
        switch exchanged.answer {
        case .accepted(let reference, _):
            return accepted(held, held.request.amount, reference)
        case .acceptedPart(let amount, let reference, _):
            return accepted(held, amount, reference)
        case .pending:
            return moved(held, .answeredPending)
        case .refused(let code, let reason):
            return moved(held, .answeredRefused, code: code, reason: reason)
        case .reversed(let isTombstone):
            return reversed(held, isTombstone: isTombstone)
        case .reversalRefused(let reason):
            return moved(held, .answeredReversalRefused, reason: reason)
        case .notSent(let evidence):
            return moved(held, .notSent, evidence: evidence.text)
        case .unknown(let evidence):
            return moved(held, .noTrustworthyAnswer, evidence: evidence.text)
        case .neverSeen(let evidence):
            return neverSeen(held, evidence, askedAt: exchanged.startedAt)
        }
    }

    /// Another amount than the lender can have accepted settles nothing.
    private func accepted(_ held: HeldRequest, _ amount: Int64, _ reference: String)
        -> RequestResult
    {
        let money = Money(minorUnits: amount, currency: held.request.currency)
        guard held.admits(money) else {
            return moved(held, .noTrustworthyAnswer, evidence: "it is about \(money)")
        }
        return moved(
            held, .answeredAccepted, reference: reference,
            heldAmount: amount == held.heldAmount ? nil : amount)
    }

    /// `Never seen` is proof only when the question was asked after the partner's settling time,
    /// counted from the end of the last attempt, and never as an answer to the request itself.
    private mutating func neverSeen(
        _ held: HeldRequest, _ evidence: PartnerAnswer.Evidence, askedAt: Int64
    ) -> RequestResult {
        if held.state == .sent {
            return moved(held, .noTrustworthyAnswer, evidence: evidence.text)
        }
        let isProof =
            partners.keepsKey(of: held, on: openDate)
            && questions.isProof(
                held.request.key, call: held.call, askedAt: askedAt,
                lastAttemptAt: held.lastAttemptAt,
                settleSeconds: partners[held.request.party]?.settleSeconds ?? 0)
        return moved(
            held, isProof ? .provenUnseen : .noTrustworthyAnswer, evidence: evidence.text)
    }

    /// Once the partner has dropped the key, a tombstone says nothing about what it holds under it.
    private func reversed(_ held: HeldRequest, isTombstone: Bool) -> RequestResult {
        if isTombstone, !partners.keepsKey(of: held, on: openDate) {
            return moved(
                held, .noTrustworthyAnswer,
                evidence: "\(held.request.party) has dropped the key, so that its reversal of an "
                    + "unknown one proves nothing; find out what it holds, then `fund resolve`")
        }
        return moved(held, .answeredReversed)
    }

    /// An answer that the lifecycle has no place for leaves the request as it is; one just sent
    /// is in doubt then. What it was is kept as evidence.
    private func moved(
        _ held: HeldRequest, _ event: RequestEvent, reference: String = "", code: String = "",
        reason: String = "", evidence: String = "", heldAmount: Int64? = nil
    ) -> RequestResult {
        let unchanged = held.state == .sent ? .inDoubt : held.state
        guard let state = try? held.state.after(event) else {
            let unfit = "'\(event)' does not go with a request that is \(held.state.rawValue)"
            return RequestResult(
                held: held, state: unchanged, evidence: evidence.isEmpty ? unfit : evidence)
        }
        return RequestResult(
            held: held, state: state, reference: reference, reasonCode: code, reason: reason,
            evidence: evidence, heldAmount: state == .accepted ? heldAmount : nil)
    }

    /// Sets aside what never left; the rest is to be stored now.
    mutating func keepUnsent(_ results: [RequestResult]) -> [RequestResult] {
        unsent += results.filter { $0.isUnsent }
        return results.filter { !$0.isUnsent }
    }

    /// Sets aside what was claimed under keys that their banks have dropped, for people to see to.
    mutating func setAsideExpired(_ claimed: [HeldRequest]) {
        for held in claimed {
            let key = held.request.key
            expired.insert(key)
            let end = partners[held.request.party]?.deadlines
                .keyEnds(plannedOn: held.request.valueDate)
            unsent.append(
                moved(
                    held, .notSent,
                    evidence: "its key window ended on \(end ?? openDate): "
                        + "`colend fund resolve \(key) --outcome not-funded`"))
        }
    }

    /// Sets aside what was claimed for a bank that is down, without a try.
    mutating func setAside(_ claimed: [HeldRequest]) {
        unsent += claimed.map { moved($0, .notSent) }
    }

    /// Takes in what happened to payouts meanwhile.
    mutating func take(_ paid: PaidOut) {
        payouts = paid.round
        report.disbursed += paid.report.disbursed
    }

    /// A bank that not one request of a claim has left for is down until the run ends, so that
    /// its time to connect is not waited for again and again.
    mutating func noteDown(_ banks: [PartyID]) {
        if banks.isEmpty { return }
        report.down = Set(report.down + banks).sorted()
    }

    /// Counts results that the store has taken.
    mutating func note(_ results: [RequestResult]) {
        for result in results {
            switch result.state {
            case .accepted: report.accepted += 1
            case .refused: report.refused += 1
            case .reversed: report.reversed += 1
            default: break
            }
            if result.isDoubtResolved { report.doubtsResolved += 1 }
        }
    }
}

extension [PartyID: Partner] {
    /// Whether a request's partner still keeps its key: one it has forgotten is never sent.
    func keepsKey(of held: HeldRequest, on date: BusinessDate) -> Bool {
        self[held.request.party]?.deadlines.keyHolds(
            plannedOn: held.request.valueDate, on: date) ?? true
    }
}

extension HeldRequest {
    /// What is counted: questions about the key, and demands to reverse it, each on its own.
    fileprivate var call: String { (state.isReversal ? "reverse " : "ask ") + request.key }
}

extension RequestResult {
    /// It was claimed, and no byte left.
    fileprivate var isUnsent: Bool { held.state == .sent && state == .planned }

    /// The partner's word ended a doubt; that nothing was sent this time ends none.
    fileprivate var isDoubtResolved: Bool {
        held.state != .sent && held.state.isDoubtful && !state.isDoubtful && !state.isReversal
    }
}
