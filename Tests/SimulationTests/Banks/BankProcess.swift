import Foundation
import Synchronization

/// A mock bank in a process of its own; it can be killed and started again on its state.
final class BankProcess: Sendable {
    /// What to start a bank with.
    struct Settings: Sendable {
        let name: String
        let seed: UInt64
        let secret: String
        let directory: URL
    }

    private struct Running {
        var process: Spawned
        var port: Int
    }

    let settings: Settings
    private let running: Mutex<Running>

    var name: String { settings.name }
    var endpoint: String { "http://127.0.0.1:\(running.withLock(\.port))" }

    /// Starts the bank and waits until it listens.
    static func start(_ settings: Settings) async throws -> BankProcess {
        try FileManager.default.createDirectory(
            at: settings.directory, withIntermediateDirectories: true)
        return BankProcess(settings, try await launch(settings))
    }

    private init(_ settings: Settings, _ started: Running) {
        self.settings = settings
        running = Mutex(started)
    }

    /// Asks the bank to stop and waits until it has.
    func stop() async { await end(SIGTERM) }

    /// Ends the bank as `kill -9` does.
    func kill() async { await end(SIGKILL) }

    /// Starts the bank again on the state it left, on another port.
    func restart() async throws {
        let started = try await BankProcess.launch(settings)
        running.withLock { $0 = started }
    }

    /// Leaves half a record at the end of the stopped bank's log, as a power cut might.
    func tearLog() throws {
        let log = settings.directory.appending(path: "state/log")
        let handle = try FileHandle(forWritingTo: log)
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("0123456789abcdef {\"entries\":[".utf8))
    }

    private func end(_ signal: Int32) async {
        let process = running.withLock(\.process)
        process.signal(signal)
        _ = try? await process.wait()
    }

    private static func launch(_ settings: Settings) async throws -> Running {
        let ready = settings.directory.appending(path: "ready.json")
        try? FileManager.default.removeItem(at: ready)
        let scenario = House.package.appending(path: "Mocks/Scenarios/\(settings.name).yaml")
        let log = settings.directory.appending(path: "log")
        let process = try Spawned(
            House.mockBank,
            [
                "--scenario", scenario.path, "--ready-file", ready.path, "--state",
                settings.directory.appending(path: "state").path, "--seed", "\(settings.seed)",
                "--exit-with-parent",
            ],
            environment: House.environment.merging(
                [secretVariable(settings.name): settings.secret]) { _, given in given },
            output: log, complaints: log)
        for _ in 0..<1_200 {
            if let port = port(in: ready) { return Running(process: process, port: port) }
            try await Task.sleep(for: .milliseconds(25))
        }
        process.signal(SIGKILL)
        throw HarnessFault("bank \(settings.name) did not start; see \(log.path)")
    }

    static func secretVariable(_ name: String) -> String { "COLEND_\(name.uppercased())_SECRET" }

    private static func port(in file: URL) -> Int? {
        struct Ready: Decodable { let port: Int }
        guard let data = try? Data(contentsOf: file) else { return nil }
        return (try? JSONDecoder().decode(Ready.self, from: data))?.port
    }
}
