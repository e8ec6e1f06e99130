package import LendingRules

/// Pushes what is due, resolves what is in doubt and concludes what is answered.
///
/// Every step is durable before the next begins: a claim is committed before its first byte
/// leaves, a result before anything is concluded from it. Run again after a kill, it goes on.
package struct Fund: Sendable {
    let outbox: any FundingOutbox
    let banks: any PartnerBanks
    let desk: FundingDesk
    /// Nil where a loan is disbursed as soon as its shares are accepted.
    let payingOut: PayingOut?
    /// Nil where no agreement transfers shares after the payout.
    let transfers: TransferDesk?
    /// Nil where nobody keeps breaks.
    let claims: FundingClaims?
    let partners: [PartyID: Partner]
    let surroundings: Surroundings
    let limits: Limits

    /// Bounds of one run.
    package struct Limits: Sendable {
        /// Names the claims of this process.
        package var worker: String
        /// Requests to one bank claimed, and payouts sent, at a time.
        package var batch = 1_000
        /// Requests to one bank on the wire at a time, whatever its own settings allow.
        package var inFlight = 4_096
        /// Seconds after which another worker may take a claim over.
        package var leaseSeconds: Int64 = 120
        /// Longest wait for a partner's settling time.
        package var patienceSeconds: Int64 = 30
        /// Microseconds before what did not leave is tried a second time, twice as many before
        /// each further try: a line that fails fails again in the same moment.
        package var restMicroseconds: Int64 = 250_000
        /// Whether the claims of this process are its own still; asked before each is sent. Who
        /// has taken them over asks about them, so that what left later would be sent twice.
        package var holdsSeat: @Sendable () -> Bool = { true }
        /// Whether banks are told to take back what is given up. Without it a late acceptance stays
        /// with its bank while another is asked: only for a harness that must notice.
        package var reversesGivenUp = true
        /// Waits that many microseconds.
        package var pause: @Sendable (Int64) async -> Void

        package init(worker: String, pause: @escaping @Sendable (Int64) async -> Void) {
            self.worker = worker
            self.pause = pause
        }

        /// Up to sixteen times the first rest.
        func rest(after tries: Int) -> Int64 { restMicroseconds << Int64(min(tries - 1, 4)) }
    }

    package init(
        outbox: any FundingOutbox, cases: any FundingCases, banks: any PartnerBanks,
        snapshots: any TermsSnapshots, catalogue: Catalogue, surroundings: Surroundings,
        limits: Limits, payingOut: PayingOut? = nil, claims: (any FundingClaimStore)? = nil,
        transfers: (any TransferCases)? = nil
    ) {
        self.outbox = outbox
        self.banks = banks
        self.payingOut = payingOut
        self.surroundings = surroundings
        self.limits = limits
        desk = FundingDesk(
            cases: cases, snapshots: snapshots, catalogue: catalogue,
            paysThroughChannel: payingOut != nil, surroundings: surroundings)
        self.transfers = transfers.map {
            TransferDesk(
                cases: $0, snapshots: snapshots, catalogue: catalogue, surroundings: surroundings)
        }
        self.claims = claims.map {
            FundingClaims(
                store: $0, cases: cases, severities: catalogue.breakRules.severities,
                surroundings: surroundings)
        }
        partners = Dictionary(
            catalogue.partners.map { ($0.party, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Works until nothing more can be done now.
    package func run() async throws -> FundingReport {
        var round = try await begin()
        do {
            try await work(&round)
        } catch {
            // The fault that ended the run is the one to tell; what stays claimed is asked about.
            _ = try? await outbox.store(round.unsent, now: surroundings.now())
            _ = try? await payingOut?.outbox.store(
                round.payouts.unsent, now: surroundings.now())
            throw error
        }
        var report = try await end(round)
        if !report.down.isEmpty {
            let planned = try await outbox.planned()
            report.waiting = planned.filter { report.down.contains($0.key) }
        }
        return report
    }

    private func work(_ round: inout FundingRound) async throws {
        // Before anything is sent, so that what could not be sent is seen as it stands.
        _ = try await transfers?.conclude(&round.report)
        while true {
            let asked = try await resolve(&round)
            let moved =
                try await transfers?.conclude(&round.report, answeredOnly: true) ?? false
            let sent = try await send(&round)
            let concluded = try await desk.conclude(&round.report)
            let paid = try await payOut(&round)
            if asked || moved || sent || concluded || paid { continue }
            if try await waited(round) { continue }
            if try await giveUp(&round) { continue }
            guard try await endTransfers(&round) else { return }
        }
    }

    /// Asks about what is in doubt, each key up to its partner's `askLimit` times.
    ///
    /// A close calls this alone: it sends nothing new.
    package func askAll() async throws -> FundingReport {
        var round = try await begin()
        while true {
            let asked = try await resolve(&round)
            let askedChannel = try await askChannel(&round)
            if asked || askedChannel { continue }
            guard try await waited(round) else { break }
        }
        return try await end(round)
    }

    private func begin() async throws -> FundingRound {
        var round = FundingRound(
            partners: partners, payouts: payingOut?.terms, on: try await desk.cases.openDate())
        if let payingOut {
            round.payouts.report.takenOver = try await payingOut.outbox.takeOver(
                worker: limits.worker, now: surroundings.now())
        }
        round.report.takenOver = try await outbox.takeOver(
            worker: limits.worker, now: surroundings.now())
        return round
    }

    /// What never left stays claimed until here, so that it keeps nothing else from being sent.
    private func end(_ round: FundingRound) async throws -> FundingReport {
        try await outbox.store(round.unsent, now: surroundings.now())
        var report = round.report
        report.unpayable.sort { $0.loan < $1.loan }
        let refused = try await outbox.refusedReversals()
        let settled = try await claims?.keep(refused) ?? []
        let open =
            try await outbox.unsettled() + refused.filter { !settled.contains($0.request.key) }
        let unsent = round.unsent.map {
            OpenRequest($0, isExpired: round.expired.contains($0.held.request.key))
        }
        report.open = (open.map { OpenRequest($0) } + unsent).sorted { $0.key < $1.key }
        report.hasLostSeat = !limits.holdsSeat()
        // Nothing has left for want of a seat, whatever the banks are like.
        if report.hasLostSeat { report.down = [] }
        if let payingOut { report.payouts = try await end(payingOut, round.payouts) }
        return report
    }

    /// False when waiting changes nothing.
    private func waited(_ round: FundingRound) async throws -> Bool {
        guard let wait = round.wait(now: surroundings.now(), limits: limits) else { return false }
        await limits.pause(wait)
        try Task.checkCancellation()
        return true
    }

    /// True when asking changed something, or met silence and may be tried again.
    private func resolve(_ round: inout FundingRound) async throws -> Bool {
        let unsettled = try await outbox.unsettled()
        round.forget(allBut: unsettled)
        let due = unsettled.filter { round.mayAsk($0, now: surroundings.now()) }
        if due.isEmpty { return false }
        let answers = await exchanges.all(due, "requests", to: \.request.party) {
            [banks] request in
            request.state.isReversal
                ? await banks.reverse(request) : await banks.ask(request)
        }
        surroundings.crashPoint(.fundingAfterAsking)
        let hasMoved = try await store(answers, in: &round)
        let now = surroundings.now()
        return hasMoved
            || answers.contains { $0.answer.isSilence && round.mayAsk($0.held, now: now) }
    }

    func store(
        _ answers: [Exchanged<HeldRequest, PartnerAnswer>], in round: inout FundingRound
    ) async throws -> Bool {
        let settled = round.keepUnsent(answers.map { round.result(of: $0) })
        let stored = try await outbox.store(settled, now: surroundings.now())
        surroundings.crashPoint(.fundingAfterStoring)
        round.note(stored)
        return settled.contains { $0.state != $0.held.state }
    }

    var exchanges: Exchanges {
        let usual = Partner.usualInFlight
        let places = partners.mapValues(\.inFlight)
        let most = limits.inFlight
        return Exchanges(
            places: { party in min(most, party.flatMap { places[$0] } ?? usual) },
            surroundings: surroundings)
    }
}

extension Fund.Limits {
    /// Why a claim was not sent.
    var lostSeat: PartnerAnswer.Evidence { .init("\(worker) is no longer this process's seat") }
}

extension RequestState {
    /// The partner was or will be told to take the money back.
    package var isReversal: Bool { self == .reversing || self == .reversalInDoubt }
}
