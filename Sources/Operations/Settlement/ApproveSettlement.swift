import BusinessCalendar
package import LendingRules

/// Releases a draft by a person's decision.
package struct ApproveSettlement: Sendable {
    private let store: any SettlementStore
    private let platform: PartyID
    private let surroundings: Surroundings

    package init(
        store: any SettlementStore, platform: PartyID, surroundings: Surroundings
    ) {
        self.store = store
        self.platform = platform
        self.surroundings = surroundings
    }

    /// Approves a draft; it is instructed by the next run on a settlement day. What the person has
    /// approved already stays as it is.
    ///
    /// - Parameter id: the settlement's text, such as `S20260105.USD.harbor`.
    /// - Throws: ``SettlementFault`` when there is no such settlement or it cannot be approved.
    package func run(_ id: String, by person: Person, dryRun: Bool = false) async throws
        -> Settlement
    {
        let today = try await store.openDate()
        let settlements = try await store.settlements()
        guard let settlement = settlements.first(where: { $0.id.description == id }) else {
            throw SettlementFault.unknown(id)
        }
        let file: SettlementFile
        do throws(SettlementRefusal) {
            file = try approved(settlement, by: person, on: today)
        } catch {
            throw SettlementFault.refused(id, error)
        }
        if dryRun || file.steps.isEmpty { return file.settlement }
        surroundings.crashPoint(.settlementBeforeApproval)
        try await store.record(file.steps, receipts: [], on: today)
        surroundings.crashPoint(.settlementAfterApproval)
        return file.settlement
    }

    private func approved(
        _ settlement: Settlement, by person: Person, on today: BusinessDate
    ) throws(SettlementRefusal) -> SettlementFile {
        var file = try SettlementFile(settlement, platform: platform, on: today)
        if file.machine.approver != person.name { try file.add(.approved(by: person.name)) }
        return file
    }
}
