import Foundation
import TestSupport
import Testing

/// A run of chaos that is told to end.
@Suite(.serialized) struct ChaosStopTests {
    /// Starts one and tells it to end once its rounds have books.
    private func stopped(
        in folder: TemporaryFolder, options: [String] = []
    ) async throws -> ProductProcess.Outcome {
        let bench = try ProductProcess.start(
            .colend,
            [
                "bench", "chaos", "--requests", "4000", "--round-requests", "2000", "--kills", "4",
            ] + options, environment: ["TMPDIR": folder.path("")], limitSeconds: 240)
        while !names(folder).contains(where: { $0.hasSuffix("colend.db") }) {
            try await Task.sleep(for: .milliseconds(20))
        }
        bench.signal(SIGTERM)
        return await bench.outcome()
    }

    private func names(_ folder: TemporaryFolder) -> [String] {
        FileManager.default.subpaths(atPath: folder.path("")) ?? []
    }

    /// Command lines of processes that work in a folder.
    private func programs(_ folder: TemporaryFolder) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { name in
            let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline")
            let text = String(decoding: line ?? Data(), as: UTF8.self)
            return text.contains(folder.path) ? text : nil
        }
    }

    @Test(.timeLimit(.minutes(10))) func `it ends its programs, removes its directory and says so`()
        async throws
    {
        let folder = try TemporaryFolder()
        let outcome = try await stopped(in: folder)
        #expect(outcome.exit == 128 + SIGTERM)
        #expect(outcome.output == "")
        #expect(
            outcome.errors.contains("bench chaos is stopped by SIGTERM, with 2 rounds under way"),
            "\(outcome.errors)")
        #expect(names(folder).isEmpty)
        #expect(programs(folder) == [])
    }

    @Test(.timeLimit(.minutes(10))) func `a directory that was named stays, and is named again`()
        async throws
    {
        let folder = try TemporaryFolder()
        let outcome = try await stopped(in: folder, options: ["--directory", folder.path("kept")])
        #expect(outcome.exit == 128 + SIGTERM)
        #expect(outcome.errors.contains("left in \(folder.path("kept"))"))
        #expect(names(folder).contains("kept/round-1/colend.db"))
        #expect(programs(folder) == [])
    }
}
