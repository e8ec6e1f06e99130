import Foundation
import TestSupport
import Testing

/// Programs of others that check what we write; `Scripts/prepare` puts them in place.
enum Tool {
    /// A missing one is a failure where `COLEND_STRICT` is set, and leaves the test out elsewhere.
    static func isWanted(_ name: String) -> Bool {
        path(of: name) != nil || ProcessInfo.processInfo.environment["COLEND_STRICT"] != nil
    }

    /// Whether it can be run here; for checks that are worth having and not worth installing for.
    static func isThere(_ name: String) -> Bool { path(of: name) != nil }

    /// On the path, or where `Scripts/prepare` has put it.
    private static func path(of name: String) -> String? {
        let own = ProductProcess.directory.path.components(separatedBy: "/.build/")[0]
        let found = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = ["\(own)/.build/tools/bin"] + found.split(separator: ":").map(String.init)
        return folders.map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs it to its end; standard output and error together.
    static func run(_ name: String, _ arguments: [String], input: String? = nil) async throws
        -> (exit: Int32, output: String)
    {
        let program = try #require(path(of: name), "\(name) is not there; Scripts/test installs it")
        let folder = try TemporaryFolder()
        var run = Spawn.Program(
            path: program, output: folder.path("output"), errors: folder.path("output"))
        run.arguments = arguments
        run.environment = ProcessInfo.processInfo.environment
            .merging(["LC_ALL": "C.UTF-8"]) { $1 }
        if let input { run.input = try folder.write(input, to: "input") }
        let exit = await Spawn.exit(of: try Spawn.start(run))
        let bytes = FileManager.default.contents(atPath: folder.path("output")) ?? Data()
        return (exit, String(decoding: bytes, as: UTF8.self))
    }
}
