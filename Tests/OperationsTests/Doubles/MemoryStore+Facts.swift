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

    func record(_ batch: FactBatch, on date: BusinessDate) async throws -> Int {
        return try write("record facts \(batch.facts.count)") { world in
            try world.require(date)
            let new = try world.unrecorded(of: batch.facts)
            if new.isEmpty { return 0 }
            for (loan, seen) in batch.seen where world.facts[loan]?.count != seen {
                throw Refusal.overtaken(loan.text)
            }
            for new in new { world.add(new) }
            for (loan, state) in batch.states { world.undo(loan, state) }
            return new.count
        }
    }
}

extension World {
    /// Those that no other import has recorded.
    func unrecorded(of facts: [NewFact]) throws(Refusal) -> [NewFact] {
        for new in facts where factHashes[new.fact.id] ?? new.contentHash != new.contentHash {
            throw .overtaken(new.fact.id)
        }
        return facts.filter { factHashes[$0.fact.id] == nil }
    }

    mutating func add(_ new: NewFact) {
        factHashes[new.fact.id] = new.contentHash
        facts[new.loan, default: []].append(new.fact)
    }

    fileprivate mutating func undo(_ loan: LoanID, _ state: LoanState) {
        loans[loan]?.state = state
        for (key, held) in requests
        where held.request.loan == loan && held.state == .confirmed {
            requests[key] = HeldRequest(
                request: held.request, state: .returned, version: held.version + 1,
                attempt: held.attempt, lastAttemptAt: held.lastAttemptAt)
        }
    }
}
