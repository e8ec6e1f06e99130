import BusinessCalendar
import LendingRules
import Operations

extension MemoryStore: ReserveStore {
    func known(_ movements: [ReserveMovement]) async throws -> [ReserveMovement] {
        read { world in
            world.reserveMovements.filter { kept in
                movements.contains { $0.party == kept.party && $0.id == kept.id }
            }
        }
    }

    func record(
        _ movements: [ReserveMovement], _ entries: [LedgerRow], on date: BusinessDate
    ) async throws -> [LimitShortage] {
        try write("reserves \(movements.count)") { world in
            try world.require(date)
            world.reserveMovements += movements
            for entry in entries { world.add(entry) }
            return []
        }
    }

    func reserveMovements() async throws -> [ReserveMovement] { read { $0.reserveMovements } }
}
