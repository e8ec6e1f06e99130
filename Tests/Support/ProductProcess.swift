package import Foundation

/// An executable of the package, started as a user starts it: with arguments, variables and input
/// of its own, its output kept in files.
package final class ProductProcess: Sendable {
    /// The executables of the package.
    package enum Product: String, Sendable {
        case colend
        case mockBank = "mock-bank"
    }

    /// How a process ended, and what it had said by then.
    package struct Outcome: Sendable {
        /// The exit code, or 128 + the signal that ended it, as a shell says it.
        package let exit: Int32
        package let output: String
        package let errors: String

        /// Lines of standard error, without the empty one at the end.
        package var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
    }

    /// The process id.
    package let identifier: Int32
    private let capture: URL
    private let ending: Task<Int32, Never>

    private init(identifier: Int32, capture: URL, ending: Task<Int32, Never>) {
        self.identifier = identifier
        self.capture = capture
        self.ending = ending
    }
}

extension ProductProcess {
    /// Where the executables are: beside the running tests, whatever the build directory is called.
    package static let directory = URL(fileURLWithPath: "/proc/self/exe")
        .resolvingSymlinksInPath().deletingLastPathComponent()

    /// Starts an executable and returns at once.
    ///
    /// - Parameters:
    ///   - environment: Added to the machine's, of which `COLEND_…` and `NO_COLOR` are left out.
    ///   - input: Standard input.
    ///   - directory: Its working directory; the capture's own, empty one when nil.
    ///   - device: Standard output and error instead of files, such as a terminal's path.
    ///   - limitSeconds: After so long it is killed, so that a hang fails instead of lasting.
    /// - Throws: An error of Foundation when it cannot be started.
    package static func start(
        _ product: Product, _ arguments: [String], environment: [String: String] = [:],
        input: String = "", in directory: TemporaryFolder? = nil, device: String? = nil,
        limitSeconds: Int = 900
    ) throws -> ProductProcess {
        try start(
            at: Self.directory.appending(path: product.rawValue).path, arguments,
            environment: environment, input: input, in: directory, device: device,
            limitSeconds: limitSeconds)
    }

    /// Runs a command line as a shell does, the executables of the package among its programs;
    /// faults stand in its output, where a terminal shows them.
    ///
    /// - Throws: An error of Foundation when it cannot be started.
    package static func shell(
        _ command: String, environment: [String: String] = [:], in folder: TemporaryFolder
    ) async throws -> Outcome {
        let path = inherited["PATH"] ?? "/usr/bin:/bin"
        return try await start(
            at: "/bin/sh", ["-c", "{ \(command); } 2>&1"],
            environment: environment.merging(["PATH": "\(directory.path):\(path)"]) { $1 },
            input: "", in: folder, device: nil, limitSeconds: 900
        ).outcome()
    }

    private static func start(
        at place: String, _ arguments: [String], environment: [String: String], input: String,
        in directory: TemporaryFolder?, device: String?, limitSeconds: Int
    ) throws -> ProductProcess {
        let capture = try TemporaryFolder.make()
        func path(_ name: String) -> String { capture.appending(path: name).path }
        try Data(input.utf8).write(to: capture.appending(path: "input"))
        var program = Spawn.Program(
            path: place,
            output: device ?? path("output"), errors: device ?? path("errors"))
        program.arguments = arguments
        program.environment = inherited.merging(environment) { _, given in given }
        program.directory = directory?.path ?? capture.path
        program.input = path("input")
        let identifier = try Spawn.start(program)
        let ending = Task { await Spawn.exit(of: identifier) }
        limit(identifier, to: limitSeconds, unless: ending)
        return ProductProcess(identifier: identifier, capture: capture, ending: ending)
    }

    /// Runs an executable to its end; the parameters are those of
    /// ``start(_:_:environment:input:in:device:limitSeconds:)``.
    ///
    /// - Throws: An error of Foundation when it cannot be started.
    package static func run(
        _ product: Product, _ arguments: [String], environment: [String: String] = [:],
        input: String = "", in directory: TemporaryFolder? = nil, device: String? = nil,
        limitSeconds: Int = 900
    ) async throws -> Outcome {
        try await start(
            product, arguments, environment: environment, input: input, in: directory,
            device: device, limitSeconds: limitSeconds
        ).outcome()
    }

    /// Sends a signal; `SIGKILL` ends it wherever it stands.
    package func signal(_ signal: Int32) { kill(identifier, signal) }

    /// Waits for the end and reads what was said; may be called once.
    package func outcome() async -> Outcome {
        let exit = await ending.value
        defer { try? FileManager.default.removeItem(at: capture) }
        return Outcome(exit: exit, output: said("output"), errors: said("errors"))
    }

    /// What stands on standard error so far.
    package var errorsSoFar: String { said("errors") }

    private func said(_ name: String) -> String {
        let bytes = FileManager.default.contents(atPath: capture.appending(path: name).path)
        return String(decoding: bytes ?? Data(), as: UTF8.self)
    }

    private static var inherited: [String: String] {
        ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("COLEND_") && $0.key != "NO_COLOR"
        }
    }

    private static func limit(
        _ identifier: Int32, to seconds: Int, unless ending: Task<Int32, Never>
    ) {
        let watch = Task {
            try await Task.sleep(for: .seconds(seconds))
            kill(identifier, SIGKILL)
        }
        Task {
            _ = await ending.value
            watch.cancel()
        }
    }
}
