import Foundation
import HTTPAPI
import Operations
import Synchronization
import Testing

/// A stop in good order: the door is closed first, and what is under way ends.
struct StopTests {
    @Test func `a callback under way is answered, and nothing new is taken`() async throws {
        try await ServerUnderTest.run { server in
            let (reached, reach) = AsyncStream<Void>.makeStream()
            let (released, release) = AsyncStream<Void>.makeStream()
            server.stubs.change {
                $0.whileKeeping = {
                    reach.yield()
                    for await _ in released { break }
                }
            }
            async let answer = server.callback("good")
            for await _ in reached { break }
            await server.stop()
            try await Self.untilNobodyListens(server)
            release.yield()
            #expect(try await answer?.status == 200)
            #expect(server.stubs.now.kept.count == 1)
        }
    }

    @Test func `while draining, readiness says no and requests are still taken`() async throws {
        try await ServerUnderTest.run(drain: .seconds(2)) { server in
            try await server.talk { client throws in
                client.send(RawRequest.text("GET", "/readyz"))
                #expect(try client.answer()?.status == 200)
            }
            await server.stop()
            let statuses = try await server.talk { client throws in
                var ready = 200
                while ready == 200 {
                    client.send(RawRequest.text("GET", "/readyz"))
                    ready = try client.answer()?.status ?? 0
                }
                client.send(RawRequest.text("GET", "/healthz"))
                return [ready, try client.answer()?.status ?? 0]
            }
            #expect(statuses == [503, 200])
        }
    }

    @Test func `an idle connection does not hold a stop up`() async throws {
        try await ServerUnderTest.run { server in
            try await server.talk { client throws in
                client.send(RawRequest.text("GET", "/healthz"))
                #expect(try client.answer()?.status == 200)
            }
            async let closed = server.talk { $0.isClosed() }
            try await Task.sleep(for: .milliseconds(50))
            await server.stop()
            #expect(try await closed)
        }
    }

    @Test func `a port in use is told with its code`() async throws {
        try await ServerUnderTest.run { server in
            let second = APIServer(
                server.stubs.parts, door: ServiceDoor(), host: "127.0.0.1", port: server.port,
                logger: server.log.quiet
            ) { _ in }
            let fault = await #expect(throws: ServeFault.self) { try await second.run() }
            #expect(fault?.code == "SERVE-001")
            #expect(fault?.exit == .inputOutput)
            #expect(fault?.reason.contains("in use") == true, "\(fault?.reason ?? "")")
        }
    }

    @Test(arguments: ["256.1.1.1", "no such host", "192.0.2.1"])
    func `an address that is not ours is told with its code`(host: String) async throws {
        let stubs = Stubs()
        let server = APIServer(
            stubs.parts, door: ServiceDoor(), host: host, port: 0, logger: LogLines().quiet
        ) { _ in }
        await #expect(throws: ServeFault.self) { try await server.run() }
    }

    @Test func `a server that cannot tell its port ends`() async throws {
        let stubs = Stubs()
        let server = APIServer(
            stubs.parts, door: ServiceDoor(), host: "127.0.0.1", port: 0,
            logger: LogLines().quiet
        ) { _ in throw StubFailure(exit: .inputOutput) }
        await #expect(throws: StubFailure.self) { try await server.run() }
    }

    /// New connections are refused once the listener is gone.
    private static func untilNobodyListens(_ server: ServerUnderTest) async throws {
        for _ in 0..<3_000 {
            do {
                try await server.talk { _ in }
            } catch is POSIXError {
                return
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it still listens")
    }
}
