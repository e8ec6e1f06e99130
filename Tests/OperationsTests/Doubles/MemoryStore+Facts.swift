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
                    dossier: world.dossier(id, bookedThrough: nil),
                    payout: loan.disbursedOn == nil ? world.payouts[id]?.state : nil)
            }
        }
    }

    func lines(_ ids: [LoanID]) async throws -> [LoanID: LineSubject] {
        let lines = read { world in ids.compactMap { world.lines[$0] } }
        var found: [LoanID: LineSubject] = [:]
        for line in lines {
            let notes = world.notes(of: line.line)
            let subjects = try await subjects(notes)
            found[line.line] = LineSubject(
                record: line, notes: notes.compactMap { subjects[$0] })
        }
        return found
    }

    func lines(after line: LoanID?, limit: Int) async throws -> [LineSubject] {
        let ids = read { world in world.lines.keys.filter { one in line.map { one > $0 } ?? true } }
        let found = try await lines(Array(ids.sorted().prefix(limit)))
        return found.values.sorted { $0.record.line < $1.record.line }
    }

    func linesOfNotes() async throws -> [LoanID] {
        read { world in Array(Set(world.loans.values.compactMap(\.record.line))) }
    }

    func record(_ batch: FactBatch, on date: BusinessDate) async throws -> Int {
        return try write("record facts \(batch.facts.count)") { world in
            try world.require(date)
            let new = try world.unrecorded(of: batch.facts)
            let keys = try world.unrecorded(of: batch.keys)
            if new.isEmpty && keys.isEmpty { return 0 }
            try world.require(batch.seen)
            for (line, notes) in batch.notes where world.notes(of: line).count != notes {
                throw Refusal.overtaken(line.text)
            }
            for new in new { world.add(new) }
            for key in keys { world.factHashes[key.id] = key.contentHash }
            for (loan, state) in batch.states { world.undo(loan, state) }
            if !(try world.book(batch.draws)).refused.isEmpty {
                throw Refusal.overtaken("limits")
            }
            return new.count(where: \.isWhole) + keys.count
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

    func unrecorded(of keys: [NewKey]) throws(Refusal) -> [NewKey] {
        for key in keys where factHashes[key.id] ?? key.contentHash != key.contentHash {
            throw .overtaken(key.id)
        }
        return keys.filter { factHashes[$0.id] == nil }
    }

    func notes(of line: LoanID) -> [LoanID] {
        loans.values.filter { $0.record.line == line }.map(\.record.loan).sorted()
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
