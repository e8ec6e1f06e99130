/// Pays loans out over the payment channel: the part of a funding run after every share is
/// accepted (RULES § 4).
///
/// A claim is committed before its first byte leaves, a result before anything is concluded from
/// it, and a taken-over claim is asked about, never sent again.
package struct PayingOut: Sendable {
    let outbox: any PayoutOutbox
    let cases: any PayoutCases
    let channel: any PaymentChannel
    let terms: PayoutTerms

    package init(
        outbox: any PayoutOutbox, cases: any PayoutCases, channel: any PaymentChannel,
        terms: PayoutTerms
    ) {
        self.outbox = outbox
        self.cases = cases
        self.channel = channel
        self.terms = terms
    }
}

/// One step of paying out, on its way back to the run.
struct PaidOut: Sendable {
    var round: PayoutRound
    /// Counts what was concluded in this step alone.
    var report = FundingReport()
    var hasMoved = false
}

extension Fund {
    /// One step of asking, concluding and sending; true when anything has moved.
    func payOut(_ round: inout FundingRound) async throws -> Bool {
        guard let payingOut else { return false }
        let paid = try await payOut(payingOut, round.payouts)
        round.take(paid)
        return paid.hasMoved
    }

    /// The same beside everything else: nothing but the payouts' own round is touched.
    func payOut(_ payingOut: PayingOut, _ round: PayoutRound) async throws -> PaidOut {
        var paid = PaidOut(round: round)
        let asked = try await resolve(payingOut, &paid.round)
        let concluded = try await payoutDesk(payingOut).conclude(&paid.report, &paid.round)
        let sent = try await send(payingOut, &paid.round)
        paid.hasMoved = asked || concluded || sent
        return paid
    }

    /// Asks about payouts in doubt, each up to `askLimit` times a run.
    func askChannel(_ round: inout FundingRound) async throws -> Bool {
        guard let payingOut else { return false }
        return try await resolve(payingOut, &round.payouts)
    }

    /// True when asking changed something, or met silence and may be tried again.
    private func resolve(_ payingOut: PayingOut, _ round: inout PayoutRound) async throws -> Bool {
        let unsettled = try await payingOut.outbox.unsettled()
        round.forget(allBut: unsettled)
        let due = unsettled.filter { round.mayAsk($0, now: surroundings.now()) }
        if due.isEmpty { return false }
        let channel = payingOut.channel
        let answers = await exchanges.all(due, "payouts", to: { _ in nil }) {
            await channel.ask($0.payout)
        }
        surroundings.crashPoint(.payoutAfterAsking)
        let hasMoved = try await store(answers, payingOut, &round)
        let now = surroundings.now()
        return hasMoved
            || answers.contains { $0.answer.isSilence && round.mayAsk($0.held, now: now) }
    }

    /// Sends everything that is planned, batch by batch; true when anything was claimed.
    private func send(_ payingOut: PayingOut, _ round: inout PayoutRound) async throws -> Bool {
        var hasSent = false
        while true {
            let now = surroundings.now()
            let claimed = try await payingOut.outbox.claim(
                limit: limits.batch, worker: limits.worker,
                leaseUntil: now + limits.leaseSeconds * 1_000_000, now: now)
            if claimed.isEmpty { return hasSent }
            hasSent = true
            surroundings.crashPoint(.payoutAfterClaim)
            let answers = await sent(round.reachable(claimed), payingOut)
            round.noteDown(answers)
            surroundings.crashPoint(.payoutAfterSending)
            round.report.sent += answers.count { !$0.answer.hasNotLeft }
            _ = try await store(answers, payingOut, &round)
        }
    }

    /// The last answer to each payout; one that never left is tried up to `askLimit` times.
    private func sent(_ claimed: [HeldPayout], _ payingOut: PayingOut) async
        -> [Exchanged<HeldPayout, PayoutAnswer>]
    {
        let channel = payingOut.channel
        var answered: [Exchanged<HeldPayout, PayoutAnswer>] = []
        var waiting = claimed
        var tries = 0
        while !waiting.isEmpty {
            if tries > 0 { await limits.pause(limits.rest(after: tries)) }
            tries += 1
            let answers = await exchanges.all(waiting, "payouts", to: { _ in nil }) { [limits] in
                limits.holdsSeat() ? await channel.pay($0.payout) : .notSent(limits.lostSeat)
            }
            let isLast = tries >= payingOut.terms.askLimit
            waiting = isLast ? [] : answers.filter(\.answer.hasNotLeft).map(\.held)
            answered += isLast ? answers : answers.filter { !$0.answer.hasNotLeft }
        }
        return answered
    }

    private func store(
        _ answers: [Exchanged<HeldPayout, PayoutAnswer>], _ payingOut: PayingOut,
        _ round: inout PayoutRound
    ) async throws -> Bool {
        let settled = round.keepUnsent(answers.map { round.result(of: $0) })
        let stored = try await payingOut.outbox.store(settled, now: surroundings.now())
        surroundings.crashPoint(.payoutAfterStoring)
        round.report.note(stored)
        return settled.contains { $0.state != $0.held.state }
    }

    private func payoutDesk(_ payingOut: PayingOut) -> PayoutDesk {
        PayoutDesk(
            cases: payingOut.cases, terms: payingOut.terms, snapshots: desk.snapshots,
            surroundings: surroundings)
    }

    /// What never left stays claimed until here, so that it keeps nothing else from being sent.
    func end(_ payingOut: PayingOut, _ round: PayoutRound) async throws -> PayoutReport {
        try await payingOut.outbox.store(round.unsent, now: surroundings.now())
        var report = round.report
        let inDoubt = try await payingOut.outbox.unsettled().map { OpenPayout($0) }
        let unsent = round.unsent.map { OpenPayout($0) }
        report.open = (inDoubt + unsent).sorted { $0.key < $1.key }
        return report
    }
}
