import ArgumentParser
import Assembly
import Foundation

extension OutputFormat: ExpressibleByArgument {}

/// When output may be coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// Options that every command takes; each but the flags also by its `COLEND_…` variable, which
/// counts when the option is absent. An empty variable is an absent one.
struct GlobalOptions: ParsableArguments {
    @Option(help: .init("Configuration directory (COLEND_CONFIG).", valueName: "dir"))
    var config: String?

    @Option(help: .init("Store: sqlite:PATH or postgres://… (COLEND_STORE).", valueName: "url"))
    var store: String?

    @Option(help: .init("How the result is printed (COLEND_OUTPUT).", valueName: "format"))
    var output: OutputFormat?

    @Flag(help: "Print the result and nothing else.")
    var quiet = false

    @Option(help: .init("Colour (COLEND_COLOR); NO_COLOR is honoured.", valueName: "when"))
    var color: ColorChoice?

    @Flag(name: .customLong("dry-run"), help: "Check and compute everything, write nothing.")
    var dryRun = false

    @Option(
        name: .customLong("as"),
        help: .init("The person who decides (COLEND_USER).", valueName: "user"))
    var user: String?
}

extension GlobalOptions {
    /// The options with what the environment adds.
    ///
    /// - Throws: ``UsageFault`` USAGE-008 for a variable that says nothing.
    func launch(_ environment: Environment = Environment()) throws -> Launch {
        let config = setting(config, "config", environment, default: "Config")
        let store = setting(store, "store", environment, default: "sqlite:colend.db")
        var launch = Launch(
            configDirectory: config.value, store: store.value, isDryRun: dryRun, isQuiet: quiet)
        let person = setting(user, "as", environment, variable: "COLEND_USER", default: "")
        let format = setting(
            output?.rawValue, "output", environment, default: automaticFormat.rawValue)
        let place = LaunchSetting(
            key: store.key, value: Launch.shown(store: store.value), origin: store.origin)
        launch.settings = [config, place, format] + (person.value.isEmpty ? [] : [person])
        return launch
    }

    /// A measurement has nothing to rehearse: it is the doing that is measured.
    ///
    /// - Throws: ``UsageFault`` USAGE-026 with `--dry-run`.
    func requireEarnest() throws {
        guard dryRun else { return }
        throw UsageFault(
            code: "USAGE-026",
            "a bench measures what it does and leaves nothing to rehearse; leave --dry-run out")
    }

    private func setting(
        _ given: String?, _ option: String, _ environment: Environment, variable: String? = nil,
        default fallback: String
    ) -> LaunchSetting {
        let variable = variable ?? "COLEND_\(option.uppercased())"
        let key = "option \(option)"
        if let given { return LaunchSetting(key: key, value: given, origin: "command line") }
        if let value = environment[variable] {
            return LaunchSetting(key: key, value: value, origin: "environment \(variable)")
        }
        return LaunchSetting(key: key, value: fallback, origin: "default")
    }

    /// A table on a terminal, JSON otherwise, unless one was asked for.
    ///
    /// - Throws: ``UsageFault`` USAGE-008.
    func format(_ environment: Environment = Environment()) throws -> OutputFormat {
        try output ?? environment.word("COLEND_OUTPUT") ?? automaticFormat
    }

    private var automaticFormat: OutputFormat { isatty(STDOUT_FILENO) == 1 ? .table : .json }

    /// - Throws: ``UsageFault`` USAGE-008.
    func isColored(_ environment: Environment = Environment()) throws -> Bool {
        switch try color ?? environment.word("COLEND_COLOR") ?? .auto {
        case .always: true
        case .never: false
        case .auto:
            isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR"] == nil
                && environment["TERM"] != "dumb"
        }
    }
}

/// The variables of this process; empty ones count as unset.
struct Environment {
    subscript(name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// One word of an enumeration.
    ///
    /// - Throws: ``UsageFault`` USAGE-008.
    func word<Word: RawRepresentable & CaseIterable>(_ name: String) throws -> Word?
    where Word.RawValue == String {
        guard let text = self[name] else { return nil }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
        throw UsageFault(code: "USAGE-008", "\(name) '\(text)' is none of \(words)")
    }
}
