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
