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
        let answer: Answer
        do {
            answer = try await self.answer()
        } catch let exit as ExitCode {
            throw exit
        } catch {
            let failure = Failure(error)
            for line in failure.lines { StandardError.write(line) }
            throw ExitCode(failure.exitCode)
        }
        StandardOutput.write(answer.rendered(options.format()))
        if let code = answer.exitCode { throw ExitCode(code) }
    }
}

/// Text for people, apart from the result.
enum StandardError {
    static func write(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}

/// The result.
enum StandardOutput {
    static func write(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}
