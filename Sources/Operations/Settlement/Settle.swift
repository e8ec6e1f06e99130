import BusinessCalendar
import LendingRules
import Monetary

/// Run 3: drafts what each partner owes for closed dates on the settlement day, and instructs what
/// is approved.
///
/// A date is due on the first settlement day at least `lag` days after it, once its
/// reconciliation is over. A partner is drafted once a settlement day; dates that become due
/// after it, as dates without settlement, are netted into the next.
package struct Settle: Sendable {
    let store: any SettlementStore
    let catalogue: Catalogue
    let surroundings: Surroundings

    package init(
        store: any SettlementStore, catalogue: Catalogue, surroundings: Surroundings
    ) {
        self.store = store
        self.catalogue = catalogue
        self.surroundings = surroundings
    }

    /// Drafts everything due on the open date, approves what the rule approves and instructs what
    /// is approved; a second run on the same date does nothing.
    ///
    /// - Parameter person: who runs it, nil for the rule; what a person drafted, another approves.
    /// - Throws: ``AmountError/overflow`` when a net does not fit, ``SettlementRefusal`` when
    ///   the store contradicts itself.
    package func run(by person: Person? = nil) async throws -> SettlementReport {
        let today = try await store.openDate()
        let kept = try await store.settlements()
        let drafts = try await draft(after: kept, on: today, by: person)
        let drafted = drafts.map { Settlement($0, on: today) }
        let instructed = try await instruct(kept + drafted, on: today)
        let done = Dictionary(instructed.map { ($0.id, $0) }) { first, _ in first }
        return SettlementReport(
            drafted: drafted.map { done[$0.id] ?? $0 }, instructed: instructed)
    }

    /// Instructs what is approved, and approves nothing that needs a person.
    ///
    /// - Throws: ``SettlementRefusal`` when the store contradicts itself.
    package func instruct(dryRun: Bool = false) async throws -> [Settlement] {
        let today = try await store.openDate()
        return try await instruct(try await store.settlements(), on: today, dryRun: dryRun)
    }

    /// Instructs what was approved while `date` was open; nothing when another date is open.
    ///
    /// - Throws: ``SettlementRefusal`` when the store contradicts itself.
    func instruct(on date: BusinessDate) async throws -> [Settlement] {
        guard try await store.openDate() == date else { return [] }
        return try await instruct(try await store.settlements(), on: date)
    }

    private func draft(
        after kept: [Settlement], on today: BusinessDate, by person: Person?
    ) async throws -> [SettlementDraft] {
        let waiting = try await store.unsettled()
        let done = Set(kept.lazy.filter { $0.id.settlesOn == today }.map(\.id.party))
        var drafts: [SettlementDraft] = []
        for party in catalogue.settlingParties
        where !done.contains(party) && catalogue.isSettlementDay(today, party) {
            let days = waiting.filter { $0.party == party }
            let rests = try kept.filter { $0.id.party == party }.compactMap { try $0.rest() }
            drafts += try catalogue.drafts(
                for: party, of: days, rests: rests, on: today, by: person)
        }
        guard !drafts.isEmpty else { return [] }
        let steps = try netted(drafts, kept, on: today)
        surroundings.crashPoint(.settlementBeforeDraft)
        try await store.draft(drafts, steps, on: today)
        surroundings.crashPoint(.settlementAfterDraft)
        return drafts
    }

    /// The events of earlier settlements whose rests the drafts take.
    private func netted(
        _ drafts: [SettlementDraft], _ kept: [Settlement], on today: BusinessDate
    ) throws(SettlementRefusal) -> [SettlementStep] {
        let earlier = Dictionary(kept.map { ($0.id, $0) }) { first, _ in first }
        var steps: [SettlementStep] = []
        for draft in drafts {
            for rest in draft.rests {
                guard let settlement = earlier[rest.settlement] else { continue }
                var file = try SettlementFile(
                    settlement, platform: catalogue.platform, on: today)
                try file.add(.netted(rest.amount, into: draft.id.description))
                steps += file.steps
            }
        }
        return steps
    }

    private func instruct(
        _ settlements: [Settlement], on today: BusinessDate, dryRun: Bool = false
    ) async throws -> [Settlement] {
        let files = try approved(settlements, on: today)
        guard !files.isEmpty, !dryRun else { return files.map(\.settlement) }
        surroundings.crashPoint(.settlementBeforeInstruction)
        try await store.record(files.flatMap(\.steps), receipts: [], on: today)
        surroundings.crashPoint(.settlementAfterInstruction)
        return files.map(\.settlement)
    }

    /// What may be instructed on a date, with the steps that instruct it.
    private func approved(_ settlements: [Settlement], on today: BusinessDate)
        throws(SettlementRefusal) -> [SettlementFile]
    {
        var files: [SettlementFile] = []
        for settlement in settlements.sorted(by: { $0.id < $1.id }) {
            var file = try SettlementFile(settlement, platform: catalogue.platform, on: today)
            guard [.draft, .approved].contains(file.machine.state),
                catalogue.isSettlementDay(today, settlement.id.party)
            else { continue }
            let rules = catalogue.settlementRules(of: settlement.id.party)
            if file.machine.state == .draft, rules.approval == .automatic {
                try file.add(.approved(by: nil))
            }
            guard file.machine.state == .approved else { continue }
            try file.add(.instructed)
            files.append(file)
        }
        return files
    }
}

/// What run 3 did.
package struct SettlementReport: Hashable, Sendable {
    /// Drafted by this run, as they stand after it.
    package let drafted: [Settlement]
    /// Instructed by this run, whenever they were drafted.
    package let instructed: [Settlement]

    package init(drafted: [Settlement] = [], instructed: [Settlement] = []) {
        self.drafted = drafted
        self.instructed = instructed
    }

    /// The report of a run before which others were instructed.
    func after(_ earlier: [Settlement]) -> SettlementReport {
        SettlementReport(drafted: drafted, instructed: earlier + instructed)
    }

    /// Drafts that wait for a person's approval.
    package var waiting: [Settlement] {
        drafted.filter {
            if case .drafted? = $0.events.last?.event { true } else { false }
        }
    }
}
