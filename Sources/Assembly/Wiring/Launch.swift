import Foundation
package import Operations

/// What a command was started with.
package struct Launch: Sendable {
    package let configDirectory: String
    /// `sqlite:PATH`.
    package let store: String
    package let isDryRun: Bool
    package let isQuiet: Bool
    /// Where closed dates' files are written; nil for nowhere.
    package let outDirectory: String?
    /// Variables that stand in for the process's own, such as secrets of a demo.
    package var environment: [String: String] = [:]
    /// Whether those are all there are: nothing of the process's own reaches the command then.
    package var isSecluded = false
    /// Options of the command line as `config show` tells them.
    package var settings: [LaunchSetting] = []

    package init(
        configDirectory: String, store: String, isDryRun: Bool, isQuiet: Bool,
        outDirectory: String? = nil
    ) {
        self.configDirectory = configDirectory
        self.store = store
        self.isDryRun = isDryRun
        self.isQuiet = isQuiet
        self.outDirectory = outDirectory
    }
}

extension Launch {
    /// The variables in force.
    var variables: [String: String] {
        if isSecluded { return environment }
        return ProcessInfo.processInfo.environment.merging(environment) { _, given in given }
    }

    /// Who decides, by `--as` or `COLEND_USER`; nil when nobody was named.
    package var person: Person? {
        get throws(PersonFault) {
            let named = settings.first { $0.key == "option as" && !$0.value.isEmpty }
            return try named.map { setting throws(PersonFault) in try Person(setting.value) }
        }
    }
}

/// One option in force and who gave it.
package struct LaunchSetting: Hashable, Sendable {
    package let key: String
    package let value: String
    /// `command line`, `environment COLEND_STORE`, `default`, or a file with line and column.
    package let origin: String

    package init(key: String, value: String, origin: String) {
        self.key = key
        self.value = value
        self.origin = origin
    }
}

/// A command's words that cannot be understood.
package struct UsageFault: CodedError, Hashable {
    package let code: String
    package let sentence: String

    package init(code: String, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }

    package var exit: ExitKind { .usage }
}

/// Something asked for that is not there.
package struct NotFound: CodedError, Hashable {
    package let sentence: String

    package init(_ sentence: String) { self.sentence = sentence }

    package var code: String { "QUERY-001" }
    package var exit: ExitKind { .failed }
}
