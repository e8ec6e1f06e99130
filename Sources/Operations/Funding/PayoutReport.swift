package import LendingRules

/// What one run did with payouts, and what it left open.
package struct PayoutReport: Hashable, Sendable {
    /// Payouts put on the wire.
    package var sent = 0
    package var paid = 0
    /// Tries that failed; another follows on a later date, or the payout is given up.
    package var failed = 0
    /// Payouts given up, their shares going back.
    package var abandoned = 0
    /// Payouts in doubt that got a trustworthy answer.
    package var doubtsResolved = 0
    /// Claims of an earlier worker that became doubts.
    package var takenOver = 0
    /// Not one payout left for the channel.
    package var isDown = false
    /// Payouts in doubt or never sent, in key order.
    package var open: [OpenPayout] = []

    package init() {}

    /// Adds the counts of a later run; what is open is as that run left it.
    package mutating func add(_ later: PayoutReport) {
        sent += later.sent
        paid += later.paid
        failed += later.failed
        abandoned += later.abandoned
        doubtsResolved += later.doubtsResolved
        takenOver += later.takenOver
        isDown = later.isDown
        open = later.open
    }

    /// Counts results that the store has taken.
    mutating func note(_ results: [PayoutResult]) {
        for result in results {
            switch result.state {
            case .confirmed: paid += 1
            case .failed: failed += 1
            default: break
            }
            let wasInDoubt = result.held.state == .inDoubt
            if wasInDoubt, [.confirmed, .failed].contains(result.state) { doubtsResolved += 1 }
        }
    }
}

/// A payout that is not done with, as people are told of it.
package struct OpenPayout: Hashable, Sendable {
    package let key: String
    package let state: PayoutState
    /// What the last exchange about it showed; empty when nothing is known.
    package let reason: String

    init(_ held: HeldPayout) {
        key = held.payout.key
        state = held.state
        reason = held.evidence
    }

    init(_ result: PayoutResult) {
        key = result.held.payout.key
        state = result.state
        reason = result.evidence
    }
}
