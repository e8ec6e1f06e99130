import LendingRules

/// What has been going on beside the run.
private enum SendingStep: Sendable {
    case claimed(lane: Int, [HeldRequest], asked: Int)
    case answered(
        lane: Int, [FundingLane.Waiting], [Exchanged<HeldRequest, PartnerAnswer>])
    case rested(lane: Int)
    case stored([RequestResult])
    case concluded(FundingReport, hasConcluded: Bool)
    case paidOut(PaidOut)
}

private typealias NextStep = @Sendable () async throws -> SendingStep

/// A step that failed, and which it was.
private struct FailedStep: Error {
    let cause: any Error
    /// Whose claim could not be made.
    var claimingLane: Int?
    var isStoring = false
}

/// Everything under way, and the fault that ends it.
private struct Sending {
    var lanes: [FundingLane]
    /// Those that have nothing left to do.
    var done: Set<Int> = []
    var hasSent = false
    /// Last answers that are not stored: while some are written, the next ones gather.
    var answered: [Exchanged<HeldRequest, PartnerAnswer>] = []
    var isStoring = false
    /// Loans with stored answers that nobody has looked at since.
    var heard: Set<LoanID> = []
    /// A bank has nothing left to do: its loans are looked at once its answers are stored.
    var isLookDue = false
    var isConcluding = false
    /// Loans were concluded since the last look at what is to be paid out.
    var isPaymentDue = false
    var isPaying = false
    /// For people: requests claimed and answered.
    var claimed = 0
    var finished = 0
    /// What is under way is heard to its end all the same: an answer is too dear to drop.
    var fault: (any Error)?

    /// Banks went down, or something went wrong, or more was claimed since: what waits in vain is
    /// to be set aside.
    var isAsideDue = false

    var isDone: Bool { lanes.allSatisfy(\.isDone) }

    /// Every answer that has come is stored, and its loan was looked at since.
    var hasNothingToLookAt: Bool {
        heard.isEmpty && answered.isEmpty && !isStoring && !isConcluding
    }
}

extension Fund {
    /// Sends everything that is planned, each bank at its own pace; true when anything was claimed.
    ///
    /// Claiming, storing and concluding go on while requests are under way. Loans are concluded and
    /// paid out as soon as their own banks have answered, however long another bank takes.
    func send(_ round: inout FundingRound) async throws -> Bool {
        let known = partners.keys.filter { !round.report.down.contains($0) }
        let hasSent = try await send(through: lanes(to: known), &round)
        // Requests to parties that the configuration no longer knows.
        let others = try await outbox.planned().keys.filter {
            partners[$0] == nil && !round.report.down.contains($0)
        }
        let hasSentMore = try await send(through: lanes(to: others), &round)
        return hasSent || hasSentMore
    }

    private func lanes(to parties: [PartyID]) -> [FundingLane] {
        let places = exchanges.places
        return parties.sorted().map {
            FundingLane(
                party: $0, places: places($0), lines: partners[$0]?.batch ?? 1, tries: tries)
        }
    }

    private var tries: @Sendable (HeldRequest) -> Int {
        let limits = partners.mapValues(\.askLimit)
        return { limits[$0.request.party] ?? 3 }
    }

    private func send(through lanes: [FundingLane], _ round: inout FundingRound) async throws
        -> Bool
    {
        var sending = Sending(lanes: lanes)
        await withTaskGroup(of: Result<SendingStep, FailedStep>.self) { group in
            func begin(_ steps: [NextStep]) {
                for step in steps {
                    group.addTask {
                        do { return .success(try await step()) } catch {
                            return .failure(
                                error as? FailedStep ?? FailedStep(cause: error))
                        }
                    }
                }
            }
            begin(nextSteps(&sending, &round))
            while let step = await group.next() {
                switch step {
                case .success(let step): take(step, &sending, &round)
                case .failure(let failed): take(failed, &sending)
                }
                begin(nextSteps(&sending, &round))
            }
        }
        if let fault = sending.fault { throw fault }
        return sending.hasSent
    }

    private func take(
        _ step: SendingStep, _ sending: inout Sending, _ round: inout FundingRound
    ) {
        switch step {
        case .claimed(let lane, let claimed, let asked):
            let due = claimed.filter { partners.keepsKey(of: $0, on: round.openDate) }
            if due.count < claimed.count {
                let sendable = Set(due.map(\.request.key))
                round.setAsideExpired(claimed.filter { !sendable.contains($0.request.key) })
            }
            sending.lanes[lane].take(due, isLast: claimed.count < asked)
            sending.isAsideDue = true
            sending.hasSent = sending.hasSent || !claimed.isEmpty
            sending.claimed += claimed.count
        case .answered(let lane, let call, let answers):
            let outcome = sending.lanes[lane].take(answers, to: call)
            round.noteDown(outcome.down)
            let hasMore = !round.report.down.isEmpty && sending.lanes[lane].hasResting
            sending.isAsideDue = sending.isAsideDue || !outcome.down.isEmpty || hasMore
            round.report.sent += outcome.last.count { !$0.answer.hasNotLeft }
            sending.answered += outcome.last
            sending.finished += outcome.last.count
            surroundings.progress(
                WorkDone("requests answered", sending.finished, of: sending.claimed))
        case .rested(let lane): sending.lanes[lane].endRest()
        case .stored(let stored):
            sending.isStoring = false
            round.note(stored)
            for result in stored where !result.state.isDoubtful && result.state != .planned {
                sending.heard.insert(result.held.request.loan)
            }
        case .concluded(let report, let hasConcluded):
            sending.isConcluding = false
            round.report.take(report)
            sending.isPaymentDue = sending.isPaymentDue || hasConcluded
        case .paidOut(let paid):
            sending.isPaying = false
            round.take(paid)
        }
    }

