import BusinessCalendar
import Foundation
import LendingRules
package import Operations
import Reconciling

extension Application {
    /// `recon run`: matches what has arrived, settles what became due and hands the instructions
    /// over.
    ///
    /// - Parameter person: who drafts what became due, nil for nobody in particular.
    package func reconcile(again: Bool, by person: Person?) async throws -> Answer {
        if isDryRun { return try await dryReconciliation() }
        let open = try await stores.days.status().open
        let useCase = try reconcile
        let cash = try reconcileCash
        let (settle, handOver) = (settle, try handOver)
        let (outcomes, settlement, undelivered) = try await alone(on: open) {
            var outcomes = try await useCase.run(openDate: open, again: again)
            if let cash { outcomes += try await cash.run(again: again) }
            let settlement = try await settle.run(by: person)
            return (outcomes, settlement, try await handOver?.run() ?? [])
        }
        try await writeStatements(of: open)
        try await writeBreakReports(outcomes.map { ($0.party, $0.date) })
        let hasFindings =
            !undelivered.isEmpty
            || outcomes.contains { outcome in
                outcome.fault != nil || outcome.breaks.contains { $0.state.isOpen }
            }
        let isUnreachable = outcomes.contains { $0.isUnreachable }
        return Answer(
            .object([
                "reconciliations": .array(outcomes.map(\.node)),
                "instructions": .array(try settlement.instructed.map { try $0.node() }),
                "drafts": .array(try settlement.waiting.map { try $0.node() }),
                "undelivered": .array(undelivered.map(\.node)),
            ]),
            lines: outcomes.map(\.line) + settlement.lines + undelivered.map(\.line),
            exit: isUnreachable ? .unavailable : hasFindings ? .findings : nil)
    }

    /// Runs under the lock of the close, so that no date is settled while it is matched.
    func alone<Result: Sendable>(
        on date: BusinessDate, _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let result = try await stores.lock.withLock(body) else {
            throw CloseRefused.anotherIsRunning(date)
        }
        return result
    }

    /// What a run would ask partners for; only a real run asks.
    private func dryReconciliation() async throws -> Answer {
        let due = try await stores.reconciliation.due(for: reconciledParties)
        return Answer(
            .object([
                "dryRun": .flag(true),
                "due": .array(
                    due.map { .object(["party": .text($0.party.name), "date": .date($0.date)]) }),
            ]),
            lines: due.isEmpty
                ? ["nothing waits for a partner's files"]
                : due.map { "would be fetched and matched: \($0.party) \($0.date)" })
    }
}
