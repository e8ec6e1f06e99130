import BusinessCalendar
import LendingRules
import Monetary
import Operations

extension MemoryStore: SettlementStore, SettlementQueries, CashReceipts {
    func unsettled() async throws -> [UnsettledDay] {
        read { world in
            let owed = world.obligations.flatMap { date, obligations in
                Set(obligations.map(\.party)).map { World.Pair(party: $0, date: date) }
            }
            let held = world.breakMovements.map { World.Pair(party: $0.party, date: $0.firstDate) }
            return Set(owed + held).sorted { ($0.party, $0.date) < ($1.party, $1.date) }
                .compactMap(world.unsettled)
        }
    }

    func settlements() async throws -> [Settlement] {
        read { $0.settlements.sorted { $0.id < $1.id } }
    }

    func obligations(party: PartyID?) async throws -> [Obligation] {
        read { world in
            world.obligations.values.joined().filter { party == nil || $0.party == party }
                .sorted { ($0.date, $0.party, $0.type) < ($1.date, $1.party, $1.type) }
        }
    }

    func draft(
        _ drafts: [SettlementDraft], _ steps: [SettlementStep], on date: BusinessDate
    ) async throws {
        try write("draft \(drafts.count)") { world in
            try world.require(date)
            let covered = Set(drafts.flatMap(\.covered))
            for date in covered {
                if world.isSettled(date.party, date.currency, date.date) {
                    throw Refusal.doubled("\(date.party) \(date.date)")
                }
            }
            world.covered += covered
            for draft in drafts {
                world.settlements.append(
                    Settlement(
                        id: draft.id, amount: draft.amount, lines: draft.lines,
                        events: [BookedSettlementEvent(draft.opening, on: date)]))
            }
            try world.add(steps, on: date)
        }
    }

    func record(_ steps: [SettlementStep], receipts: [CashReceipt], on date: BusinessDate)
        async throws
    {
        try write("record \(steps.count)") { world in
            try world.require(date)
            try world.take(receipts)
            try world.add(steps, on: date)
        }
    }

    func receipts(_ bankRefs: [String]) async throws -> [String: CashReceipt] {
        read { $0.receipts.filter { bankRefs.contains($0.key) } }
    }
}

extension SettlementDraft {
    fileprivate var covered: [CoveredDate] {
        lines.filter { [.obligation, .held].contains($0.kind) }.map {
            CoveredDate(
                party: id.party, currency: id.currency, date: $0.date, settlesOn: id.settlesOn)
        }
    }
}

extension MemoryStore: InstructionStore {
    func instructions() async throws -> [InstructionDay] {
        read { world in
            let told = world.settlements.filter { $0.instructedOn != nil }
            let days = Dictionary(grouping: told) { $0.instructedOn ?? World.firstDate }
            return days.sorted { $0.key < $1.key }.map { date, settlements in
                InstructionDay(
                    date: date,
                    instructions: settlements.sorted { $0.id < $1.id }.map {
                        Instruction(settlement: $0.id, amount: $0.amount)
                    }, taken: world.handedOver[date])
            }
        }
    }

    func markTaken(_ digest: [UInt8], on date: BusinessDate) async throws {
        write("handed over \(date)") { $0.handedOver[date] = digest }
    }
}

extension World {
    mutating func take(_ lines: [CashReceipt]) throws {
        for line in lines where receipts.updateValue(line, forKey: line.bankRef) != nil {
            throw Refusal.overtaken(line.bankRef)
        }
    }

    mutating func add(_ steps: [SettlementStep], on date: BusinessDate) throws {
        for step in steps {
            guard let index = settlements.firstIndex(where: { $0.id == step.settlement }),
                settlements[index].events.count + 1 == step.number
            else { throw Refusal.overtaken("\(step.settlement)") }
            let kept = settlements[index]
            settlements[index] = Settlement(
                id: kept.id, amount: kept.amount, lines: kept.lines,
                events: kept.events + [BookedSettlementEvent(step.event, on: date)])
            for posting in step.postings {
                add(
                    LedgerRow(
                        date: date, shard: TestHash.shard(step.settlement.party.name),
                        kind: .settlement, agreement: "", posting: posting))
            }
        }
    }

    fileprivate func isSettled(_ party: PartyID, _ currency: Currency, _ date: BusinessDate)
        -> Bool
    {
        covered.contains {
            $0.party == party && $0.currency == currency && $0.date == date
        }
    }

    fileprivate func unsettled(_ pair: Pair) -> UnsettledDay? {
        let open = (obligations[pair.date] ?? []).filter {
            $0.party == pair.party && !isSettled($0.party, $0.currency, pair.date)
        }
        let held = held(pair).filter { !isSettled(pair.party, $0.currency, pair.date) }
        guard !open.isEmpty || !held.isEmpty, closed.contains(where: { $0.date == pair.date })
        else { return nil }
        return UnsettledDay(
            date: pair.date, party: pair.party,
            reconciliation: reconciled[pair]?.state ?? .awaiting, obligations: open, held: held)
    }
}
