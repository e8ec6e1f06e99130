import ArgumentParser
import Assembly

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures the product on this machine.",
        subcommands: [Match.self, Load.self])

    struct Match: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes two files and times their match.")

        @Option(help: "Rows of each file.")
        var rows = 1_000_000
        @Option(help: .init("Where the files are left.", valueName: "dir"))
        var directory: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try BenchMatch(rows: rows, directory: directory).run()
        }
    }

    struct Load: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes tables on a PostgreSQL server and times how their rows are loaded.",
            discussion: "Benchmarks/load holds the rates against those of psql.")

        @Option(help: "Rows of each table.")
        var rows = 1_000_000
        @Flag(help: "Leave the tables, for another program to be timed on them.")
        var keep = false
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await BenchLoad(options.launch(), rows: rows, keepsTables: keep).run()
        }
    }
}
