// HTTP/2 on the wire, for lines that ask for it: many exchanges on one connection, and what its
// ways of breaking off prove.

import CurlTransport
import Foundation
import Synchronization
import Testing

@Suite(
    .enabled(if: FileManager.default.isExecutableFile(atPath: TLSServer.openssl)),
    .timeLimit(.minutes(10)))
struct HTTP2Tests {
    private func rules(_ certificate: String) -> PoolRules {
        var rules = PoolRules(name: "harbor")
        rules.speaksHTTP2 = true
        rules.trust.authorityFile = certificate
        return rules
    }

    private func exchange(_ count: Int, with server: HTTP2Server, _ client: CurlClient) async
        -> [ExchangeOutcome]
    {
        let pool = client.pool(rules(server.certificate))
        return await withTaskGroup(of: ExchangeOutcome.self) { group in
            for number in 1...count {
                group.addTask { await pool.exchange(post(server.url, "\(number)")) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test func `exchanges of a line are under way on one connection at once`() async throws {
        let waiting = Mutex<[UInt32]>([])
        let server = try await HTTP2Server { line, stream, ordinal in
            waiting.withLock { $0.append(stream) }
            // Nobody is answered before everybody has asked; the last is answered first.
            guard ordinal == 40 else { return }
            for stream in waiting.withLock({ $0.reversed() }) { line.answer(stream, "\(stream)") }
        }
        let client = CurlClient()
        let outcomes = await exchange(40, with: server, client)
        #expect(outcomes.allSatisfy { $0.response?.status == 200 }, "\(outcomes)")
        let streams = Set(outcomes.compactMap { $0.text.flatMap { UInt32($0) } })
        #expect(streams == Set(waiting.withLock(\.self)) && streams.count == 40)
        #expect(server.connections == 1 && server.arrivals == 40)
        await client.shutdown()
    }

    @Test func `a frame says where a body ends, so no header has to`() async throws {
        let server = try await HTTP2Server { line, stream, _ in line.answer(stream, "{}") }
        let client = CurlClient()
        let response = await exchange(1, with: server, client).first?.response
        #expect(response?.value(of: "Content-Length") == nil)
        #expect(response?.hasDelimitedBody == true)
        await client.shutdown()
    }

    @Test func `a server that speaks only HTTP 1 dot 1 is spoken to so`() async throws {
        let server = try await TLSServer()
        let client = CurlClient()
        let pool = client.pool(rules(server.certificate))
        #expect(await pool.exchange(get(server.url)).response?.status == 200)
        await client.shutdown()
    }

    @Test(arguments: [HTTP2Line.ErrorCode.internalError, .cancel, .refusedStream])
    func `a stream that is reset is unknown and not sent again, and the others go on`(
        code: HTTP2Line.ErrorCode
    ) async throws {
        let server = try await HTTP2Server { line, stream, ordinal in
            if ordinal == 3 { line.reset(stream, code) } else { line.answer(stream, "{}") }
        }
        let client = CurlClient()
        let outcomes = await exchange(6, with: server, client)
        #expect(outcomes.count { $0.kind == .answered } == 5, "\(outcomes)")
        let reset = outcomes.first { $0.kind == .unknown }
        #expect(reset?.evidence.responseStatus == nil)
        #expect(server.arrivals == 6)
        await client.shutdown()
    }

    @Test func `a stream that is reset inside its body is no answer`() async throws {
        let server = try await HTTP2Server { line, stream, _ in
            line.head(of: stream)
            line.body(of: stream, "{\"state\":\"acc", isLast: false)
            line.reset(stream, .internalError)
        }
        let client = CurlClient()
        let outcomes = await exchange(1, with: server, client)
        #expect(outcomes.map(\.kind) == [.unknown])
        // A head that is read together with the reset is not told any more.
        let status = outcomes.first?.evidence.responseStatus
        #expect(status == nil || status == 200)
        #expect(server.arrivals == 1)
        await client.shutdown()
    }

    @Test func `what a farewell leaves out is unknown and not sent again`() async throws {
        let first = Mutex<UInt32?>(nil)
        let all = try await HTTP2Servers.make { line, stream, ordinal, cut in
            if ordinal == 1 { first.withLock { $0 = stream } }
            guard ordinal == 4, let kept = first.withLock(\.self) else { return }
            line.answer(kept, "{}")
            line.goAway(after: kept)
            cut()
        }
        let client = CurlClient()
        let outcomes = await exchange(4, with: all, client)
        #expect(outcomes.allSatisfy { $0.kind != .notSent }, "\(outcomes)")
        #expect(outcomes.count { $0.kind == .unknown } >= 3)
        #expect(all.arrivals == 4)
        await client.shutdown()
    }

    @Test func `a connection that ends inside a body leaves everything on it unknown`()
        async throws
    {
        let server = try await HTTP2Servers.make { line, stream, ordinal, cut in
            line.head(of: stream)
            line.body(of: stream, "{\"state\":\"acc", isLast: false)
            if ordinal == 5 { cut() }
        }
        let client = CurlClient()
        let outcomes = await exchange(5, with: server, client)
        #expect(outcomes.map(\.kind) == Array(repeating: .unknown, count: 5), "\(outcomes)")
        #expect(server.arrivals == 5)
        await client.shutdown()
    }

    @Test func `a connection that ends without an answer leaves everything on it unknown`()
        async throws
    {
        let server = try await HTTP2Servers.make { _, _, ordinal, cut in
            if ordinal == 8 { cut() }
        }
        let client = CurlClient()
        let outcomes = await exchange(8, with: server, client)
        #expect(outcomes.map(\.kind) == Array(repeating: .unknown, count: 8), "\(outcomes)")
        #expect(server.arrivals == 8)
        let later = await exchange(1, with: server, client)
        #expect(later.map(\.kind) == [.notSent])
        await client.shutdown()
    }
}

/// Servers whose script can end the connection under itself.
private enum HTTP2Servers {
    private final class Cutter: Sendable {
        let server = Mutex<HTTP2Server?>(nil)
    }

    static func make(
        _ script:
            @escaping @Sendable (
                _ line: HTTP2Line, _ stream: UInt32, _ ordinal: Int, _ cut: () -> Void
            ) -> Void
    ) async throws -> HTTP2Server {
        let cutter = Cutter()
        let server = try await HTTP2Server { line, stream, ordinal in
            script(line, stream, ordinal) {
                // The frames before it must have left.
                usleep(200_000)
                cutter.server.withLock { server in
                    server?.cut()
                    server = nil
                }
            }
        }
        cutter.server.withLock { $0 = server }
        return server
    }
}
