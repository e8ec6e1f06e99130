import Foundation
import HTTPAPI
import Logging
import ServiceLifecycle
import Synchronization

/// A server in this process, on a port of its own, and what is behind it.
struct ServerUnderTest: Sendable {
    let port: Int
    let stubs: Stubs
    let group: ServiceGroup
    let log: LogLines

    /// Runs a server for the length of a body, and stops it whatever happens.
    static func run<Result: Sendable>(
        limits: ServerLimits = .patient, drain: Duration = .zero,
        _ body: @Sendable (ServerUnderTest) async throws -> Result
    ) async throws -> Result {
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let (stubs, door, log) = (Stubs(), ServiceDoor(), LogLines())
        let server = APIServer(
            stubs.parts, door: door, host: "127.0.0.1", port: 0, limits: limits,
            logger: log.logger
        ) { listening.yield($0) }
        let group = ServiceGroup(
            services: [server, ClosingService(door, drain: drain)], logger: log.quiet)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { listening.finish() }
                try await group.run()
            }
            var found: Int?
            for await port in ports {
                found = port
                break
            }
            guard let found else {
                try await tasks.next()
                throw POSIXError(.ECONNREFUSED)
            }
            do {
                let result = try await body(
                    ServerUnderTest(port: found, stubs: stubs, group: group, log: log))
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                return result
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
        }
    }

    /// Talks over a new connection. The talk blocks, so it has a thread of its own: none of those
    /// that the server needs.
    @discardableResult
    func talk<Result: Sendable>(
        _ body: @escaping @Sendable (RawClient) throws -> Result
    ) async throws -> Result {
        let port = port
        // As a part of the test's own task: what it finds is found by this test.
        return try await withTaskExecutorPreference(OwnThread()) {
            try body(try RawClient(port: port))
        }
    }

    /// Tells it to stop; it may take its time.
    func stop() async { await group.triggerGracefulShutdown() }

    /// Sends one request on a connection of its own.
    func ask(
        _ method: String, _ target: String, _ headers: [String] = [], _ body: String? = nil
    ) async throws -> RawAnswer? {
        try await talk { client throws in
            client.send(RawRequest.text(method, target, headers, body))
            return try client.answer(toHead: method == "HEAD")
        }
    }

    /// Sends a callback of a party.
    func callback(_ body: String, party: String = "harbor") async throws -> RawAnswer? {
        try await ask(
            "POST", "/v1/partners/\(party)/callbacks", ["Content-Type: application/json"], body)
    }
}

/// Runs each piece of work on a new thread.
private final class OwnThread: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        Thread.detachNewThread { job.runSynchronously(on: executor) }
    }
}

extension ServerLimits {
    /// Time enough for a machine that does something else for a while: a test of one bound sets
    /// that one.
    static var patient: ServerLimits {
        var limits = ServerLimits()
        limits.idleSeconds = 900
        limits.bodyTime = .seconds(900)
        return limits
    }
}

/// A request as text.
enum RawRequest {
    static func text(
        _ method: String, _ target: String, _ headers: [String] = [], _ body: String? = nil
    ) -> String {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: here"] + headers
        if let body { lines.append("Content-Length: \(body.utf8.count)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    }
}

/// What the server has logged.
final class LogLines: Sendable {
    private struct Handler: LogHandler {
        let lines: LogLines
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let fields = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted()
            lines.add("\(event.level) \(event.message) \(fields.joined(separator: " "))")
        }
    }

    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }

    var quiet: Logger {
        var logger = Logger(label: "quiet") { _ in Handler(lines: LogLines()) }
        logger.logLevel = .critical
        return logger
    }

    private func add(_ line: String) { lines.withLock { $0.append(line) } }
}
