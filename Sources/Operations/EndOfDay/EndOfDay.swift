package import BusinessCalendar
import Reconciling

/// The three runs of a day: close ours, then reconcile and settle whatever is due (RULES § 6).
package struct EndOfDay: Sendable {
    private let lock: any CloseLock
    private let close: CloseDay
    private let deliver: Deliver
    private let reconcile: Reconcile
    private let cash: ReconcileCash?
    private let settle: Settle
    private let handOver: HandOver?
    private let surroundings: Surroundings

    package init(
        lock: any CloseLock, close: CloseDay, deliver: Deliver, reconcile: Reconcile,
        cash: ReconcileCash? = nil, settle: Settle, handOver: HandOver? = nil,
        surroundings: Surroundings
    ) {
        self.surroundings = surroundings
        self.cash = cash
        self.handOver = handOver
        self.lock = lock
        self.close = close
        self.deliver = deliver
        self.reconcile = reconcile
        self.settle = settle
    }

    /// Instructs what was approved while `date` was open and closes it; then hands over our files,
    /// matches theirs, confirms settlements by the account's statement, drafts and instructs others
    /// and hands the instructions over.
    ///
    /// - Parameter person: who runs it, nil for nobody in particular.
    /// - Throws: ``CloseRefused/anotherIsRunning(_:)`` while another close runs.
    package func run(_ date: BusinessDate, by person: Person? = nil) async throws
        -> EndOfDayReport
    {
        let report = try await lock.withLock {
            let approved = try await settle.instruct(on: date)
            let closed = try await surroundings.during(.close) { try await close.run(date) }
            let (taken, outcomes) = try await surroundings.during(.reconcile) {
                try await exchange(date)
            }
            var undelivered = taken
            let settlement = try await surroundings.during(.settle) {
                let settlement = try await settle.run(by: person).after(approved)
                if let handOver { undelivered += try await handOver.run() }
                return settlement
            }
            return EndOfDayReport(
                close: closed, undelivered: undelivered, reconciliations: outcomes,
                settlement: settlement)
        }
        guard let report else { throw CloseRefused.anotherIsRunning(date) }
        return report
    }

    /// Hands over our files and matches those that are there.
    private func exchange(_ date: BusinessDate) async throws -> (
        [Undelivered], [ReconciliationOutcome]
    ) {
        let undelivered = try await deliver.run(through: date)
        var outcomes = try await reconcile.run(openDate: date.adding(days: 1))
        if let cash { outcomes += try await cash.run() }
        return (undelivered, outcomes)
    }
}

/// What the three runs of a day did.
package struct EndOfDayReport: Hashable, Sendable {
    package let close: CloseReport
    package let undelivered: [Undelivered]
    package let reconciliations: [ReconciliationOutcome]
    package let settlement: SettlementReport

    package init(
        close: CloseReport, undelivered: [Undelivered], reconciliations: [ReconciliationOutcome],
        settlement: SettlementReport
    ) {
        self.close = close
        self.undelivered = undelivered
        self.reconciliations = reconciliations
        self.settlement = settlement
    }

    /// Something a person should look at: doubts, breaks, files that are missing or unusable.
    package var hasFindings: Bool {
        !close.funding.isSettled || !undelivered.isEmpty
            || close.findings.contains(where: \.isForbidden)
            || reconciliations.contains { outcome in
                outcome.fault != nil || outcome.state == .missing
                    || outcome.breaks.contains { $0.state.isOpen }
            }
    }
}
