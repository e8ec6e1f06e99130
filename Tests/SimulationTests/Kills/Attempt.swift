import Foundation
import Operations
import TestSupport

/// A run of a command to which something happens.
struct Attempt: Sendable {
    let step: Step
    let installation: Installation

    /// How a run ended, and whether anything had happened to it by then.
    struct Result: Sendable {
        let ended: Ended
        let wasStruck: Bool
        /// Another run did the command's work to its end.
        var isDoneByOther = false

        /// Killed, or told by the loss of its server to try again.
        var isToBeRunAgain: Bool { ended.wasKilled || wasStruck && ended.exit == 75 }
    }

    func run(_ kill: KillPlan.Kill) async throws -> Result {
        switch kill {
        case .at(let point, let time):
            try await killed(by: start(["COLEND_CRASH_AT": "\(point.rawValue):\(time)"]).ended())
        case .after(let milliseconds):
            try await killed(by: start().killed(after: .milliseconds(milliseconds)))
        case .serverAfter(let blow, let milliseconds):
            try await struck(start(), blow, after: .milliseconds(milliseconds))
        case .serverAt(let blow, let point, let time):
            try await stopped(at: "\(point.rawValue):\(time)", blow)
        case .overtaken(let blow, let point):
            try await stopped(at: point.rawValue, blow, isOvertaken: true)
        }
    }

    private func start(_ environment: [String: String] = [:]) throws -> Running {
        try installation.start(step.arguments, environment: environment)
    }

    /// A server learns of the death of its client a moment later, and holds its locks until then.
    private func killed(by ended: Ended) async throws -> Result {
        if ended.wasKilled { try await installation.server?.waitUntilAlone() }
        return Result(ended: ended, wasStruck: ended.wasKilled)
    }

    private func struck(_ running: Running, _ blow: Blow, after moment: Duration) async throws
        -> Result
    {
        async let ended = running.ended()
        try await Task.sleep(for: moment)
        let wasStruck = running.process.hasEnded ? false : try await strike(blow)
        return Result(ended: try await ended, wasStruck: wasStruck)
    }

    /// The command stands still while its server goes, and perhaps while another run of it comes
    /// and ends; then it goes on.
    private func stopped(at point: String, _ blow: Blow, isOvertaken: Bool = false) async throws
        -> Result
    {
        let running = try start(["COLEND_STOP_AT": point])
        async let ended = running.ended()
        do {
            guard try await running.process.waitUntilStopped() else {
                return Result(ended: try await ended, wasStruck: false)
            }
            let wasStruck = try await strike(blow)
            if isOvertaken {
                let other = try await start().ended()
                if !step.isMade(other) { try other.done() }
            }
            running.process.signal(SIGCONT)
            return Result(
                ended: try await ended, wasStruck: wasStruck || isOvertaken,
                isDoneByOther: isOvertaken)
        } catch {
            running.process.signal(SIGKILL)
            _ = try? await ended
            throw error
        }
    }

    private func strike(_ blow: Blow) async throws -> Bool {
        guard let server = installation.server else {
            throw HarnessFault("there is no server to strike")
        }
        return try await blow.strike(server)
    }
}

extension Step {
    /// Whether a decision was made already when the command came to make it.
    func isMade(_ ended: Ended) -> Bool {
        codeWhenMade.map { ended.complaints.hasPrefix($0) } ?? false
    }
}
