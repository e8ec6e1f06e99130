import BusinessCalendar
import Foundation
import Operations
import Settings

extension Application {
    /// `config check`.
    package static func checkConfiguration(_ launch: Launch) throws -> Answer {
        let configuration = try Settings.load(
            directory: launch.configDirectory, environment: ProcessInfo.processInfo.environment)
        let sentence =
            "\(launch.configDirectory) is sound: \(configuration.parties.count) parties, "
            + "\(configuration.agreements.count) agreements, "
            + "\(configuration.products.count) products, "
            + "\(configuration.calendars.count) calendars"
        return Answer(
            .object([
                "sound": .flag(true), "parties": .count(configuration.parties.count),
                "agreements": .count(configuration.agreements.count),
                "products": .count(configuration.products.count),
                "calendars": .count(configuration.calendars.count),
            ]), lines: [sentence])
    }

    /// `config show [--origin]`; secrets are never shown.
    package static func showConfiguration(_ launch: Launch, withOrigin: Bool) throws -> Answer {
        let configuration = try Settings.load(
            directory: launch.configDirectory, environment: ProcessInfo.processInfo.environment)
        var grid = Grid(
            columns: [.words("key"), .words("value")] + (withOrigin ? [.words("from")] : []))
        var nodes: [Node] = []
        for origin in configuration.origins {
            let place = origin.sourceText
            let key = "\(origin.file) \(origin.key)"
            grid.add([key, origin.value] + (withOrigin ? [place] : []))
            nodes.append(
                withOrigin
                    ? .object([
                        "key": .text(key), "value": .text(origin.value),
                        "from": .text(place),
                    ])
                    : .object(["key": .text(key), "value": .text(origin.value)]))
        }
        return Answer(.array(nodes), grids: [grid])
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
        return Answer(.object(["files": .array(paths.map { .text($0) })]), lines: paths)
    }
}
