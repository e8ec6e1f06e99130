import LendingRules
package import Operations

extension Application {
    /// `fund resolve`.
    ///
    /// - Throws: ``PersonFault``, ``ResolutionFault``, ``UsageFault``, or what the store refuses.
    package func resolve(
        _ key: String, outcome: String, reason: String, by user: Person?
    ) async throws -> Answer {
        guard let person = user else { throw PersonFault.nobody }
        guard let outcome = try Application.word(ResolutionOutcome.self, outcome, "--outcome")
        else { throw UsageFault(code: "USAGE-004", "--outcome is missing") }
        let resolved = try await ResolveRequest(
            store: stores.resolutions, surroundings: surroundings
        ).run(key, outcome, reason: reason, by: person, isRehearsal: isDryRun)
        return Answer(
            .object([
                "key": .text(key), "outcome": .text(outcome.rawValue),
                "standing": .text(resolved.standing.rawValue),
                "state": .text(resolved.state.rawValue), "dryRun": .flag(isDryRun),
            ]), lines: [resolved.sentence(about: key, outcome, by: person, isDryRun: isDryRun)])
    }
}

extension ResolvedRequest {
    fileprivate func sentence(
        about key: String, _ outcome: ResolutionOutcome, by person: Person, isDryRun: Bool
    ) -> String {
        let would = isDryRun ? " would be" : ""
        switch standing {
        case .proposed:
            return "request \(key)\(would): \(outcome.rawValue) proposed by \(person.name); "
                + "another person decides with the same command"
        case .alreadyProposed:
            return "request \(key): \(person.name) has said so already; another person decides"
        case .decided:
            return "request \(key)\(would): \(outcome.rawValue) decided by \(person.name); it is "
                + "\(state.rawValue), and `colend fund` goes on from there"
        }
    }
}
