import ArgumentParser
import Assembly

struct InitCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Writes a first configuration, with comments.")

    @Argument(help: "The directory in which Config/ is made.")
    var directory: String
    @Option(
        name: .customLong("first-date"),
        help: .init("First business date of the books; today when absent.", valueName: "date"))
    var firstDate: String?
    @OptionGroup var options: GlobalOptions

    func answer() async throws -> Answer {
        try Application.scaffold(
            in: directory, firstDate: firstDate, isDryRun: options.dryRun)
    }
}

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "The configuration: check it, see where values come from.",
        subcommands: [Check.self, Show.self])

    struct Check: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks every file and tells all faults at once; exit 78 when there are any.")

        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try Application.checkConfiguration(options.launch())
        }
    }

    struct Show: HouseCommand {
        static let configuration = CommandConfiguration(abstract: "Every setting in force.")

        @Flag(help: "With the file and line, or variable, each comes from.")
        var origin = false
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try Application.showConfiguration(options.launch(), withOrigin: origin)
        }
    }
}
