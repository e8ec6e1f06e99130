import Foundation

extension Installation {
    /// What a statement yields, asked of the server by `psql` and not by the platform: rows of
    /// fields, null as nothing.
    func rows(_ sql: String) async throws -> [[String]] {
        let output = directory.appending(path: "log/rows-\(UUID().uuidString)")
        let complaints = output.appendingPathExtension("err")
        var environment = House.environment
        let debian = (15...19).reversed().map { "/usr/lib/postgresql/\($0)/bin" }
        environment["PATH"] = (debian + [environment["PATH"] ?? "/usr/bin:/bin"])
            .joined(separator: ":")
        let process = try Spawned(
            URL(filePath: "/usr/bin/env"),
            ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-d", store, "-c", sql],
            environment: environment, output: output, complaints: complaints)
        guard try await process.wait() == .exit(0) else {
            throw HarnessFault(try String(contentsOf: complaints, encoding: .utf8))
        }
        return try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
