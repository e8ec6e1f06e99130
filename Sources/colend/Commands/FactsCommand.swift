import ArgumentParser
import Assembly

struct FactsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts",
        abstract: "What happens to loans besides repayments: waivers, charge-offs and others.",
        subcommands: [Import.self, Schema.self])

    struct Import: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records the facts of an NDJSON file: all of them, or none.")

        @OptionGroup var rows: ImportOptions
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.importFacts(
                rows.file, keepGood: rows.keepGood, options.launch())
        }
    }

    struct Schema: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the fields of every kind of fact as JSON Schema.")

        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer { FactsSchema.answer }
    }
}
