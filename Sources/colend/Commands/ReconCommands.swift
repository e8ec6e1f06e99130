import ArgumentParser
import Assembly

struct ReconCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recon", abstract: "Reconciliation with the partners.",
        subcommands: [Run.self, Status.self, SignOff.self])

    struct Run: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetches partners' files and matches them; settles what became due.",
            discussion: """
                Who drafts settlements is said with --as USER or COLEND_USER; where two people are
                needed, another approves them.
                """)

        @Flag(help: "Also dates reconciled before, for files sent anew.")
        var again = false
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            let launch = try options.launch()
            let person = try launch.person
            return try await Application.answer(launch, for: .writing) {
                try await $0.reconcile(again: again, by: person)
            }
        }
    }

    struct Status: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Where each closed date of each partner stands, and who signed it off.")

        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) { try await $0.reconciliationStatus() }
        }
    }

    struct SignOff: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign-off", abstract: "One side agrees that a date is as it should be.",
            discussion: "Who signs is said with --as USER or COLEND_USER.")

        @Option(help: "The partner.")
        var partner: String
        @Option(help: "The business date.")
        var date: String
        @Option(help: "ours, or theirs for what the partner has told us.")
        var side = "ours"
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            let launch = try options.launch()
            let person = try launch.person
            return try await Application.answer(launch, for: .writing) {
                try await $0.signOff(partner: partner, date: date, side: side, by: person)
            }
        }
    }
}
