package import LendingRules

/// What one run of funding did, and what it left open.
package struct FundingReport: Hashable, Sendable {
    /// Requests put on the wire.
    package var sent = 0
    package var accepted = 0
    package var refused = 0
    package var reversed = 0
    /// Requests in doubt or pending that got a trustworthy answer.
    package var doubtsResolved = 0
    /// Claims of an earlier worker that became doubts.
    package var takenOver = 0
    /// Requests given up, since their partners' deadlines are over.
    package var givenUp = 0
    /// Shares, or parts of them, for which another bank was asked.
    package var rerouted = 0
    package var disbursed = 0
    package var declined = 0
    /// Those of `declined` that no lender's answer ended, and why they are not paid out.
    package var unpayable: [UnpayableLoan] = []
    /// Shares that moved to the platform's own book.
    package var takenByPlatform = 0
    /// Loans of which lenders took shares over after the payout.
    package var transferred = 0
    /// Shares, or parts of them, that stay with the originator who paid the loan out.
    package var keptByOriginator = 0
    /// Banks that nothing more was sent to in this run, since they could not be reached.
    package var down: [PartyID] = []
    /// Requests that are planned for them still, those in `open` among them.
    package var waiting: [PartyID: Int] = [:]
    /// The claims of this process were another's by the end: what is planned was not sent.
    package var hasLostSeat = false
    /// Requests still pending, in doubt, tried and never sent, or whose reversal was refused, in
    /// key order.
    package var open: [OpenRequest] = []
    /// What went over the payment channel.
    package var payouts = PayoutReport()

    package init() {}

    /// Nothing is in doubt, pending or unsent.
    package var isSettled: Bool { open.isEmpty && waiting.isEmpty && payouts.open.isEmpty }

    /// Adds the counts of a later run; what is open is as that run left it.
    package mutating func add(_ later: FundingReport) {
        sent += later.sent
        accepted += later.accepted
        refused += later.refused
        reversed += later.reversed
        doubtsResolved += later.doubtsResolved
        takenOver += later.takenOver
        givenUp += later.givenUp
        rerouted += later.rerouted
        disbursed += later.disbursed
        declined += later.declined
        unpayable += later.unpayable
        takenByPlatform += later.takenByPlatform
        transferred += later.transferred
        keptByOriginator += later.keptByOriginator
        down = later.down
        waiting = later.waiting
        hasLostSeat = later.hasLostSeat
        open = later.open
        payouts.add(later.payouts)
    }

    /// Counts what was concluded beside the run; what is open and who is down it cannot know.
    mutating func take(_ concluded: FundingReport) {
        let (down, open, payouts, hasLostSeat) = (down, open, payouts, hasLostSeat)
        add(concluded)
        (self.down, self.open, self.payouts) = (down, open, payouts)
        self.hasLostSeat = hasLostSeat
    }

    /// Counts what the store has concluded.
    mutating func note(_ outcome: FundingOutcome) {
        takenByPlatform += outcome.takenByPlatform
        if outcome.conclusion.disbursement == nil {
            rerouted += outcome.conclusion.asked.count
        } else {
            disbursed += 1
        }
        if outcome.conclusion.state == .declined { declined += 1 }
        if let reason = outcome.unpayable {
            unpayable.append(UnpayableLoan(loan: outcome.conclusion.loan, reason: reason))
        }
    }
}

/// A loan that was declined because no schedule exists for it any more, or because nobody may take
/// over what a lender refused.
package struct UnpayableLoan: Hashable, Sendable {
    package let loan: LoanID
    package let reason: String
}

/// A request that is not done with, as people are told of it.
package struct OpenRequest: Hashable, Sendable {
    package let key: String
    package let party: PartyID
    package let state: RequestState
    /// What the last exchange about it showed; empty when nothing is known.
    package let reason: String
    /// It was never sent, and its bank has dropped the key: no further run sends it.
    package let isExpired: Bool

    package init(_ held: HeldRequest) {
        key = held.request.key
        party = held.request.party
        state = held.state
        reason = held.evidence
        isExpired = false
    }

    init(_ result: RequestResult, isExpired: Bool) {
        key = result.held.request.key
        party = result.held.request.party
        state = result.state
        reason = result.evidence
        self.isExpired = isExpired
    }
}
