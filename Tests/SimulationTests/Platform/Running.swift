import Foundation

/// A command of the platform that was started and may still run.
struct Running: Sendable {
    let process: Spawned
    private let command: String
    private let output: URL
    private let complaints: URL

    /// - Parameter log: the path of its two outputs, without their extensions.
    init(_ arguments: [String], environment: [String: String], log: URL) throws {
        command = arguments.joined(separator: " ")
        output = log.appendingPathExtension("out")
        complaints = log.appendingPathExtension("err")
        process = try Spawned(
            House.colend, arguments, environment: environment, output: output,
            complaints: complaints)
    }

    /// Waits for its end; to be called once.
    func ended() async throws -> Ended {
        let ending = try await process.wait()
        return Ended(
            command: command, ending: ending, output: try Data(contentsOf: output),
            complaints: String(decoding: try Data(contentsOf: complaints), as: UTF8.self))
    }

    /// Kills it after so long, wherever it is then, and waits for its end.
    func killed(after moment: Duration) async throws -> Ended {
        let killer = Task {
            try await Task.sleep(for: moment)
            process.signal(SIGKILL)
        }
        defer { killer.cancel() }
        return try await ended()
    }
}
