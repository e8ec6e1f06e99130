import ArgumentParser
import Assembly

struct EndOfDayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eod", abstract: "Closes a business date, reconciles and settles what is due.",
        subcommands: [Run.self, Status.self], defaultSubcommand: Run.self)

    struct Run: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Closes dates; a date that is closed already posts nothing.",
            discussion: """
                A close that was interrupted goes on where it stopped; --resume says so and \
                changes nothing else. Exit 0 closed, 2 closed with something to look at, 75 \
                another close is running.
                """)

        @Option(help: "The business date, such as 2026-01-31.")
        var date: String
        @Option(help: "Close every date up to this one.")
        var until: String?
        @Flag(help: "Go on with an interrupted close.")
        var resume = false
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.endOfDay(date: date, until: until, options.launch())
        }
    }

    struct Status: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "The open date, the last close, and what each partner's dates wait for.")

        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) { try await $0.dayStatus() }
        }
    }
}
