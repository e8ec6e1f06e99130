import Foundation
import Synchronization

/// A process that was started and may still run.
final class Spawned: Sendable {
    let identifier: Int32
    private let isOver: Mutex<Bool>
    private let ending: Task<Int32?, Never>

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
        let (endings, continuation) = AsyncStream<Int32?>.makeStream()
        process.terminationHandler = { ended in
            continuation.yield(
                ended.terminationReason == .exit ? ended.terminationStatus : nil)
            continuation.finish()
        }
        try process.run()
        return Spawned(process.processIdentifier, endings)
    }

    private init(_ identifier: Int32, _ endings: AsyncStream<Int32?>) {
        self.identifier = identifier
        isOver = Mutex(false)
        ending = Task {
            for await exit in endings { return exit }
            return nil
        }
    }

    /// The exit code, or nil when a signal ended it.
    func wait() async -> Int32? {
        let exit = await ending.value
        isOver.withLock { $0 = true }
        return exit
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
