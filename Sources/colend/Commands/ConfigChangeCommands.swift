import ArgumentParser
import Assembly

// Changes of the configuration by two persons; each names one with --as USER or COLEND_USER.

extension ConfigCommand {
    struct Propose: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Proposes files as they shall be; another person approves them.",
            discussion: """
                A file has its place by its name and folder: NEW/agreements/trio.yaml becomes \
                agreements/trio.yaml. Of a directory all files are proposed that say something \
                else than what holds; what it lacks stays as it is.
                """)

        @Argument(help: .init("Files, or directories with files.", valueName: "path"))
        var paths: [String] = []
        @Option(
            name: .customLong("remove"),
            help: .init("A file to be taken away; may be repeated.", valueName: "path"))
        var removed: [String] = []
        @Option(help: "Why, for the history.")
        var reason = ""
        @OptionGroup var options: GlobalOptions

        func validate() throws {
            if paths.isEmpty, removed.isEmpty {
                throw ValidationError("Name a file or directory to propose, or one to --remove.")
            }
        }

        func answer() async throws -> Answer {
            let launch = try options.launch()
            return try await Application.proposeChange(
                paths, removing: removed, reason: reason, by: launch.person, launch)
        }
    }

    struct Approve: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approves a change and puts its files in their places.",
            discussion: "What broke off is ended by the same command again.")

        @Argument(help: .init("The number of the change.", valueName: "n"))
        var number: Int
        @Option(help: "Why, for the history.")
        var reason = ""
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            let launch = try options.launch()
            return try await Application.approveChange(
                number, reason: reason, by: launch.person, launch)
        }
    }

    struct Reject: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decides that a change is not made.")

        @Argument(help: .init("The number of the change.", valueName: "n"))
        var number: Int
        @Option(help: "Why, for the history.")
        var reason: String
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            let launch = try options.launch()
            return try await Application.rejectChange(
                number, reason: reason, by: launch.person, launch)
        }
    }

    struct History: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "All changes that were proposed, or one with what it changes.")

        @Argument(help: .init("The number of one change; all when absent.", valueName: "n"))
        var number: Int?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.changeHistory(number, options.launch())
        }
    }
}
