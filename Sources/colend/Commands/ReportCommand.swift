import ArgumentParser
import Assembly

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Reports for people.", subcommands: [Day.self],
        defaultSubcommand: Day.self)

    struct Day: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "One closed date as a page: volumes, collections, ageing, breaks, nets.",
            discussion: """
                The page is one HTML file that needs nothing else; it may be mailed, printed or \
                kept. Without --to it goes to standard output:

                  colend report day --date 2026-01-31 > 2026-01-31.html
                """)

        @Option(help: "The closed business date; the last closed one when absent.")
        var date: String?
        @Option(
            help: .init(
                "Where to write the page; the headline figures are printed then.", valueName: "file"
            ))
        var to: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.dayReport(date: date, to: to)
            }
        }
    }
}
