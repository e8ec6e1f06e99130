import ArgumentParser
import Assembly

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures the product on this machine.",
        subcommands: [Match.self])

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
}
