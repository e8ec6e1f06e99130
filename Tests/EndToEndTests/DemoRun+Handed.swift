import Foundation
import TestSupport
import Testing

/// A bank's files of one date, handed over in a directory instead of fetched.
struct HandedFiles {
    /// A copy of a demo with the files in the directory `in`.
    let run: DemoRun
    private let bank: String
    /// SHA-256 by name, as the bank's own log has it.
    private let digests: [String: String]

    init(of bank: String, on date: String) async throws {
        run = try await DemoRun.first.value.copied()
        self.bank = bank
        let log = try String(
            contentsOfFile: run.folder.path("demo/banks/\(bank)/state/log"), encoding: .utf8)
        digests = try log.split(separator: "\n").filter { $0.contains("\"kind\":\"offered\"") }
            .reduce(into: [:]) { digests, line in
                let json = Data(line.drop { $0 != "{" }.utf8)
                let record = try JSONSerialization.jsonObject(with: json) as? Object
                let change = record?["change"] as? Object
                guard change?["date"] as? String == date,
                    let offered = change?["files"] as? [String: String]
                else { return }
                digests.merge(offered) { $1 }
            }
        for (name, digest) in digests {
            try run.folder.write(try content(digest), to: "in/" + name)
        }
    }

    private func content(_ digest: String) throws -> String {
        try String(
            contentsOfFile: run.folder.path("demo/banks/\(bank)/state/files/\(digest)"),
            encoding: .utf8)
    }

    /// Gives every file's lines another order; the manifest becomes that of the new files.
    func reorder(_ order: (ArraySlice<String>) -> [String]) async throws {
        var manifest = try content(try #require(digests["manifest.json"]))
        let names = digests.keys.filter { $0 != "manifest.json" }.sorted()
        var paths: [String] = []
        for name in names {
            let lines = try content(digests[name] ?? "").split(separator: "\n").map(String.init)
            let text = (Array(lines.prefix(1)) + order(lines.dropFirst()))
                .map { $0 + "\n" }.joined()
            paths.append(try run.folder.write(text, to: "in/" + name))
        }
        let sums = try await Tool.run("sha256sum", paths).output.split(separator: "\n")
        for (name, sum) in zip(names, sums) {
            manifest = manifest.replacing(digests[name] ?? "", with: sum.prefix(64))
        }
        try run.folder.write(manifest, to: "in/manifest.json")
    }
}
