import ArgumentParser
import Assembly

struct BenchFundCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "fund",
        abstract: "Funds loans at mock banks over the wire and tells how many a second.",
        discussion: """
            Every request is durable on both sides before it counts. The store is a passing one \
            unless --store names one that is not there yet, which is left then.
            """)

    @Option(help: "How many, each of a loan of its own.")
    var requests = 100_000
    @Option(help: "Banks, each in a process of its own.")
    var partners = 2
    @Option(help: "Milliseconds that a bank takes over an answer.")
    var latencyMs = 0
    @Option(help: "Requests under way at a time, over all banks.")
    var inFlight = 1_024
    @Option(help: "Requests in one call; 1 sends each by itself.")
    var batch = 1
    @OptionGroup var options: GlobalOptions

    func answer() async throws -> Answer {
        try options.requireEarnest()
        var load = BenchFund.Load()
        (load.requests, load.partners) = (requests, partners)
        (load.latencyMilliseconds, load.inFlight, load.batch) = (latencyMs, inFlight, batch)
        return try await BenchFund(options.launch(), load).run()
    }
}
