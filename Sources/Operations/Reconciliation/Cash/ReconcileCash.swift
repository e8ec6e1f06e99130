import BusinessCalendar
package import LendingRules
import Monetary
import Reconciling

/// Run 2 of cash: our payments ↔ the channel's lines and fees ↔ the account's statement.
///
/// Each date has two files, fetched from one house. The channel's is matched by itself; a
/// statement says which transfers came, and each of them is held against its channel date once
/// more, since only the money tells whether a difference is real. Lines that name settlements
/// confirm them in the same step. Statements are taken in order.
package struct ReconcileCash: Sendable {
    let reconciliations: any ReconciliationStore
    let store: any CashStore
    let settlements: any SettlementStore & CashReceipts
    private let exchange: any PartnerFiles
    let format: any DetailFileFormat
    let clearing: Clearing
    let platform: PartyID
    let surroundings: Surroundings

    package init(
        reconciliations: any ReconciliationStore, store: any CashStore,
        settlements: any SettlementStore & CashReceipts, exchange: any PartnerFiles,
        format: any DetailFileFormat, clearing: Clearing, platform: PartyID,
        surroundings: Surroundings
    ) {
        self.settlements = settlements
        self.reconciliations = reconciliations
        self.store = store
        self.exchange = exchange
        self.format = format
        self.clearing = clearing
        self.platform = platform
        self.surroundings = surroundings
    }

    /// Reconciles every date that is due.
    ///
    /// - Parameter again: also dates that were reconciled before, for files sent anew.
    package func run(again: Bool = false) async throws -> [ReconciliationOutcome] {
        let parties = [clearing.channel, clearing.account]
        let closed =
            again
            ? try await reconciliations.states(of: parties)
            : try await reconciliations.due(for: parties)
        guard let first = try await store.firstInTransit() else { return [] }
        let dates = closed.filter { first <= $0.date }
        var outcomes: [ReconciliationOutcome] = []
        var isUnreachable = false
        var isWaiting = false
        // A channel's file comes before the statement of its date: the lines explain the money.
        for pair in dates.sorted(by: precedes) {
            if pair.party == clearing.account, isWaiting { continue }
            let outcome = try await reconcile(pair, isReachable: !isUnreachable)
            isUnreachable = isUnreachable || outcome.isUnreachable
            if pair.party == clearing.account, outcome.state == .awaiting { isWaiting = true }
            outcomes.append(outcome)
        }
        return outcomes
    }

    private func precedes(_ one: PartnerDate, _ other: PartnerDate) -> Bool {
        one.date == other.date
            ? one.party == clearing.channel && other.party != clearing.channel
            : one.date < other.date
    }

    private func reconcile(_ pair: PartnerDate, isReachable: Bool) async throws
        -> ReconciliationOutcome
    {
        let name = pair.party == clearing.channel ? "channel.csv" : "cash.csv"
        let answer =
            isReachable ? await exchange.get(name, from: clearing.channel, on: pair.date) : nil
        var outcome = ReconciliationOutcome(
            party: pair.party, date: pair.date, state: pair.state)
        if case .content(let bytes) = answer {
            surroundings.crashPoint(.cashAfterFetch)
            do {
                return try await match(pair, FileContent(name: name, bytes: bytes))
            } catch {
                guard let fault = UnreadableFile(error, file: name) else { throw error }
                outcome.fault = fault
            }
        } else {
            outcome.isUnreachable = answer != nil && answer != .absent
        }
        let deadline = pair.date.adding(days: clearing.filesDeadlineDays)
        guard try await store.openDate() > deadline, pair.state == .awaiting else {
            return outcome
        }
        // What nobody can read by its deadline is as good as not sent.
        var missing = try await match(pair, nil)
        missing.fault = outcome.fault
        return missing
    }

    private func match(_ pair: PartnerDate, _ file: FileContent?) async throws
        -> ReconciliationOutcome
    {
        let open = try await store.openDate()
        let result =
            pair.party == clearing.channel
            ? try await channelResult(pair.date, file)
            : try await statementResult(pair.date, file)
        let difference = try CashDifference.postings(result.target, less: result.before)
        let book = CashBook(
            platform: platform, account: clearing.account, surroundings: surroundings)
        surroundings.crashPoint(.cashBeforeStore)
        try await store.record(
            result, difference, try CashEntries.arrived(difference, book, on: open), on: open)
        surroundings.crashPoint(.cashAfterStore)
        let reconciled = result.dates.first { $0.date == pair.date && $0.party == pair.party }
        return ReconciliationOutcome(
            party: pair.party, date: pair.date, state: reconciled?.state ?? pair.state,
            breaks: reconciled?.breaks ?? [])
    }
}
