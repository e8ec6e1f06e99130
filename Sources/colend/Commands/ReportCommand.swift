import ArgumentParser
import Assembly

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Reports for people.",
        subcommands: [Day.self, Tails.self],
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

    struct Tails: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "What lenders that compute by themselves took or left, loan by loan.",
            discussion: """
                A lender may compute its part of a loan by instalment or by a schedule of its own; \
                the residue holder of the agreement takes the cents that this leaves. Each line is \
                one lender and loan: what it was entitled to on the date more, or less, than the \
                loan's scales give it. A loan's lines sum to nothing.

                  colend report tails --date 2026-01-31 --partner meridian
                """)

        @Option(help: "The closed business date; the last closed one when absent.")
        var date: String?
        @Option(help: "Only the lines of this lender.")
        var partner: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.tailReport(date: date, partner: partner)
            }
        }
    }
}
