package import BusinessCalendar
import LendingRules

/// Keeps what a person wants changed in the configuration, for a person to decide.
package struct ProposeChange: Sendable {
    private let store: any ChangeStore
    private let place: any ConfigurationPlace
    private let surroundings: Surroundings

    package init(
        store: any ChangeStore, place: any ConfigurationPlace, surroundings: Surroundings
    ) {
        self.store = store
        self.place = place
        self.surroundings = surroundings
    }

    /// What a proposal would be; files that say what holds already are left out of it.
    ///
    /// - Parameter files: texts by path, nil for what is to be taken away.
    /// - Throws: ``ChangeFault/nothingChanges``, or what the place refuses.
    package func change(
        _ files: [String: String?], by person: Person, reason: String
    ) throws -> ProposedChange {
        let changed = try files.sorted { $0.key < $1.key }.compactMap { path, text in
            let base = try place.base(of: path)
            return base == text
                ? nil : ChangedFile(path: path, text: text, base: surroundings.base(base))
        }
        let settings = try place.candidate(with: changed).settings
        guard !settings.isEmpty else { throw ChangeFault.nothingChanges }
        return ProposedChange(
            proposer: person.name, reason: reason, files: changed, settings: settings)
    }

    /// Keeps a proposal, unless the same person has made the same and nobody has decided it.
    ///
    /// - Throws: What the store refuses.
    package func run(_ change: ProposedChange, firstDate: BusinessDate) async throws
        -> ConfigurationChange
    {
        let open = try await store.changes().first {
            $0.state == .proposed && $0.proposed.proposer == change.proposer
                && $0.proposed.files == change.files && $0.proposed.settings == change.settings
        }
        if let open { return open }
        surroundings.crashPoint(.changeBeforeProposal)
        let kept = try await store.propose(
            change, firstDate: firstDate, now: surroundings.now())
        surroundings.crashPoint(.changeAfterProposal)
        return kept
    }
}
