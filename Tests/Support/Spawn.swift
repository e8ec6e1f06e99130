package import Foundation

/// Starts programs by `posix_spawn`.
///
/// Foundation's `Process` lists its parent's open files by reading beyond a buffer on Linux
/// (swift-corelibs-foundation, 5472): among many processes one now and then ends the parent.
package enum Spawn {
    /// What a program is given.
    package struct Program {
        package var path: String
        package var arguments: [String] = []
        /// Its whole environment.
        package var environment: [String: String] = [:]
        /// Its working directory; the parent's when nil.
        package var directory: String?
        package var input: String = "/dev/null"
        /// Files or devices, opened for appending and made when they are not there.
        package var output: String
        package var errors: String

        package init(path: String, output: String, errors: String) {
            self.path = path
            self.output = output
            self.errors = errors
        }
    }

    /// Starts a program and returns its process id.
    ///
    /// - Throws: `POSIXError`.
    package static func start(_ program: Program) throws -> Int32 {
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
        var failure = posix_spawn_file_actions_addopen(&actions, 0, program.input, O_RDONLY, 0)
        for (file, path) in [(Int32(1), program.output), (2, program.errors)] where failure == 0 {
            failure = posix_spawn_file_actions_addopen(&actions, file, path, appending, 0o644)
        }
        if failure == 0 { failure = keepFilesFrom(&actions) }
        var identifier: Int32 = 0
        if failure == 0 {
            let variables = program.environment.map { "\($0.key)=\($0.value)" }
            let words = program.words
            failure = withTexts(words) { arguments in
                withTexts(variables) { variables in
                    posix_spawn(
                        &identifier, words[0], &actions, &attributes, arguments, variables)
                }
            }
        }
        guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EINVAL) }
        return identifier
    }

    /// Lets a program inherit no other file than the three it is given: a socket that lives on in
    /// it never closes for its other end.
    ///
    /// - Returns: 0, or what is wrong.
    package static func keepFilesFrom(
        _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>
    ) -> Int32 {
        // Glibc has it, and Swift's module of Glibc does not show it.
        typealias Function =
            @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
        guard let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else { return 0 }
        return unsafeBitCast(symbol, to: Function.self)(actions, 3)
    }

    /// Waits for the end of a process; 128 + the signal that ended it, as a shell says it.
    package static func exit(of identifier: Int32) async -> Int32 {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var status: Int32 = 0
                while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
                let signal = status & 0x7F
                continuation.resume(returning: signal == 0 ? (status >> 8) & 0xFF : 128 + signal)
            }
        }
    }

    /// C texts that live as long as the call, with a null behind them.
    private static func withTexts<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}

extension Spawn.Program {
    /// The program and its arguments; `env` changes the directory and becomes the program.
    fileprivate var words: [String] {
        let own = [path] + arguments
        return directory.map { ["/usr/bin/env", "--chdir=\($0)"] + own } ?? own
    }
}
