package import BusinessCalendar
package import LendingRules
private import Monetary
package import Operations

/// Obligations and the settlements that clear them, in the store.
package struct SQLSettlements: SettlementStore {
    let engine: any SQLEngine
    private let openDate: OpenDate

    /// A store that is empty is open on `firstDate`.
    package init(engine: any SQLEngine, firstDate: BusinessDate) {
        self.engine = engine
        openDate = OpenDate(first: firstDate)
    }

    package func openDate() async throws -> BusinessDate {
        let openDate = openDate
        return try await engine.read { connection in try openDate.read(connection) }
    }

    package func unsettled() async throws -> [UnsettledDay] {
        try await engine.read { connection in try UnsettledDays.read(connection) }
    }

    package func settlements() async throws -> [Settlement] {
        try await engine.read { connection in try SettlementRows.read(connection) }
    }

    /// Throws `StoreError.dateNotOpen`, or `.overtaken` when a date is covered already, or other
    /// amounts of it are held than the drafts take out.
    package func draft(
        _ drafts: [SettlementDraft], _ steps: [SettlementStep], on date: BusinessDate
    ) async throws {
        let openDate = openDate
        try await engine.write { connection in
            try openDate.require(date, connection)
            try Self.cover(drafts, connection)
            try HeldOfDates(drafts).require(connection)
            for draft in drafts {
                let id = SettlementRows.values(draft.id)
                try connection.execute(Table.settlement.insertion, id + [.int64(draft.amount)])
                for line in draft.lines {
                    try connection.execute(
                        Table.settlementLine.insertion, SettlementRows.values(line, of: draft.id))
                }
                try connection.execute(
                    Table.settlementEvent.insertion,
                    id + SettlementEvents.values(draft.opening, number: 1, on: date))
            }
            try SettlementEvents.add(steps, on: date, connection)
        }
    }

    /// Throws `StoreError.dateNotOpen`, or `.overtaken` when another process was there first.
    package func record(
        _ steps: [SettlementStep], receipts: [CashReceipt], on date: BusinessDate
    ) async throws {
        let openDate = openDate
        try await engine.write { connection in
            try openDate.require(date, connection)
            try Receipts.add(receipts, connection)
            try SettlementEvents.add(steps, on: date, connection)
        }
    }

    /// The dates come first: a draft made twice shows here, not as a broken key.
    private static func cover(
        _ drafts: [SettlementDraft], _ connection: borrowing Connection
    ) throws(StoreError) {
        // Where types are settled apart, several drafts share a date.
        var covered: Set<CoveredDate> = []
        for draft in drafts {
            for line in draft.lines where [.obligation, .held].contains(line.kind) {
                covered.insert(
                    CoveredDate(
                        party: draft.id.party, currency: draft.id.currency, date: line.date,
                        settlesOn: draft.id.settlesOn))
            }
        }
        for date in covered {
            let isNew = try connection.execute(
                Table.settledDate.insertionUnlessPresent,
                [
                    .text(date.party.name), .text(date.currency.code), .date(date.date),
                    .date(date.settlesOn),
                ])
            guard isNew == 1 else {
                throw .overtaken(record: "the settlement of \(date.party) for \(date.date)")
            }
        }
    }
}
