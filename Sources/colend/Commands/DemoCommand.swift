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
    @Option(
        help: .init(
            "Who pays borrowers: \(Demo.ways.joined(separator: ", ")).", valueName: "way"))
    var disbursement = Demo.ways[0]
    @OptionGroup var options: GlobalOptions

    enum Switch: String, ExpressibleByArgument, CaseIterable {
        case on, off
    }

    func validate() throws {
        if Demo.ways.contains(disbursement) { return }
        throw ValidationError(
            "--disbursement takes \(Demo.ways.joined(separator: ", "))")
    }

    func answer() async throws -> Answer {
        let demo = Demo(
            Demo.Options(
                loans: loans, days: days, seed: seed, hasFaults: faults == .on,
                directory: directory, disbursement: disbursement, store: options.store,
                isQuiet: options.quiet))
        return options.dryRun ? try demo.rehearse() : try await demo.run()
    }
}
