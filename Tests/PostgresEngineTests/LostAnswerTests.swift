import Foundation
import PostgresEngine
import SQLStore
import Synchronization
import TestSupport
import Testing

/// A connection that breaks between the server's commit and our hearing of it.
@Suite struct LostAnswerTests {
    @Test func `a commit whose answer is lost is told as unknown, and done once`() async throws {
        let cluster = try await PostgresCluster.shared()
        guard let directory = cluster.directory else { return }
        let schemas = try await Schemas(on: cluster)
        let relay = try Relay(to: directory.appending(path: ".s.PGSQL.5432").path)
        let engine = try await PostgresEngine(
            try Schemas.address(
                cluster.url(schema: schemas.name).replacing(directory.path, with: relay.path)))
        try await engine.write { connection in
            try connection.execute("CREATE SEQUENCE attempts")
            try connection.execute("CREATE TABLE t (k BIGINT)")
        }
        let error = await storeError {
            try await engine.write { connection in
                try connection.execute(
                    "INSERT INTO t VALUES (?1)", [.int64(try attempt(connection))])
                relay.cut(at: "COMMIT")
            }
        }
        #expect(error?.code == "STORE-019")
        #expect(try await number(engine, "SELECT count(*) FROM t") == 1)
        #expect(try await number(engine, "SELECT last_value FROM attempts") == 1)
        // An answer lost before that costs a run and leaves nothing behind.
        let attempts = try await engine.write { connection in
            let attempt = try attempt(connection)
            if attempt == 2 { relay.cut(at: "INSERT") }
            try connection.execute("INSERT INTO t VALUES (?1)", [.int64(attempt)])
            return attempt
        }
        #expect(attempts == 3)
        #expect(try await number(engine, "SELECT CAST(SUM(k) AS BIGINT) FROM t") == 4)
    }
}

/// Passes bytes on between an engine and its server, until it is told to lose some.
private final class Relay: Sendable {
    private let folder: TemporaryFolder
    private let listener: Int32
    private let cutting: Cutting

    private final class Cutting: Sendable {
        let words = Mutex("")

        /// Whether these bytes hold the words; once.
        func takes(_ bytes: [UInt8]) -> Bool {
            words.withLock { words in
                guard !words.isEmpty, String(decoding: bytes, as: UTF8.self).contains(words)
                else { return false }
                words = ""
                return true
            }
        }
    }

    var path: String { folder.path }

    init(to path: String) throws {
        folder = try TemporaryFolder()
        let listener = try UnixSocket.listen(folder.path(".s.PGSQL.5432"))
        let cutting = Cutting()
        (self.listener, self.cutting) = (listener, cutting)
        Thread.detachNewThread {
            // Nobody else closes it: its number could be another's while this thread accepts.
            defer { close(listener) }
            while case let client = accept(listener, nil, nil), client >= 0 {
                guard let server = try? UnixSocket.connect(path) else {
                    close(client)
                    continue
                }
                Thread.detachNewThread { Self.pass(from: client, to: server) { _ in false } }
                Thread.detachNewThread {
                    Self.pass(from: server, to: client) { cutting.takes($0) }
                }
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// Loses the first answer that says so, and the connection with it.
    func cut(at words: String) { cutting.words.withLock { $0 = words } }

    private static func pass(
        from source: Int32, to target: Int32, isLost: ([UInt8]) -> Bool
    ) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(source, &buffer, buffer.count), count > 0 {
            if isLost(Array(buffer[..<count])) { break }
            guard send(target, buffer, count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
        // Not closed: the other direction may still use the number. Two a connection are left.
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(target, Int32(SHUT_RDWR))
    }
}
