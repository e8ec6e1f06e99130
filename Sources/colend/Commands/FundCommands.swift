import ArgumentParser
import Assembly

struct FundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fund", abstract: "Pushes what is due and resolves what is in doubt.",
        discussion: """
            A request that is unsent, pending or in doubt after its bank's inDoubtDays is given \
            up: reversed, and its share asked of the next bank of the agreement's fallback order.
            """,
        subcommands: [Run.self, Resolve.self], defaultSubcommand: Run.self)

    struct Run: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Pushes what is due and resolves what is in doubt.")

        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch(), for: .writing) { try await $0.fund() }
        }
    }

    struct Resolve: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what became of a request that its bank can no longer tell about.",
            discussion: """
                The first person proposes; another who says the same decides. The next fund goes \
                on from it as from the bank's own answer. Both words are kept with their reasons.
                """)

        @Argument(help: "The request's key.")
        var key: String
        @Option(help: "accepted: the bank holds the share; not-funded: it does not and will not.")
        var outcome: String
        @Option(help: "How that is known, for the record.")
        var reason: String
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            let launch = try options.launch()
            let person = try launch.person
            return try await Application.answer(launch, for: .writing) {
                try await $0.resolve(key, outcome: outcome, reason: reason, by: person)
            }
        }
    }
}
