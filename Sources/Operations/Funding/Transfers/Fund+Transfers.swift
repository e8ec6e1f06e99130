import LendingRules

/// Transfers whose last date has come are ended as a run's last step, when asking helps no more.
extension Fund {
    /// True when any transfer was ended.
    func endTransfers(_ round: inout FundingRound) async throws -> Bool {
        guard let transfers else { return false }
        let loans = try await transfers.endingToday()
        if loans.isEmpty { return false }
        // What never left is seen as planned then, and is given up.
        let unsent = round.takeUnsent { loans.contains($0.loan) }
        try await outbox.store(unsent, now: surroundings.now())
        return try await transfers.conclude(&round.report, isLastCall: true)
    }
}
