private import Bookkeeping
package import BusinessCalendar
package import LendingRules
private import Monetary
package import Operations

/// Obligations and the instructions that clear them, in the store.
package struct SQLSettlements: SettlementStore {
    private let engine: any SQLEngine
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

    package func instructed(on settlementDay: BusinessDate) async throws -> Set<PartyID> {
        try await engine.read { connection in
            Set(
                try connection.all(
                    "SELECT DISTINCT party FROM settlement WHERE settles_on = ?1 ORDER BY party",
                    [.date(settlementDay)]
                ) { row throws(StoreError) in try row.party(0) })
        }
    }

    /// Throws `StoreError.dateNotOpen`, or `.overtaken` when a date is covered already.
    package func instruct(
        _ instructions: [SettlementInstruction], on date: BusinessDate
    ) async throws {
        let openDate = openDate
        try await engine.write { connection in
            try openDate.require(date, connection)
            for instruction in instructions {
                try Self.instruct(instruction, on: date, connection)
            }
        }
    }

    private static func instruct(
        _ instruction: SettlementInstruction, on date: BusinessDate,
        _ connection: borrowing Connection
    ) throws(StoreError) {
        let pair: [SQLValue] = [
            .text(instruction.party.name), .text(instruction.currency.code),
        ]
        guard let first = instruction.dates.min() else {
            throw .missing(record: "a date for the settlement of \(instruction.party) to cover")
        }
        let days: [SQLValue] = [.date(instruction.settlesOn), .date(date), .date(first)]
        // The dates come first: an instruction given twice shows here, not as a broken key.
        for covered in instruction.dates {
            let isNew = try connection.execute(
                Table.settledDate.insertionUnlessPresent, pair + [.date(covered)] + days)
            guard isNew == 1 else {
                throw .overtaken(record: "the settlement of \(instruction.party) for \(covered)")
            }
        }
        try connection.execute(
            Table.settlement.insertion, pair + days + [.int64(instruction.amount)])
        let shard = UInt16(shard(of: instruction.party.name))
        try LedgerRows.add(
            instruction.postings.map {
                LedgerRow(date: date, shard: shard, kind: .settlement, agreement: "", posting: $0)
            }, connection)
    }
}
