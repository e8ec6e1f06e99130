import Foundation
import Synchronization
import TestSupport

/// How a process ended.
enum Ending: Sendable, Equatable {
    case exit(Int32)
    case signal(Int32)
}

/// A process that was started and may still run.
///
/// Not Foundation's `Process`: starting many at the same time brings that down now and then.
final class Spawned: Sendable {
    let identifier: pid_t
    private let isReaped = Mutex(false)
    private let endings: AsyncStream<Ending>

    /// Starts a program; its two outputs are added to files.
    ///
    /// - Throws: ``HarnessFault`` when the system does not start it.
    init(
        _ program: URL, _ arguments: [String], environment: [String: String], output: URL,
        complaints: URL
    ) throws {
        identifier = try Launch(output: output, complaints: complaints).start(
            program.path, arguments, environment.map { "\($0.key)=\($0.value)" })
        let (endings, continuation) = AsyncStream<Ending>.makeStream()
        self.endings = endings
        Thread.detachNewThread { [self] in
            continuation.yield(awaitEnd())
            continuation.finish()
        }
    }

    /// Waits until the process has ended; to be called once.
    ///
    /// - Throws: ``HarnessFault`` when nobody was told of its end.
    func wait() async throws -> Ending {
        for await ending in endings { return ending }
        throw HarnessFault("process \(identifier) is waited for twice")
    }

    /// Waits until the process stands still; false when it ends instead.
    func waitUntilStopped() async throws -> Bool {
        while true {
            let line = isReaped.withLock { isReaped in
                isReaped ? nil : FileManager.default.contents(atPath: "/proc/\(identifier)/stat")
            }
            guard let line else { return false }
            // The state comes behind the name, which may itself hold anything.
            let words = String(decoding: line, as: UTF8.self).split(separator: ")").last ?? ""
            if words.hasPrefix(" T") { return true }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Whether the process is over and its end was taken note of.
    var hasEnded: Bool { isReaped.withLock(\.self) }

    /// Sends a signal unless the process has ended.
    func signal(_ number: Int32) {
        isReaped.withLock { isReaped in
            if !isReaped { kill(identifier, number) }
        }
    }

    /// The number stays the process's own until it is reaped, so that no signal goes astray.
    private func awaitEnd() -> Ending {
        var info = siginfo_t()
        while waitid(P_PID, id_t(identifier), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        return isReaped.withLock { isReaped in
            var status: Int32 = 0
            waitpid(identifier, &status, 0)
            isReaped = true
            let signal = status & 0x7f
            return signal == 0 ? .exit((status >> 8) & 0xff) : .signal(signal)
        }
    }
}

/// What a process is started with besides its words.
private struct Launch {
    let output: URL
    let complaints: URL

    func start(_ program: String, _ arguments: [String], _ environment: [String]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        let flags = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output.path, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, complaints.path, flags, 0o600)
        _ = Spawn.keepFilesFrom(&actions)
        // The threads of a test may block signals; a program must not inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var identifier: pid_t = 0
        let failure = withWords([program] + arguments) { words in
            withWords(environment) { variables in
                posix_spawn(&identifier, program, &actions, &attributes, words, variables)
            }
        }
        guard failure == 0 else {
            throw HarnessFault("\(program) does not start: \(String(cString: strerror(failure)))")
        }
        return identifier
    }

    /// Words as C takes them, with a null behind the last.
    private func withWords<Result>(
        _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = words.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
