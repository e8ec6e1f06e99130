import ArgumentParser
import Assembly
import Foundation

/// A command that answers: its result goes to standard output, its faults to standard error, and
/// its exit code says how it went.
protocol HouseCommand: AsyncParsableCommand {
    var options: GlobalOptions { get }
    func answer() async throws -> Answer
}

extension HouseCommand {
    func run() async throws {
        // How to print is settled first: a result that cannot be shown should not be made.
        let format = try options.format()
        let isColored = try options.isColored()
        if !options.quiet {
            for warning in try options.launch().warnings { StandardError.write(warning) }
        }
        let answer = try await answer()
        if !options.quiet { for note in answer.notes { StandardError.write(note) } }
        try StandardOutput.write(answer.rendered(format, isColored: isColored))
        if let code = answer.exitCode { throw ExitCode(code) }
    }
}

/// Text for people, apart from the result.
enum StandardError {
    /// Writes a line; where nobody can read it, nothing can be said about that either.
    static func write(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}

/// The result.
enum StandardOutput {
    /// Whether somebody takes what is written, or will within that time.
    static func isReady(withinMilliseconds patience: Int32) -> Bool {
        var descriptor = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        return poll(&descriptor, 1, patience) != 0
    }

    /// - Throws: ``OutputFault`` IO-002, such as for a full disk.
    static func write(_ text: String) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            throw OutputFault(path: "standard output", error)
        }
    }
}
