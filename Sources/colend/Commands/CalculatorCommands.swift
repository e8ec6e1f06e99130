import ArgumentParser
import Assembly

struct ScheduleCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Instalments of one loan, or of an array of loans.")

    @Argument(help: "JSON file, or - for standard input.")
    var file: String
    @OptionGroup var options: GlobalOptions

    func answer() async throws -> Answer {
        try Calculators.schedule(file, options.launch())
    }
}

struct SplitCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "split", abstract: "Splits amounts between parties, on the running total.")

    @Argument(help: "JSON file, or - for standard input.")
    var file: String
    @OptionGroup var options: GlobalOptions

    func answer() async throws -> Answer { try Calculators.split(file) }
}

struct BlendCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "blend", abstract: "The share-weighted mean of lenders' rates.")

    @Argument(help: "JSON file, or - for standard input.")
    var file: String
    @OptionGroup var options: GlobalOptions

    func answer() async throws -> Answer { try Calculators.blend(file) }
}

struct CoverCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "cover", abstract: "What events leave of a cover for losses, cumulative.",
        discussion: """
            The file holds one JSON object with currency, cover and events. A cover is of kind \
            frozen-set (percent, setLimit), outstanding (percent) or reserve (amount, replenish); \
            an event is one of disbursed, matured, defaulted, recovered, writtenOff and toppedUp \
            with its amount. Told after each is the ceiling, what is available, what has been \
            invoked and what of losses it could not take.

            {"currency": "INR", "cover": {"kind": "frozen-set", "percent": "5", "setLimit": \
            "40.00"}, "events": [{"disbursed": "20.00"}, {"defaulted": "2.00"}]}
            """)

    @Argument(help: "JSON file, or - for standard input.")
    var file: String
    @OptionGroup var options: GlobalOptions

    func answer() async throws -> Answer { try Calculators.cover(file) }
}
