// The scenario files of a start: one or several, or all of a directory.
import Foundation

/// A scenario with the text it was read from.
struct ScenarioFile {
    let path: String
    let yaml: String
    let played: Played

    /// Reads all scenarios of the given files and directories; throws the faults of all at once.
    static func read(_ paths: [String]) throws(StartFault) -> [ScenarioFile] {
        var files: [ScenarioFile] = []
        var messages: [String] = []
        for path in paths.flatMap(expand) {
            guard let content = FileManager.default.contents(atPath: path),
                let yaml = String(validating: content, as: UTF8.self)
            else {
                messages.append("cannot read \(path); give --scenario a UTF-8 file")
                continue
            }
            do {
                files.append(
                    ScenarioFile(
                        path: path, yaml: yaml, played: try Played(yaml: yaml, file: path)))
            } catch { messages += error.messages }
        }
        let parties = files.map(\.played.party)
        for file in files.enumerated().dropFirst()
        where parties[..<file.offset].contains(file.element.played.party) {
            messages.append(
                "\(file.element.path):1:1: another scenario of this start has the party "
                    + "\"\(file.element.played.party)\"")
        }
        if !messages.isEmpty { throw .scenario(messages) }
        return files
    }

    /// A directory stands for the scenario files in it.
    private static func expand(_ path: String) -> [String] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
            isDirectory.boolValue
        else { return [path] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let files = names.filter { $0.hasSuffix(".yaml") }.sorted().map { path + "/" + $0 }
        return files.isEmpty ? [path] : files
    }
}
