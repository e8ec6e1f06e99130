import LendingRules
import Operations

/// The rarer turns that a round's requests and payouts took: a run without them would prove less.
extension ChaosOutcome {
    /// Every name that a long enough run shows.
    static let plannedTurns =
        [
            "accepted-late", "given-up", "held-in-part", "late-acceptance-reversed",
            "open-overnight", "payout-failed", "payout-in-doubt-overnight", "payout-returned",
            "payouts", "rerouted",
        ] + DisbursementWay.Name.allCases.map { "disbursed-\($0.rawValue)" }

    /// Counts one that was taken so often.
    mutating func turn(_ name: String, _ count: Int) {
        if count > 0 { turns[name, default: 0] += count }
    }

    /// Counts what both sides' books tell.
    ///
    /// - Parameter overnight: Keys of requests that were open when a date was closed.
    mutating func countTurns(
        _ ours: [HeldRequest], _ theirs: [ChaosShare], overnight: Set<String>,
        payouts: [ChaosPayout]
    ) {
        turn("rerouted", ours.count { !$0.request.key.hasSuffix(".1") })
        turn(
            "held-in-part",
            ours.count { $0.state.isFunded && $0.heldAmount < $0.request.amount })
        let late = ours.filter { overnight.contains($0.request.key) }
        turn("accepted-late", late.count { $0.state.isFunded })
        turn("given-up", late.count { $0.state == .reversed })
        // The bank had carried it out, and has taken it back.
        turn(
            "late-acceptance-reversed",
            theirs.count {
                overnight.contains($0.key) && $0.state == "reversed" && $0.executions > 0
            })
        turn("payouts", payouts.count)
        turn("payout-failed", payouts.reduce(0) { $0 + $1.tries - ($1.isPaid ? 1 : 0) })
        turn("payout-returned", payouts.count { $0.isPaid && $0.isReturned })
    }
}
