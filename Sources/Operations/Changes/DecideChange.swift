import LendingRules

/// Where configuration files lie, and what they come to together.
package protocol ConfigurationPlace: Sendable {
    /// The text of a file that a change of it starts from; nil where there is none.
    func base(of path: String) throws -> String?
    /// The text that lies there now.
    func text(of path: String) throws -> String?
    /// What files change, by the configuration that holds; refused when it would not be sound.
    func candidate(with files: [ChangedFile]) throws -> CandidateConfiguration
    /// Puts a file in its place, or takes it away, as a whole.
    func put(_ file: ChangedFile, ofChange number: Int) throws
}

/// The configuration that a change leads to.
package struct CandidateConfiguration: Sendable {
    package let settings: [ChangedSetting]
    /// The texts of the guarded files by path; empty where one person is enough then.
    package let approvedFiles: [String: String]

    package init(settings: [ChangedSetting], approvedFiles: [String: String]) {
        self.settings = settings
        self.approvedFiles = approvedFiles
    }
}

/// Approves or rejects a change that a person proposed.
///
/// What is approved is what was shown: the rows are computed again, and must be the same. The
/// decision is kept before the first file is written; a process that is killed in between leaves
/// a change that the same command ends.
package struct DecideChange: Sendable {
    private let store: any ChangeStore
    private let place: any ConfigurationPlace
    private let needsTwoPersons: Bool
    private let surroundings: Surroundings

    package init(
        store: any ChangeStore, place: any ConfigurationPlace, needsTwoPersons: Bool,
        surroundings: Surroundings
    ) {
        self.store = store
        self.place = place
        self.needsTwoPersons = needsTwoPersons
        self.surroundings = surroundings
    }

    /// Keeps the approval, then puts the files in their places.
    ///
    /// - Throws: ``ChangeFault``, or what the store and the place refuse.
    package func approve(
        _ number: Int, by person: Person, reason: String, isRehearsal: Bool = false
    ) async throws -> ConfigurationChange {
        let known = try await store.changes()
        let change = try find(number, in: known)
        let (machine, effects) = try judged(change, .approved(by: person.name))
        if change.state == .proposed {
            let other = known.first { $0.state == .approved }
            if let other { throw ChangeFault.unfinished(number, other: other.number) }
        }
        if effects.contains(.writeFiles) { try requireBase(of: change) }
        let isNew = change.state == .proposed
        let candidate = isNew ? try place.candidate(with: change.proposed.files) : nil
        if let candidate, candidate.settings != change.proposed.settings {
            throw ChangeFault.baseChanged(number, "it would change other settings than were shown")
        }
        if isRehearsal { return change.after(machine, answer: reason) }
        if let candidate {
            surroundings.crashPoint(.changeBeforeDecision)
            try await store.decide(
                ChangeDecision(
                    number: number, isApproval: true, person: person.name, reason: reason,
                    counted: known.count { $0.state.counts },
                    approvedFiles: candidate.approvedFiles), now: surroundings.now())
            surroundings.crashPoint(.changeAfterDecision)
        }
        if effects.contains(.writeFiles) { try await write(change) }
        return try find(number, in: try await store.changes())
    }

    /// Keeps the rejection; nothing was written.
    ///
    /// Who proposed a change may take it back.
    /// - Throws: ``ChangeFault``, or what the store refuses.
    package func reject(
        _ number: Int, by person: Person, reason: String, isRehearsal: Bool = false
    ) async throws -> ConfigurationChange {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw ChangeFault.noReason(number)
        }
        let known = try await store.changes()
        let change = try find(number, in: known)
        let (machine, _) = try judged(change, .rejected(by: person.name))
        if isRehearsal { return change.after(machine, answer: reason) }
        if change.state == .proposed {
            surroundings.crashPoint(.changeBeforeDecision)
            try await store.decide(
                ChangeDecision(
                    number: number, isApproval: false, person: person.name, reason: reason,
                    counted: known.count { $0.state.counts }), now: surroundings.now())
            surroundings.crashPoint(.changeAfterDecision)
        }
        return try find(number, in: try await store.changes())
    }

    private func write(_ change: ConfigurationChange) async throws {
        for file in change.proposed.files {
            try place.put(file, ofChange: change.number)
            surroundings.crashPoint(.changeAfterFile)
        }
        try await store.finish(change.number)
        surroundings.crashPoint(.changeAfterFinish)
    }

    private func find(_ number: Int, in changes: [ConfigurationChange]) throws
        -> ConfigurationChange
    {
        guard let change = changes.first(where: { $0.number == number }) else {
            throw ChangeFault.unknown(number)
        }
        return change
    }

    private func judged(_ change: ConfigurationChange, _ event: ChangeEvent) throws
        -> (ChangeMachine, [ChangeEffect])
    {
        var machine = ChangeMachine(
            state: change.state, proposer: change.proposed.proposer, decider: change.decider,
            needsTwoPersons: needsTwoPersons)
        do throws(ChangeRefusal) {
            let effects = try machine.apply(event)
            return (machine, effects)
        } catch {
            switch error {
            case .samePerson(let person): throw ChangeFault.samePerson(change.number, person)
            case .illegal(let state, _):
                throw ChangeFault.wrongState(change.number, state, decider: change.decider)
            }
        }
    }

    /// Each file must be what the proposal started from, or what it leads to already.
    private func requireBase(of change: ConfigurationChange) throws {
        for file in change.proposed.files {
            let lying = try place.text(of: file.path)
            let isDone = lying == file.text
            let isBase = surroundings.base(lying) == file.base
            guard isDone || isBase else {
                throw ChangeFault.baseChanged(change.number, "\(file.path) was edited since")
            }
            if change.state == .approved { continue }
            guard surroundings.base(try place.base(of: file.path)) == file.base else {
                throw ChangeFault.baseChanged(
                    change.number, "\(file.path) is not what it was then")
            }
        }
    }
}

extension Surroundings {
    /// How a change names the text of a file that it starts from.
    package func base(_ text: String?) -> String { text.map { hexadecimal(Array($0.utf8)) } ?? "" }
}
