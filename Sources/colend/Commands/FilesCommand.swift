import ArgumentParser
import Assembly

struct FilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "files", abstract: "Files of a business date, ours and the partners'.",
        subcommands: [
            Export.self, Deliver.self, Import.self, Fetch.self, List.self,
        ])

    struct Export: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes our files of a closed date into a directory.")

        @Option(help: "The partner.")
        var partner: String
        @Option(help: "The business date.")
        var date: String
        @Option(help: "Where to write; DATE/PARTNER is made below it.")
        var directory = "out"
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.exportFiles(partner: partner, date: date, directory: directory)
            }
        }
    }

    struct Deliver: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hands over files that partners have not taken yet.")

        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch(), for: .writing) {
                try await $0.deliverFiles()
            }
        }
    }

    struct Import: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a partner's files of a closed date from a directory.",
            discussion: """
                The same checks as for files that are fetched: manifest, digests, every line. New \
                content supersedes the version in force, the same content changes nothing, and \
                files that cannot be used leave everything as it is. Exit 0 reconciled, 2 with \
                open breaks, 65 unusable, 75 something is missing.
                """)

        @Option(help: "The partner.")
        var partner: String
        @Option(help: "The business date.")
        var date: String
        @Option(help: "Where manifest.json and its files are, or DATE/PARTNER with them is.")
        var directory = "in"
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch(), for: .writing) {
                try await $0.importFiles(partner: partner, date: date, directory: directory)
            }
        }
    }

    struct Fetch: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Asks a partner for its files of a closed date, now.",
            discussion: """
                Also for a date that is reconciled: what the partner offers anew supersedes. \
                Exit 0 reconciled, 2 with open breaks, 65 unusable, 69 not reachable, 75 not there \
                yet.
                """)

        @Option(help: "The partner.")
        var partner: String
        @Option(help: "The business date.")
        var date: String
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch(), for: .writing) {
                try await $0.fetchFiles(partner: partner, date: date)
            }
        }
    }

    struct List: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Our files of a date and every version of the partner's.")

        @Option(help: "The partner.")
        var partner: String
        @Option(help: "The business date.")
        var date: String
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.listFiles(partner: partner, date: date)
            }
        }
    }
}
