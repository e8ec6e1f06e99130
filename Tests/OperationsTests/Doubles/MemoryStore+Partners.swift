import BusinessCalendar
import LendingRules
import Monetary
import Operations

extension MemoryStore: ReconciliationStore {
    func due(for parties: [PartyID]) async throws -> [PartnerDate] {
        try await states(of: parties).filter { [.awaiting, .missing].contains($0.state) }
    }

    func states(of parties: [PartyID]) async throws -> [PartnerDate] {
        read { world in
            world.closed.map(\.date).flatMap { date in
                parties.sorted().map { party in
                    let pair = World.Pair(party: party, date: date)
                    return PartnerDate(
                        party: party, date: date, state: world.reconciled[pair]?.state ?? .awaiting)
                }
            }
        }
    }

    func openBreaks(of party: PartyID, before date: BusinessDate) async throws -> [KeptBreak] {
        read { world in
            world.breaks.values.filter {
                $0.party == party && $0.firstDate < date && $0.state == .open
            }.sorted { ($0.firstDate, $0.id) < ($1.firstDate, $1.id) }
        }
    }

    func record(_ result: ReconciledDate) async throws {
        write("reconciled \(result.party) \(result.date)") { world in
            world.reconciled[World.Pair(party: result.party, date: result.date)] = result
            for kept in world.breaks.values
            where kept.party == result.party && kept.firstDate == result.date {
                world.breaks[kept.id] = kept.with(.superseded)
            }
            for found in result.breaks { world.breaks[found.id] = found }
            for id in result.healed {
                guard let kept = world.breaks[id], kept.state == .open else { continue }
                world.breaks[id] = kept.with(.resolved)
            }
        }
    }
}

extension KeptBreak {
    fileprivate func with(_ state: State) -> KeptBreak {
        KeptBreak(
            id: id, party: party, file: file, kind: kind, key: key, loan: loan,
            firstDate: firstDate, state: state, severity: severity, cause: cause,
            sentence: sentence, rule: rule, currency: currency, differences: differences,
            ours: ours, theirs: theirs, ourLine: ourLine, theirLine: theirLine)
    }
}

extension MemoryStore: SettlementStore {
    func unsettled() async throws -> [UnsettledDay] {
        read { world in
            let pairs = world.obligations.flatMap { date, obligations in
                Set(obligations.map(\.party)).map { World.Pair(party: $0, date: date) }
            }
            return pairs.sorted { ($0.party, $0.date) < ($1.party, $1.date) }
                .compactMap(world.unsettled)
        }
    }

    func instructed(on settlementDay: BusinessDate) async throws -> Set<PartyID> {
        read { Set($0.instructions.filter { $0.settlesOn == settlementDay }.map(\.party)) }
    }

    func instruct(_ instructions: [SettlementInstruction], on date: BusinessDate) async throws {
        try write("instruct \(instructions.count)") { world in
            try world.require(date)
            for instruction in instructions {
                for covered in instruction.dates
                where world.isSettled(instruction.party, instruction.currency, covered) {
                    throw Refusal.doubled("\(instruction.party) \(covered)")
                }
                world.instructions.append(instruction)
                for posting in instruction.postings {
                    world.add(
                        LedgerRow(
                            date: date, shard: TestHash.shard(instruction.party.name),
                            kind: .settlement, agreement: "", posting: posting))
                }
            }
        }
    }
}

extension World {
    fileprivate func isSettled(_ party: PartyID, _ currency: Currency, _ date: BusinessDate)
        -> Bool
    {
        instructions.contains {
            $0.party == party && $0.currency == currency && $0.dates.contains(date)
        }
    }

    fileprivate func unsettled(_ pair: Pair) -> UnsettledDay? {
        let open = (obligations[pair.date] ?? []).filter {
            $0.party == pair.party && !isSettled($0.party, $0.currency, pair.date)
        }
        guard !open.isEmpty, closed.contains(where: { $0.date == pair.date }) else { return nil }
        let state = reconciled[pair]?.state
        return UnsettledDay(
            date: pair.date, party: pair.party,
            isReconciled: state == .reconciled || state == .withBreaks, obligations: open)
    }
}
