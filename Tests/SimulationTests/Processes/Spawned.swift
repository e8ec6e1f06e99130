import Foundation
import Synchronization

/// How a process ended.
enum Ending: Sendable, Equatable {
    case exit(Int32)
    case signal(Int32)
}

/// A process that was started and may still run.
final class Spawned: Sendable {
    let identifier: Int32
    private let isOver: Mutex<Bool>
    private let ending: Task<Ending?, Never>

    /// Starts a program; its two outputs go into files.
    static func start(
        _ program: URL, _ arguments: [String], environment: [String: String], output: URL,
        complaints: URL
    ) throws -> Spawned {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try handle(for: output)
        process.standardError = try handle(for: complaints)
        let (endings, continuation) = AsyncStream<Ending>.makeStream()
        process.terminationHandler = { ended in
            let status = ended.terminationStatus
            continuation.yield(
                ended.terminationReason == .exit ? .exit(status) : .signal(status))
            continuation.finish()
        }
        try process.run()
        return Spawned(process.processIdentifier, endings)
    }

    private init(_ identifier: Int32, _ endings: AsyncStream<Ending>) {
        self.identifier = identifier
        isOver = Mutex(false)
        ending = Task {
            for await ending in endings { return ending }
            return nil
        }
    }

    /// Waits until the process has ended.
    ///
    /// - Throws: ``HarnessFault`` when nobody was told of its end.
    func wait() async throws -> Ending {
        let ending = await ending.value
        isOver.withLock { $0 = true }
        guard let ending else { throw HarnessFault("process \(identifier) is lost") }
        return ending
    }

    /// Sends a signal unless the process has ended.
    func signal(_ number: Int32) {
        isOver.withLock { isOver in
            if !isOver { kill(identifier, number) }
        }
    }

    private static func handle(for file: URL) throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        return handle
    }
}
