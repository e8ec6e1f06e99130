import Foundation

/// Where the built programs and the package's own files are.
enum House {
    /// The programs are built beside the running test bundle.
    static let programs: URL = {
        let running = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: running ?? CommandLine.arguments[0])
            .deletingLastPathComponent()
    }()

    static let colend = programs.appending(path: "colend")
    static let mockBank = programs.appending(path: "mock-bank")

    /// The package, found from where this file was compiled.
    static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// This process's variables without any that would set a platform or a bank.
    static let environment = ProcessInfo.processInfo.environment
        .filter { !$0.key.hasPrefix("COLEND_") }

    /// A new directory of a test's own.
    static func makeDirectory(_ name: String) throws -> URL {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "colend-\(name)-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        return directory
    }
}

/// Something the harness itself could not do.
struct HarnessFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
