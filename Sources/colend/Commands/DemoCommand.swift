import ArgumentParser
import Assembly

struct DemoCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Takes real loans through their life with three mock banks, faults and all.",
        discussion: """
            Everything stays in the directory: look at it with the other commands, such as

              colend breaks list --config demo/Config --store sqlite:demo/colend.db

            With --store the store is there instead, and must be empty.
            """)

    @Option(help: "How many loans.")
    var loans = 1_000
    @Option(help: "How many business dates.")
    var days = 120
    @Option(help: "Same seed, same run.")
    var seed: UInt64 = 1
    @Option(help: "Whether banks misbehave: on or off.")
    var faults = Switch.on
    @Option(help: "Where everything is kept; an earlier demo there is replaced.")
    var directory = "demo"
    @OptionGroup var options: GlobalOptions

    enum Switch: String, ExpressibleByArgument, CaseIterable {
        case on, off
    }

    func answer() async throws -> Answer {
        let demo = Demo(
            Demo.Options(
                loans: loans, days: days, seed: seed, hasFaults: faults == .on,
                directory: directory, store: options.store, isQuiet: options.quiet))
        return options.dryRun ? try demo.rehearse() : try await demo.run()
    }
}
