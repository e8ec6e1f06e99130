import ArgumentParser
import Assembly

struct BreaksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "breaks", abstract: "Differences with partners, each with its likely cause.",
        subcommands: [
            List.self, Show.self, Assign.self, Comment.self, Propose.self, Approve.self,
            Reject.self, Export.self,
        ])

    struct List: HouseCommand {
        static let configuration = CommandConfiguration(abstract: "Lists breaks.")

        @Option(help: "Only this partner's.")
        var partner: String?
        @Option(help: "open, investigating, proposed, resolved or superseded; all when absent.")
        var state: String?
        @Option(help: "Only of this kind, such as ours-only or amount.")
        var kind: String?
        @Option(help: "info, low, medium or high.")
        var severity: String?
        @Option(help: "Only open ones at least so many business dates old.")
        var age: Int?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            let filter = BreakFilter(
                partner: partner, state: state, kind: kind, severity: severity, age: age)
            return try await Application.answer(options.launch()) {
                try await $0.listBreaks(filter)
            }
        }
    }

    struct Show: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Both records of one break, the likely cause, its history and a correction.")

        @Argument(help: "The break's id.")
        var id: String
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) { try await $0.showBreak(id) }
        }
    }

    struct Export: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the break report of a date for a partner.")

        @Option(help: "The partner.")
        var partner: String
        @Option(help: "The business date.")
        var date: String
        @Option(help: "Where to write; DATE/PARTNER/breaks.csv is made below it.")
        var to = "out"
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.exportBreaks(partner: partner, date: date, directory: to)
            }
        }
    }
}
