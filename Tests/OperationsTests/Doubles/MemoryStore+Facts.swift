import BusinessCalendar
import LendingRules
import Operations

extension MemoryStore: FactIntakeStore {
    func subjects(_ ids: [LoanID]) async throws -> [LoanID: FactSubject] {
        read { world in
            ids.reduce(into: [:]) { subjects, id in
                guard let loan = world.loans[id] else { return }
                subjects[id] = FactSubject(
                    record: loan.record, state: loan.state,
                    dossier: world.dossier(id, bookedThrough: nil))
            }
        }
    }

    func record(_ batch: FactBatch, on date: BusinessDate) async throws {
        try write("record facts \(batch.facts.count)") { world in
            try world.require(date)
            for (loan, seen) in batch.seen where world.facts[loan]?.count != seen {
                throw Refusal.overtaken(loan.text)
            }
            for new in batch.facts {
                if world.factHashes.updateValue(new.contentHash, forKey: new.fact.id) != nil {
                    throw Refusal.doubled(new.fact.id)
                }
                world.facts[new.loan, default: []].append(new.fact)
            }
            for (loan, state) in batch.states { world.undo(loan, state) }
        }
    }
}

extension World {
    fileprivate mutating func undo(_ loan: LoanID, _ state: LoanState) {
        loans[loan]?.state = state
        for (key, held) in requests
        where held.request.loan == loan && held.state == .confirmed {
            requests[key] = HeldRequest(
                request: held.request, state: .returned, version: held.version,
                attempt: held.attempt, lastAttemptAt: held.lastAttemptAt)
        }
    }
}
