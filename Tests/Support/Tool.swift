import Foundation

/// Programs of others that check what we write; `Scripts/prepare` puts them in place.
package enum Tool {
    /// A missing one is a failure where `COLEND_STRICT` is set, and leaves the test out elsewhere.
    package static func isWanted(_ name: String) -> Bool { isThere(name) || isStrict }

    /// Whether it can be run here; for checks that are worth having and not worth installing for.
    package static func isThere(_ name: String) -> Bool { path(of: name) != nil }

    /// The same for a Python package in `.build/tools`, where ``run(_:_:input:)`` finds `python`.
    package static func isPythonWanted(_ package: String) -> Bool {
        let library = "\(tools)/lib"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: library)) ?? []
        return isStrict
            || versions.contains { version in
                let place = "\(library)/\(version)/site-packages/\(package)"
                return FileManager.default.fileExists(atPath: place)
            }
    }

    private static let isStrict = ProcessInfo.processInfo.environment["COLEND_STRICT"] != nil

    private static let tools =
        ProductProcess.directory.path.components(separatedBy: "/.build/")[0] + "/.build/tools"

    /// On the path, or where `Scripts/prepare` has put it.
    private static func path(of name: String) -> String? {
        let found = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = ["\(tools)/bin"] + found.split(separator: ":").map(String.init)
        return folders.map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs it to its end; standard output and error together.
    ///
    /// - Throws: ``ToolMissing``, or an error of Foundation when it cannot be started.
    package static func run(_ name: String, _ arguments: [String], input: String? = nil)
        async throws -> (exit: Int32, output: String)
    {
        guard let program = path(of: name) else { throw ToolMissing(name: name) }
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

/// A program that a test needs and that is not there.
package struct ToolMissing: Error, CustomStringConvertible {
    let name: String

    package var description: String { "\(name) is not there; Scripts/test installs it" }
}
