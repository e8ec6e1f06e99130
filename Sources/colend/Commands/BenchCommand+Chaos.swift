import ArgumentParser
import Assembly

extension ChaosOptions.Falsification: ExpressibleByArgument {}

extension BenchCommand {
    struct Chaos: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Funds loans while banks misbehave and either side is killed; compares books.",
            discussion: """
                The seed fixes loans, decisions, faults and kills. Each round has books of its own \
                on both sides; afterwards every share is compared. Exit 0 nothing was doubled, \
                lost or left without an explanation; 2 something was: the first differences are \
                told, with the command that repeats the round, and its directory is kept.
                """)

        @Option(help: "Seed of everything that is drawn.")
        var seed: UInt64 = 1
        @Option(help: "Funding requests in all.")
        var requests = 10_000
        @Option(help: "Kills of either side in all.")
        var kills = 10
        @Option(help: "Partner banks of a round; from four on each kind of bank is there.")
        var partners = 4
        @Option(
            name: .customLong("round-requests"), help: "Requests of one round, with its own books.")
        var roundRequests = 5_000
        @Option(name: .customLong("side-by-side"), help: "Rounds under way at a time.")
        var sideBySide = 3
        @Option(help: "Run this round alone.")
        var round: Int?
        @Option(help: .init("Where the rounds are.", valueName: "dir"))
        var directory: String?
        @Option(help: .hidden)
        var falsify: ChaosOptions.Falsification?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try options.requireEarnest()
            var asked = ChaosOptions(
                seed: seed, requests: requests, kills: kills, partners: partners)
            asked.roundRequests = roundRequests
            asked.sideBySide = sideBySide
            asked.round = round
            asked.store = options.store
            asked.directory = directory
            asked.falsification = falsify
            asked.isQuiet = options.quiet
            return try await BenchChaos(asked).run()
        }
    }
}
