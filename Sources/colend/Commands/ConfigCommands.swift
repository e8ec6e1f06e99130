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
        commandName: "config",
        abstract: "The configuration: check it, see where values come from, change it.",
        subcommands: [
            Check.self, Explain.self, Show.self, Diff.self, Schema.self, Propose.self, Approve.self,
            Reject.self, History.self,
        ])

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

    struct Explain: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "How it would be decided who lends a loan; books nothing.",
            discussion: """
                The file holds one JSON object with the columns of a loans import by name; \
                approved_at may be left out. Told is every tier that was asked with what the loan \
                has, every bank of a route or waterfall, what rules find, the limits before and \
                after, and each lender's part to the cent. Exit 65 when nobody lends it. With \
                --loss also who bears what if nothing of it is ever paid back: at every date that \
                the agreement's loss sharing waits for, layer by layer, as if nothing else had \
                been lent.

                  colend config explain loan.json
                  colend config explain loan.json --date 2026-03-02 --config New
                  colend config explain loan.json --loss
                """)

        @Argument(help: "The file, or - for standard input.")
        var loan: String
        @Option(help: "The date of the booking; the open business date when absent.")
        var date: String?
        @Flag(help: "Also who bears what if nothing of the loan is ever paid back.")
        var loss = false
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.explain(loan, date: date, withLoss: loss, options.launch())
        }
    }

    struct Diff: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "What another configuration changes, from when and for whom.",
            discussion: """
                Both directories must be sound. What is compared is what is in force, whatever the \
                files are called and however values are written.
                """)

        @Argument(help: "The directory with what holds now.")
        var old: String
        @Argument(help: "The directory with what shall hold.")
        var new: String
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try Application.compareConfigurations(old, new)
        }
    }

    struct Schema: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the keys of the files as JSON Schema, for editors.")

        @Option(
            help: .init(
                "One kind of file: \(ConfigSchema.files.joined(separator: ", ")); all when absent.",
                valueName: "kind"))
        var file: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer { try ConfigSchema.answer(file: file) }
    }
}