    private func take(_ failed: FailedStep, _ sending: inout Sending) {
        sending.fault = sending.fault ?? failed.cause
        sending.isAsideDue = true
        if let lane = failed.claimingLane { sending.lanes[lane].endClaim() }
        if failed.isStoring { sending.isStoring = false }
    }

    /// Whatever can begin now.
    private func nextSteps(_ sending: inout Sending, _ round: inout FundingRound) -> [NextStep] {
        var steps: [NextStep] = []
        if sending.isAsideDue { setAside(&sending, &round) }
        for lane in sending.lanes.indices {
            if sending.fault == nil { steps += calls(lane, &sending) }
            if sending.lanes[lane].isDone, sending.done.insert(lane).inserted,
                sending.lanes[lane].hasClaimed
            {
                sending.isLookDue = true
            }
        }
        if let step = storing(&sending, &round) { steps.append(step) }
        guard sending.fault == nil else { return steps }
        if let step = concluding(&sending) { steps.append(step) }
        if let step = paying(&sending, round) { steps.append(step) }
        return steps
    }

    /// Nothing more leaves for a bank that is down, or once something has gone wrong.
    private func setAside(_ sending: inout Sending, _ round: inout FundingRound) {
        sending.isAsideDue = false
        let hasFault = sending.fault != nil
        let down = round.report.down
        if !hasFault && down.isEmpty { return }
        for lane in sending.lanes.indices {
            if down.contains(sending.lanes[lane].party) { sending.lanes[lane].stop() }
            round.setAside(
                sending.lanes[lane].setAside { hasFault || down.contains($0.request.party) })
        }
    }
}

// Each step as it begins.
extension Fund {
    private func calls(_ lane: Int, _ sending: inout Sending) -> [NextStep] {
        var steps: [NextStep] = []
        // Answers that nobody stores must not pile up.
        if sending.answered.count > 8 * limits.batch { return [] }
        if let count = sending.lanes[lane].beginClaim(limits.batch) {
            steps.append(claim(count, lane, sending.lanes[lane].party))
        }
        if let tries = sending.lanes[lane].beginRest() {
            steps.append { [limits] in
                await limits.pause(limits.rest(after: tries))
                return .rested(lane: lane)
            }
        }
        while case let call = sending.lanes[lane].nextCall(), !call.isEmpty {
            steps.append { [self] in
                .answered(lane: lane, call, await sent(call.map(\.held)))
            }
        }
        return steps
    }

    private func claim(_ count: Int, _ lane: Int, _ party: PartyID) -> NextStep {
        { [outbox, limits, surroundings] in
            let now = surroundings.now()
            do {
                let claimed = try await outbox.claim(
                    of: party, limit: count, worker: limits.worker,
                    leaseUntil: now + limits.leaseSeconds * 1_000_000, now: now)
                if !claimed.isEmpty { surroundings.crashPoint(.fundingAfterClaim) }
                return .claimed(lane: lane, claimed, asked: count)
            } catch {
                throw FailedStep(cause: error, claimingLane: lane)
            }
        }
    }

    /// One call, unless the claims are another's by now.
    private func sent(_ held: [HeldRequest]) async -> [Exchanged<HeldRequest, PartnerAnswer>] {
        let startedAt = surroundings.now()
        var answers: [PartnerAnswer]
        if !limits.holdsSeat() {
            answers = held.map { _ in .notSent(limits.lostSeat) }
        } else if held.count == 1 {
            answers = [await banks.send(held[0])]
        } else {
            answers = await banks.send(held)
        }
        return zip(held, answers).map {
            Exchanged(held: $0, answer: $1, startedAt: startedAt)
        }
    }

    /// Everything that was answered while the last ones were written, in one transaction.
    private func storing(_ sending: inout Sending, _ round: inout FundingRound) -> NextStep? {
        guard !sending.isStoring, !sending.answered.isEmpty else { return nil }
        let results = round.keepUnsent(sending.answered.map { round.result(of: $0) })
        sending.answered = []
        if results.isEmpty { return nil }
        sending.isStoring = true
        return { [outbox, surroundings] in
            surroundings.crashPoint(.fundingAfterSending)
            do {
                let stored = try await outbox.store(results, now: surroundings.now())
                surroundings.crashPoint(.fundingAfterStoring)
                return .stored(stored)
            } catch {
                throw FailedStep(cause: error, isStoring: true)
            }
        }
    }

    /// Looks which loans are complete while banks still work: when there are many, and when one of
    /// the banks has nothing left to do.
    private func concluding(_ sending: inout Sending) -> NextStep? {
        guard !sending.isConcluding, !sending.heard.isEmpty else {
            if sending.hasNothingToLookAt { sending.isLookDue = false }
            return nil
        }
        let isLook = sending.isLookDue && sending.answered.isEmpty && !sending.isStoring
        guard isLook && !sending.isDone || sending.heard.count >= FundingDesk.page else {
            return nil
        }
        if isLook { sending.isLookDue = false }
        let loans = sending.heard.sorted()
        sending.heard = []
        sending.isConcluding = true
        return { [desk] in
            var report = FundingReport()
            let hasConcluded = try await desk.conclude(&report, among: loans)
            return .concluded(report, hasConcluded: hasConcluded)
        }
    }

    /// Loans are paid out beside everything else.
    private func paying(_ sending: inout Sending, _ round: FundingRound) -> NextStep? {
        guard sending.isPaymentDue, !sending.isPaying, let payingOut else { return nil }
        sending.isPaymentDue = false
        sending.isPaying = true
        let payouts = round.payouts
        return { [self] in .paidOut(try await payOut(payingOut, payouts)) }
    }
}
