package import BusinessCalendar
private import LendingRules
private import Monetary
package import Operations

extension SQLSettlements: InstructionStore {
    package func instructions() async throws -> [InstructionDay] {
        try await engine.read { connection in
            var days: [BusinessDate: [Instruction]] = [:]
            try connection.query(
                """
                SELECT s.party, s.currency, s.settles_on, s.netting, s.amount, e.booked_on
                FROM settlement_event e JOIN settlement s ON s.party = e.party
                    AND s.currency = e.currency AND s.settles_on = e.settles_on
                    AND s.netting = e.netting
                WHERE e.kind = 'instructed'
                """
            ) { row throws(StoreError) in
                days[try row.date(5), default: []].append(
                    Instruction(
                        settlement: try SettlementRows.readID(row), amount: try row.int64(4)))
            }
            var taken: [BusinessDate: [UInt8]] = [:]
            try connection.query("SELECT date, sha256 FROM instruction_delivery") {
                row throws(StoreError) in taken[try row.date(0)] = try row.blob(1)
            }
            return days.sorted { $0.key < $1.key }.map { date, instructions in
                InstructionDay(
                    date: date,
                    instructions: instructions.sorted { $0.settlement < $1.settlement },
                    taken: taken[date])
            }
        }
    }

    package func markTaken(_ digest: [UInt8], on date: BusinessDate) async throws {
        try await engine.write { connection in
            try connection.execute(
                Table.instructionDelivery.insertionOrReplacement, [.date(date), .blob(digest)])
        }
    }
}
