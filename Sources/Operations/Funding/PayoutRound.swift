import BusinessCalendar
import LendingRules

/// What one run has learned of payouts so far.
struct PayoutRound {
    let terms: PayoutTerms
    var report = PayoutReport()
    /// Payouts that never left; they stay claimed until the run ends.
    private(set) var unsent: [PayoutResult] = []
    private var questions = Questions()

    init(terms: PayoutTerms) { self.terms = terms }

    func mayAsk(_ held: HeldPayout, now: Int64) -> Bool {
        let key = held.payout.key
        return questions.mayAsk(key, about: key, limit: terms.askLimit, now: now)
    }

    /// When the earliest proof of a payout never seen can be had.
    var earliestProof: Int64? { questions.earliestProof }

    /// Nobody waits for proof about a payout that another worker has settled.
    mutating func forget(allBut unsettled: [HeldPayout]) {
        questions.forget(allBut: unsettled.map(\.payout.key))
    }

    /// The state that an answer leads to.
    mutating func result(of exchanged: Exchanged<HeldPayout, PayoutAnswer>) -> PayoutResult {
        let held = exchanged.held
        let key = held.payout.key
        questions.note(key, call: held.state == .sent ? nil : key)
        switch exchanged.answer {
        case .paid(let reference, let date):
            return moved(held, .answeredPaid, on: date, reference: reference)
        case .failed(let reason, let date):
            return moved(held, .answeredFailed, on: date, reason: reason)
        case .notSent(let evidence):
            // A question that did not leave changes nothing.
            return moved(held, .notSent, evidence: evidence.text)
        case .unknown(let evidence):
            return moved(held, .noTrustworthyAnswer, evidence: evidence.text)
        case .neverSeen(let evidence):
            let isProof =
                held.state == .inDoubt
                && questions.isProof(
                    key, call: key, askedAt: exchanged.startedAt,
                    lastAttemptAt: held.lastAttemptAt, settleSeconds: terms.settleSeconds)
            return moved(
                held, isProof ? .provenUnseen : .noTrustworthyAnswer, evidence: evidence.text)
        }
    }

    /// An answer that the lifecycle has no place for leaves the payout as it is; one just sent is
    /// in doubt then.
    private func moved(
        _ held: HeldPayout, _ event: PayoutEvent, on date: BusinessDate? = nil,
        reference: String = "", reason: String = "", evidence: String = ""
    ) -> PayoutResult {
        let unchanged = held.state == .sent ? .inDoubt : held.state
        return PayoutResult(
            held: held, state: (try? held.state.after(event)) ?? unchanged, answeredOn: date,
            reference: reference, reason: reason, evidence: evidence)
    }

    /// Sets aside what never left; the rest is to be stored now.
    mutating func keepUnsent(_ results: [PayoutResult]) -> [PayoutResult] {
        unsent += results.filter(\.isUnsent)
        return results.filter { !$0.isUnsent }
    }

    /// What may be sent: nothing more to a channel that is down.
    mutating func reachable(_ claimed: [HeldPayout]) -> [HeldPayout] {
        guard report.isDown else { return claimed }
        unsent += claimed.map { moved($0, .notSent) }
        return []
    }

    /// A channel that not one payout of a batch has left for is down until the run ends.
    mutating func noteDown(_ answers: [Exchanged<HeldPayout, PayoutAnswer>]) {
        if !answers.isEmpty, answers.allSatisfy(\.answer.hasNotLeft) { report.isDown = true }
    }
}

extension PayoutResult {
    /// It was claimed, and no byte left.
    fileprivate var isUnsent: Bool { held.state == .sent && state == .planned }
}
