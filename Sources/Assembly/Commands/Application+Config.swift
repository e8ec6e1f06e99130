import BusinessCalendar
import Foundation
import Operations
import Settings

extension Application {
    /// `config check`: the files, what they name, and those keys that the environment holds; rules
    /// that warn are findings.
    package static func checkConfiguration(_ launch: Launch) throws -> Answer {
        let environment = ProcessInfo.processInfo.environment
        let configuration = try Settings.load(
            directory: launch.configDirectory, environment: environment)
        let keys = configuration.parties.compactMap(\.signing).flatMap {
            PartnerKeys(signing: $0, environment: environment).faults(now: Clock.seconds())
        }
        let lines = configuration.parties.flatMap { party in
            let reading = LineReading(
                party: party, configuration: configuration, directory: launch.configDirectory,
                environment: environment)
            return party.line.map(reading.faults) ?? []
        }
        let faults = keys + lines
        if !faults.isEmpty { throw ConfigurationFaults(faults) }
        let sentence =
            "\(launch.configDirectory) is sound: parties \(configuration.parties.count), "
            + "agreements \(configuration.agreements.count), "
            + "products \(configuration.products.count), "
            + "calendars \(configuration.calendars.count), "
            + "rule packs \(configuration.rulePacks.count)"
            + (configuration.pools.isEmpty ? "" : ", pools \(configuration.pools.count)")
        let warnings = configuration.warnings.map { "warning \($0)" }
        return Answer(
            .object([
                "sound": .flag(true), "parties": .count(configuration.parties.count),
                "agreements": .count(configuration.agreements.count),
                "products": .count(configuration.products.count),
                "calendars": .count(configuration.calendars.count),
                "rulePacks": .count(configuration.rulePacks.count),
                "pools": .count(configuration.pools.count),
                "warnings": .array(configuration.warnings.map { .text("\($0)") }),
            ]), lines: [sentence] + warnings, exit: warnings.isEmpty ? nil : .findings)
    }

    /// `config show [--origin]`; secrets are never shown.
    package static func showConfiguration(_ launch: Launch, withOrigin: Bool) throws -> Answer {
        let configuration = try Settings.load(
            directory: launch.configDirectory, environment: ProcessInfo.processInfo.environment)
        var grid = Grid(
            columns: [.words("key"), .words("value")] + (withOrigin ? [.words("from")] : []))
        var nodes: [Node] = []
        let versions = configuration.versions(hash: Hashing.sha256)
        let written = (configuration.origins + versions).sorted().map {
            LaunchSetting(key: "\($0.file) \($0.key)", value: $0.value, origin: $0.sourceText)
        }
        for setting in launch.settings + written {
            grid.add([setting.key, setting.value] + (withOrigin ? [setting.origin] : []))
            var members = [
                Node.Member(name: "key", value: .text(setting.key)),
                Node.Member(name: "value", value: .text(setting.value)),
            ]
            if withOrigin {
                members.append(Node.Member(name: "from", value: .text(setting.origin)))
            }
            nodes.append(.object(members))
        }
        return Answer(
            .array(nodes), grids: [grid], columns: ["key", "value"] + (withOrigin ? ["from"] : []))
    }

    /// `init DIR`: nothing that exists is overwritten.
    package static func scaffold(in directory: String, firstDate: String?, isDryRun: Bool) throws
        -> Answer
    {
        let date = try Words.date(firstDate, "--first-date") ?? Clock.today()
        let files = Scaffold.minimal(firstDate: date).files
        let paths = files.map { "\(directory)/Config/\($0.path)" }
        for path in paths where FileManager.default.fileExists(atPath: path) {
            throw OutputFault(path: path, reason: "it is there already and is not overwritten")
        }
        if !isDryRun {
            for (path, file) in zip(paths, files) {
                try OutputFile.write(Array(file.text.utf8), to: path)
            }
        }
        return Answer(
            .object(["files": .array(paths.map { .text($0) }), "dryRun": .flag(isDryRun)]),
            lines: isDryRun ? ["would be written:"] + paths : paths)
    }
}
