import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Settings

/// What `simulate` is asked.
package struct SimulationOptions: Sendable {
    /// Path of the file with the other agreement.
    package let agreement: String
    /// The agreement under which the loans were booked; nil for one of the other's name.
    package let of: String?
    package let from: String
    package let to: String
    /// Whether the answer is a picture.
    package let isPicture: Bool

    package init(agreement: String, of: String?, from: String, to: String, isPicture: Bool) {
        self.agreement = agreement
        self.of = of
        self.from = from
        self.to = to
        self.isPicture = isPicture
    }
}

extension Application {
    /// `simulate`: booked loans under another agreement; writes nothing.
    ///
    /// - Throws: ``ConfigurationFaults`` for the other agreement, ``SimulationFault``.
    package func simulate(_ options: SimulationOptions, _ launch: Launch) async throws -> Answer {
        let open = try await stores.intake.openDate()
        let from = try Words.date(options.from, "--from")
        let to = try Words.date(options.to, "--to")
        guard from <= to else {
            throw SimulationFault.unusableDates(from: from, to: to, open: open)
        }
        let agreement = try otherAgreement(options.agreement, launch)
        let question = SimulationQuestion(
            agreement: agreement, of: options.of ?? agreement.name, dates: from...to,
            partyLimits: catalogue.partyLimits,
            rules: catalogue.rules)
        let simulate = Simulate(
            loans: stores.booked, snapshots: stores.snapshots, platform: catalogue.platform,
            surroundings: surroundings)
        let telling = SimulationTelling(
            question: question, report: try await simulate.run(question, open: open))
        return options.isPicture ? telling.picture : telling.answer
    }

    /// One agreement among the parties, products and calendars of this installation.
    private func otherAgreement(_ path: String, _ launch: Launch) throws -> Agreement {
        let file = try InputFile.read(path)
        let sources = ConfigurationSources.read(directory: launch.configDirectory)
            .withOnly(agreement: file.bytes, shownAs: file.name)
        return try Settings.load(sources, environment: launch.variables).agreements[0]
    }
}
