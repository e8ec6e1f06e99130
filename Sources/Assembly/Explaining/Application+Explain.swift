import BusinessCalendar
import LendingRules
import Operations
import Settings

extension Application {
    /// `config explain LOAN.json`: how it would be decided who lends a loan, on the open date or
    /// another; books nothing. Without a store nothing has been lent yet. With its loss: what would
    /// become of it if nothing were ever paid back.
    ///
    /// - Throws: ``CalculatorFault`` for the file, ``ImportRefused`` with what is wrong with the
    ///   loan itself, or what opening an installation throws.
    package static func explain(
        _ path: String, date: String?, withLoss: Bool, _ launch: Launch
    ) async throws -> Answer {
        let asked = try Words.date(date, "--date")
        let file = try LoanFile(path)
        do {
            let application = try await open(launch, for: .reading)
            defer {
                application.progress.finish()
                application.stores.close()
            }
            let catalogue = application.catalogue
            let standing = try await application.stores.intake.standing(of: catalogue, on: asked)
            return try explain(
                file, standing, catalogue, application.configuration, withLoss: withLoss)
        } catch is StoreAbsent {
            let configuration = try Settings.load(
                directory: launch.configDirectory, environment: launch.variables)
            let catalogue = Catalogue(configuration)
            let date = asked ?? configuration.platform.firstDate
            var answer = try explain(
                file,
                IntakeStanding(
                    date: date,
                    limits: catalogue.limits(on: date)
                        // Nothing has been paid in yet.
                        + catalogue.reserves(on: date).map { Limit($0, amount: 0) }),
                catalogue, configuration, withLoss: withLoss)
            answer.notes.append("there is no store yet: limits are taken to be unused")
            return answer
        }
    }

    private static func explain(
        _ file: LoanFile, _ standing: IntakeStanding, _ catalogue: Catalogue,
        _ configuration: Configuration, withLoss: Bool
    ) throws -> Answer {
        let explain = Explain(
            catalogue: catalogue,
            surroundings: Surroundings(
                hash: Hashing.sha256, shard: Hashing.shard, now: Clock.microseconds),
            cutOff: CutOff(configuration.platform))
        let explanation = try explain.run(try file.table(on: standing.date), at: standing)
        if !explanation.faults.isEmpty {
            throw ImportRefused(faults: explanation.faults.map(file.placed))
        }
        let loss = withLoss ? try explain.totalLoss(of: explanation) : nil
        return ExplanationTelling(explanation, loss: loss).answer
    }
}
