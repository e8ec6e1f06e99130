import LendingRules

/// One bank's batch on its way back to the run.
private struct SentBatch: Sendable {
    /// Nil for whoever is not in the catalogue.
    let party: PartyID?
    let claimed: [HeldRequest]
    /// Empty when the bank is down.
    let answers: [Exchanged<HeldRequest, PartnerAnswer>]
}

/// What has been going on beside the run.
private enum SendingStep: Sendable {
    case batch(SentBatch)
    case paidOut(PaidOut)
}

private typealias NextStep = @Sendable () async throws -> SendingStep

/// When to look which loans are complete while banks still work: when one has nothing left to do,
/// and otherwise whenever as many requests were answered as at all looks before, so that looking
/// stays cheap however many there are.
private struct Looks {
    private var answered = 0
    private var before = 2_000

    mutating func isDue(after count: Int) -> Bool {
        answered += count
        guard answered > 0, count == 0 || answered >= before else { return false }
        before += answered
        answered = 0
        return true
    }
}

/// What is going on beside the run, and the fault that ends it.
private struct Sending {
    /// Banks that may have more to do.
    var working: Int
    var hasSent = false
    var isPaying = false
    var looks = Looks()
    /// What is under way is heard to its end all the same: an answer is too dear to drop.
    var fault: (any Error)?
}

extension Fund {
    /// Sends everything that is planned, each bank at its own pace; true when anything was claimed.
    ///
    /// Loans are concluded and paid out as soon as their own banks have answered, however long
    /// another bank takes.
    func send(_ round: inout FundingRound) async throws -> Bool {
        var hasSent = try await sendSideBySide(&round)
        // Requests to parties that the configuration no longer knows.
        while true {
            let batch = try await batch(of: nil, down: round.report.down)
            if batch.claimed.isEmpty { return hasSent }
            try await take(batch, &round)
            hasSent = true
        }
    }

    private func sendSideBySide(_ round: inout FundingRound) async throws -> Bool {
        var sending = Sending(working: partners.count)
        await withTaskGroup(of: Result<SendingStep, any Error>.self) { group in
            func begin(_ step: @escaping NextStep) {
                group.addTask {
                    do { return .success(try await step()) } catch { return .failure(error) }
                }
            }
            for party in partners.keys.sorted() {
                begin { .batch(try await batch(of: party, down: [])) }
            }
            while let step = await group.next() {
                do {
                    for next in try await take(try step.get(), &sending, &round) { begin(next) }
                } catch {
                    sending.fault = sending.fault ?? error
                }
            }
        }
        if let fault = sending.fault { throw fault }
        return sending.hasSent
    }

    /// Takes in what has come back and tells what goes on because of it.
    private func take(
        _ step: SendingStep, _ sending: inout Sending, _ round: inout FundingRound
    ) async throws -> [NextStep] {
        guard case .batch(let batch) = step else {
            if case .paidOut(let paid) = step { round.take(paid) }
            sending.isPaying = false
            return []
        }
        var next: [NextStep] = []
        if batch.claimed.isEmpty {
            sending.working -= 1
        } else {
            sending.hasSent = true
            try await take(batch, &round)
            let down = round.report.down
            next.append { .batch(try await self.batch(of: batch.party, down: down)) }
        }
        if sending.fault != nil { return [] }
        guard sending.working > 0, sending.looks.isDue(after: batch.claimed.count),
            try await desk.conclude(&round.report), let payingOut, !sending.isPaying
        else { return next }
        sending.isPaying = true
        let payouts = round.payouts
        return next + [{ .paidOut(try await payOut(payingOut, payouts)) }]
    }

    /// Claims what is planned for a bank, as much as a batch holds, and sends it.
    private func batch(of party: PartyID?, down: [PartyID]) async throws -> SentBatch {
        let now = surroundings.now()
        let claimed = try await outbox.claim(
            of: party, limit: limits.batch, worker: limits.worker,
            leaseUntil: now + limits.leaseSeconds * 1_000_000, now: now)
        if claimed.isEmpty { return SentBatch(party: party, claimed: [], answers: []) }
        surroundings.crashPoint(.fundingAfterClaim)
        let answers = await sent(claimed.filter { !down.contains($0.request.party) })
        surroundings.crashPoint(.fundingAfterSending)
        return SentBatch(party: party, claimed: claimed, answers: answers)
    }

    private func take(_ batch: SentBatch, _ round: inout FundingRound) async throws {
        let tried = Set(batch.answers.map(\.held.request.key))
        round.setAside(batch.claimed.filter { !tried.contains($0.request.key) })
        round.noteDown(batch.answers)
        round.report.sent += batch.answers.count { !$0.answer.hasNotLeft }
        _ = try await store(batch.answers, in: &round)
    }

    /// The last answer to each request; one that never left is tried up to `askLimit` times.
    private func sent(_ claimed: [HeldRequest]) async -> [Exchanged<HeldRequest, PartnerAnswer>] {
        var answered: [Exchanged<HeldRequest, PartnerAnswer>] = []
        var waiting = claimed
        var tries = 0
        while !waiting.isEmpty {
            tries += 1
            let answers = await exchanges.all(waiting, "requests", to: \.request.party) {
                [banks, limits] in
                limits.holdsSeat() ? await banks.send($0) : .notSent(limits.lostSeat)
            }
            let again = answers.filter {
                $0.answer.hasNotLeft && tries < partners[$0.held.request.party]?.askLimit ?? 3
            }
            waiting = again.map(\.held)
            let keys = Set(waiting.map(\.request.key))
            answered += answers.filter { !keys.contains($0.held.request.key) }
        }
        return answered
    }
}
