import BusinessCalendar
import LendingRules
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
        write("reconciled \(result.party) \(result.date)") { $0.keep(result) }
    }
}

extension World {
    /// Takes the place of what an earlier run of the same party and date has left.
    mutating func keep(_ result: ReconciledDate) {
        reconciled[Pair(party: result.party, date: result.date)] = result
        for kept in breaks.values where kept.party == result.party && kept.firstDate == result.date
        {
            breaks[kept.id] = kept.with(.superseded)
        }
        for found in result.breaks { breaks[found.id] = found }
        for id in result.healed {
            guard let kept = breaks[id], kept.state == .open else { continue }
            breaks[id] = kept.with(.resolved)
        }
        for file in result.received {
            let place = TestExchange.Place(
                party: result.party, date: result.date, name: file.name)
            receivedFiles[place] = file.bytes
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
