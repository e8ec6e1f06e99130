import BusinessCalendar
import LendingRules
import Operations
import Reconciling

extension MemoryStore: BreakQueries, FundingClaimStore, SignOffStore {
    func fundingBreaks() async throws -> [KeptBreak] {
        try await keptBreaks().filter { $0.kind == .funding }
    }

    func apply(_ change: BreakChange) async throws {
        try write("break \(change.kept.id)") { world in try world.apply([change]) }
    }

    func history(of id: String) async throws -> [BreakRecord] { world.histories[id] ?? [] }

    func movements(of id: String) async throws -> [BookedMovement] {
        read { $0.breakMovements.filter { $0.breakID == id } }
    }

    func breakMovements() async throws -> [BookedMovement] { world.breakMovements }

    func keptBreaks() async throws -> [KeptBreak] {
        read { $0.breaks.values.sorted { $0.id < $1.id } }
    }

    func breaks(party: PartyID?, state: KeptBreak.State?) async throws -> [KeptBreak] {
        read { world in
            world.breaks.values.filter {
                (party == nil || $0.party == party) && (state == nil || $0.state == state)
            }.sorted { ($0.party, $0.firstDate, $0.id) < ($1.party, $1.firstDate, $1.id) }
        }
    }

    func `break`(_ id: String) async throws -> KeptBreak? { read { $0.breaks[id] } }

    func lives() async throws -> [String: [BookedBreakEvent]] {
        read { world in
            world.histories.mapValues { records in
                records.compactMap { record in
                    BreakEvent(name: record.event, person: record.person, object: record.object)
                        .map { BookedBreakEvent($0, on: record.bookedOn) }
                }
            }
        }
    }

    func sign(_ signOff: SignOff) async throws -> SignOff {
        write { world in
            let made = world.signOffs.filter {
                ($0.party, $0.date) == (signOff.party, signOff.date) && $0.overtakenOn == nil
            }
            let standing =
                made.first { $0.side == signOff.side }
                ?? made.first { $0.person == signOff.person }
            if standing == nil { world.signOffs.append(signOff) }
            return standing ?? signOff
        }
    }

    func signOffs(of party: PartyID?) async throws -> [SignOff] {
        read { $0.signOffs.filter { party == nil || $0.party == party } }
    }
}

extension World {
    /// Writes changes of breaks on the open date, as one.
    mutating func apply(_ changes: [BreakChange]) throws {
        for change in changes {
            let kept = change.kept
            guard (breaks[kept.id]?.lifecycle.events ?? 0) == change.version else {
                throw Refusal.overtaken(kept.id)
            }
            breaks[kept.id] = kept
            for (index, act) in change.acts.enumerated() {
                histories[kept.id, default: []].append(
                    BreakRecord(
                        number: change.version + index + 1, event: act.event.name,
                        person: act.event.person ?? "", object: act.event.object, note: act.note,
                        bookedOn: open, instant: change.instant))
            }
            for movement in change.movements {
                breakMovements.append(
                    BookedMovement(
                        party: kept.party, firstDate: kept.firstDate, breakID: kept.id,
                        bookedOn: open, movement: movement))
            }
            for line in change.postings(platform: TestTerms.platform) {
                add(
                    LedgerRow(
                        date: open, shard: TestHash.shard(kept.party.name), kind: line.kind,
                        agreement: "", posting: line.posting))
            }
        }
    }

    /// What breaks hold out of the settlement of a date and have not given back there.
    func held(_ pair: Pair) -> [HeldAmount] {
        let movements = breakMovements.filter {
            $0.party == pair.party && $0.firstDate == pair.date && $0.movement.kind == .held
        }
        return Dictionary(grouping: movements, by: \.breakID).compactMap { id, moved in
            let amount = moved.reduce(0) { $0 + $1.movement.amount }
            guard amount != 0 else { return nil }
            return HeldAmount(
                source: id, type: ObligationType(file: breaks[id]?.file ?? "") ?? .repayments,
                currency: moved[0].movement.currency, amount: amount)
        }.sorted { $0.source < $1.source }
    }
}
