import Foundation
import TestSupport
import Testing

/// An article whose commands are run: what stands in a block below the name of a file is written
/// to it, and a `console` block shows commands behind `$` with all they print.
struct ArticleRun {
    private let folder: TemporaryFolder
    private let text: String

    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../..").standardizedFileURL

    /// The article of a name, beside a copy of the example configuration.
    init(_ name: String) throws {
        let article = Self.root.appending(path: "Sources/colend/Documentation.docc/\(name).md")
        text = try String(contentsOf: article, encoding: .utf8)
        folder = try TemporaryFolder()
        try FileManager.default.copyItem(
            atPath: Self.root.appending(path: "Config").path, toPath: folder.path("Config"))
    }

    /// Runs everything in order; each command must print what the article shows.
    ///
    /// - Returns: How many commands there were.
    func run() async throws -> Int {
        var commands = 0
        var name: String?
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = lines.popFirst() {
            if let file = Self.fileName(line) { name = file }
            guard line.hasPrefix("```") else { continue }
            let body = lines.prefix { $0 != "```" }
            lines = lines.dropFirst(body.count + 1)
            if line == "```console" {
                for step in Self.steps(body) {
                    commands += 1
                    try await check(step)
                }
            } else if let file = name {
                try folder.write(body.joined(separator: "\n") + "\n", to: file)
            }
            name = nil
        }
        return commands
    }

    /// A command and what it prints.
    private struct Step {
        let command: String
        var shown: [Substring] = []
    }

    private static func steps(_ body: ArraySlice<Substring>) -> [Step] {
        var steps: [Step] = []
        for line in body {
            if line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2))))
            } else if !steps.isEmpty {
                steps[steps.count - 1].shown.append(line)
            }
        }
        return steps
    }

    private static func fileName(_ line: Substring) -> String? {
        guard line.hasPrefix("`"), line.hasSuffix("`:") else { return nil }
        return String(line.dropFirst().dropLast(2))
    }

    /// The secrets that parties of a command's configuration name.
    private func secrets(of command: String) -> [String] {
        let words = command.split(separator: " ")
        let option = words.firstIndex(of: "--config")
        let parties = folder.path("\(option.map { words[$0 + 1] } ?? "Config")/parties")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parties)) ?? []
        return names.flatMap { name in
            let text = try? String(contentsOfFile: "\(parties)/\(name)", encoding: .utf8)
            return (text ?? "").matches(of: /COLEND_[A-Z]+_SECRET/).map { String($0.output) }
        }
    }

    private func check(_ step: Step) async throws {
        var environment = ["COLEND_OUTPUT": "table"]
        for name in secrets(of: step.command) { environment[name] = Books.secret }
        let outcome = try await ProductProcess.shell(
            step.command, environment: environment, in: folder)
        var printed = outcome.output.replacing("\r\n", with: "\n")
            .split(separator: "\n", omittingEmptySubsequences: false)
        while printed.last?.isEmpty == true { printed.removeLast() }
        #expect(
            printed == step.shown, "$ \(step.command)\n\(outcome.output)")
    }
}
