import Foundation
import Synchronization

/// How a program ended.
enum ProgramEnding: Hashable, Sendable, CustomStringConvertible {
    case exit(Int32)
    case signal(Int32)

    init(status: Int32) {
        self = status & 0x7F == 0 ? .exit(status >> 8 & 0xFF) : .signal(status & 0x7F)
    }

    var description: String {
        switch self {
        case .exit(let code): "exit code \(code)"
        case .signal(let number): "signal \(number)"
        }
    }
}

/// A program started beside this one by `posix_spawn`.
///
/// Foundation's `Process` lists its parent's open files by reading beyond a buffer on Linux
/// (swift-corelibs-foundation, 5472) and now and then ends the parent with it.
final class ChildProgram: Sendable {
    private struct Running {
        var programs: [Int32: ChildProgram] = [:]
        var isOver = false
    }

    let identifier: Int32
    /// Those of this process whose end is not known, and whether further ones may be started.
    private static let running = Mutex(Running())
    /// Known once it has ended: its identifier is free for others then.
    private let known = Mutex<ProgramEnding?>(nil)

    /// Starts a program with an environment of its own; both outputs are appended to a log.
    ///
    /// - Throws: `POSIXError`.
    init(_ path: String, _ arguments: [String], environment: [String: String], log: String) throws {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        // A thread of this process may block signals; the program must not inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let appending = O_WRONLY | O_CREAT | O_APPEND
        var identifier: Int32 = 0
        let variables = environment.map { "\($0.key)=\($0.value)" }
        var failure = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for file in [Int32(1), 2] where failure == 0 {
            failure = posix_spawn_file_actions_addopen(&actions, file, log, appending, 0o644)
        }
        if failure == 0 {
            failure = withTexts([path] + arguments) { arguments in
                withTexts(variables) {
                    posix_spawn(&identifier, path, &actions, &attributes, arguments, $0)
                }
            }
        }
        guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EINVAL) }
        self.identifier = identifier
        let isOver = Self.running.withLock { running in
            running.programs[identifier] = self
            return running.isOver
        }
        if isOver {
            signal(SIGKILL)
            while isRunning { usleep(1_000) }
            throw POSIXError(.ECANCELED)
        }
    }

    /// Ends all of them as `kill -9` does, sees that they have ended, and lets none be started.
    static func endAll() {
        let programs = running.withLock { running in
            running.isOver = true
            return Array(running.programs.values)
        }
        for program in programs { program.signal(SIGKILL) }
        for program in programs {
            for _ in 0..<5_000 where program.isRunning { usleep(1_000) }
        }
    }

    /// How it ended; nil while it runs.
    var ending: ProgramEnding? {
        known.withLock { known in
            if known != nil { return known }
            var status: Int32 = 0
            if waitpid(identifier, &status, WNOHANG) == 0 { return nil }
            known = ProgramEnding(status: status)
            Self.running.withLock { running in
                if running.programs[identifier] === self { running.programs[identifier] = nil }
            }
            return known
        }
    }

    /// Whether it still runs.
    var isRunning: Bool { ending == nil }

    /// Asks it to end.
    func stop() { signal(SIGTERM) }

    /// Sends a signal, unless it has ended.
    func signal(_ number: Int32) {
        if isRunning { kill(identifier, number) }
    }

    /// Waits for its end; nil when it has not ended within the time.
    func ended(within seconds: Int) async throws -> ProgramEnding? {
        let limit = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < limit {
            if let ending { return ending }
            try await Task.sleep(for: .milliseconds(2))
        }
        return ending
    }
}

/// C texts that live as long as the call, with a null behind them.
private func withTexts<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    let pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
}
