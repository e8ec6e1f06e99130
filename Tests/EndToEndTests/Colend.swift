import Foundation
import TestSupport
import Testing

/// `colend` as a stranger runs it.
enum Colend {
    typealias Outcome = ProductProcess.Outcome

    /// Runs it to its end in a directory of its own, or the one given.
    static func run(
        _ arguments: String..., input: String = "", environment: [String: String] = [:],
        in folder: TemporaryFolder? = nil
    ) async throws -> Outcome {
        try await run(arguments, input: input, environment: environment, in: folder)
    }

    static func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:],
        in folder: TemporaryFolder? = nil
    ) async throws -> Outcome {
        try await ProductProcess.run(
            .colend, arguments, environment: environment, input: input, in: folder)
    }

    /// Runs it with its output on a terminal; gives what the terminal showed.
    static func runOnTerminal(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) async throws -> (exit: Int32, shown: String) {
        let terminal = try Terminal()
        let outcome = try await ProductProcess.run(
            .colend, arguments, environment: ["TERM": "xterm"].merging(environment) { $1 },
            input: input, device: terminal.path)
        return (outcome.exit, await terminal.shown())
    }
}

extension Colend.Outcome {
    /// Standard output as JSON: dictionaries, arrays and texts.
    func json<Value>(as type: Value.Type = Value.self) throws -> Value {
        let value = try JSONSerialization.jsonObject(
            with: Data(output.utf8), options: .fragmentsAllowed)
        return try #require(value as? Value, "\(output) \(errors)")
    }

    /// The code at the beginning of each line of standard error that is no warning.
    var codes: [String] {
        errorLines.map { String($0.prefix { $0 != ":" }) }.filter { $0 != "warning" }
    }

    /// The warnings on standard error.
    var warnings: [String] { errorLines.filter { $0.hasPrefix("warning: ") } }
}

/// A JSON object.
typealias Object = [String: Any]
