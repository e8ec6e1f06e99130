import ArgumentParser
import Assembly

struct ReservesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reserves",
        abstract: "Deposits of lenders with the platform, from which their shares are paid.",
        subcommands: [Import.self])

    struct Import: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Records what lenders paid into their deposits or were paid back: all or none.",
            discussion: """
                CSV or NDJSON with the fields id, party, kind (deposit or withdrawal), amount and \
                currency. An id is recorded once for a party. A withdrawal of more than loans have \
                left of a deposit is refused; colend limits shows what is left.
                """)

        @Argument(help: "The file, or - for standard input.")
        var file: String
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.importReserves(file, options.launch())
        }
    }
}
