import ArgumentParser
import Assembly
import Foundation

extension OutputFormat: ExpressibleByArgument {}

/// When output may be coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// Options that every command takes; each also by its `COLEND_…` variable.
struct GlobalOptions: ParsableArguments {
    @Option(help: "Configuration directory (COLEND_CONFIG).")
    var config: String?

    @Option(help: "Store, such as sqlite:colend.db (COLEND_STORE).")
    var store: String?

    @Option(help: "Output: table, json, csv or ndjson (COLEND_OUTPUT).")
    var output: OutputFormat?

    @Flag(help: "Print the result and nothing else.")
    var quiet = false

    @Option(help: "Colour: auto, always or never; NO_COLOR is honoured.")
    var color = ColorChoice.auto

    @Flag(name: .customLong("dry-run"), help: "Check and compute everything, write nothing.")
    var dryRun = false

    @Option(name: .customLong("as"), help: "The person who decides (COLEND_USER).")
    var user: String?
}

extension GlobalOptions {
    private var environment: Environment { Environment() }

    /// The options with what the environment adds.
    var launch: Launch {
        Launch(
            configDirectory: config ?? environment["COLEND_CONFIG"] ?? "Config",
            store: store ?? environment["COLEND_STORE"] ?? "sqlite:colend.db",
            isDryRun: dryRun, isQuiet: quiet)
    }

    /// A table on a terminal, JSON otherwise, unless one was asked for.
    func format(from environment: Environment = Environment()) -> OutputFormat {
        if let output { return output }
        if let named = environment["COLEND_OUTPUT"].flatMap(OutputFormat.init(rawValue:)) {
            return named
        }
        return isatty(STDOUT_FILENO) == 1 ? .table : .json
    }
}

/// The variables of this process.
struct Environment {
    subscript(name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}
