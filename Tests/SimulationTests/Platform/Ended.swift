import Foundation

/// How a command ended.
struct Ended: Sendable, CustomStringConvertible {
    let command: String
    let ending: Ending
    let output: Data
    let complaints: String

    /// The exit code; nil when a signal ended it.
    var exit: Int32? {
        if case .exit(let code) = ending { code } else { nil }
    }

    /// Killed as asked for; any other signal is a crash of its own.
    var wasKilled: Bool { ending == .signal(SIGKILL) }

    /// Done, or done with something to look at.
    var isDone: Bool { exit == 0 || exit == 2 }

    var description: String { "`colend \(command)` ended with \(ending): \(complaints)" }

    /// The answer on standard output.
    func answer<Answer: Decodable>(_ type: Answer.Type) throws -> Answer {
        do { return try JSONDecoder().decode(type, from: output) } catch {
            throw HarnessFault("\(self): the answer is not as expected: \(error)")
        }
    }

    /// Throws unless the command is done.
    @discardableResult
    func done() throws -> Ended {
        if isDone { return self }
        throw HarnessFault(description)
    }
}
