package import BusinessCalendar
package import LendingRules
internal import Monetary
package import Operations

/// Lenders' deposits in the store.
package struct SQLReserves: ReserveStore {
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

    package func known(_ movements: [ReserveMovement]) async throws -> [ReserveMovement] {
        try await engine.read { connection in
            var known: [ReserveMovement] = []
            for movement in movements {
                known += try Self.found(movement, connection)
            }
            return known
        }
    }

    /// Throws `StoreError.dateNotOpen`, or `.overtaken` when another import has recorded one of the
    /// movements meanwhile. The date is held alone, so that no loan is booked beside it.
    package func record(
        _ movements: [ReserveMovement], _ entries: [LedgerRow], on date: BusinessDate
    ) async throws -> [LimitShortage] {
        let openDate = openDate
        do {
            try await engine.write { connection in
                try openDate.require(date, connection)
                for movement in movements {
                    guard try Self.found(movement, connection).isEmpty else {
                        throw StoreError.overtaken(record: "movement '\(movement.id)'")
                    }
                    try connection.execute(
                        Table.reserveMovement.insertion,
                        [
                            .text(movement.party.name), .text(movement.id),
                            .text(movement.currency.code), .int64(movement.amount),
                            .date(movement.bookedOn),
                        ])
                }
                let short = try Self.shortages(movements, connection)
                if !short.isEmpty { throw Overdrawn(shortages: short) }
                try LedgerRows.add(entries, connection)
            }
            return []
        } catch let overdrawn as Overdrawn {
            return overdrawn.shortages
        }
    }

    /// Leaves no trace of movements that would take out what is drawn.
    private struct Overdrawn: Error {
        let shortages: [LimitShortage]
    }

    private static func found(
        _ movement: ReserveMovement, _ connection: borrowing Connection
    ) throws(StoreError) -> [ReserveMovement] {
        try connection.all(
            ReserveRows.select + "WHERE party = ?1 AND movement = ?2",
            [.text(movement.party.name), .text(movement.id)], ReserveRows.read)
    }

    /// Deposits that hold less, with the movements, than loans have drawn on them.
    private static func shortages(
        _ movements: [ReserveMovement], _ connection: borrowing Connection
    ) throws(StoreError) -> [LimitShortage] {
        var out: [LimitKey: Int64] = [:]
        for movement in movements { out[movement.key, default: 0] -= movement.amount }
        let keys = out.filter { $0.value > 0 }.keys.sorted()
        let slots = Set(keys.map { LimitSlot($0, start: nil) })
        let limits = keys.map { Limit($0, amount: 0) }
        let used = try LimitLedger(limits).used(of: slots, connection)
        var shortages: [LimitShortage] = []
        for key in keys {
            let slot = LimitSlot(key, start: nil)
            let (asked, balance) = (out[key] ?? 0, try ReserveRows.balance(of: key, connection))
            let drawn = used[slot] ?? 0
            if balance >= drawn { continue }
            shortages.append(
                LimitShortage(
                    slot: slot, limit: balance + asked, left: max(0, balance + asked - drawn),
                    asked: asked))
        }
        return shortages
    }
}
