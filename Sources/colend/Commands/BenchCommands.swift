import ArgumentParser
import Assembly

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures the product on this machine.",
        subcommands: [
            Match.self, Load.self, Client.self, Chaos.self, BenchFundCommand.self,
            BenchEndOfDayCommand.self,
        ])

    struct Match: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes two files and times their match.")

        @Option(help: "Rows of each file.")
        var rows = 1_000_000
        @Option(help: .init("Where the files are left.", valueName: "dir"))
        var directory: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try options.requireEarnest()
            return try BenchMatch(rows: rows, directory: directory).run()
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
            try options.requireEarnest()
            return try await BenchLoad(options.launch(), rows: rows, keepsTables: keep).run()
        }
    }

    struct Client: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends requests to a server and tells what each costs.",
            shouldDisplay: false)

        @Option(help: "Where they go.")
        var url: String
        @Option(help: "How many.")
        var requests = 100_000
        @Option(help: "How many at a time.")
        var connections = 64
        @Option(help: "Size of each body.")
        var bytes = 600
        @Option(help: "Further ones that wait for a server that never answers.")
        var beside = 0
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try options.requireEarnest()
            return try await BenchClient(
                url: url, requests: requests, connections: connections, bytes: bytes,
                beside: beside
            ).run()
        }
    }
}
