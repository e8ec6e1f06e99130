// A request must not reach a bank twice behind our back.

import CurlTransport
import Testing

@Suite(.timeLimit(.minutes(10))) struct ResendGuardTests {
    /// Answers the warming request, reads the next one and lets the connection die, then answers.
    private static func server(dyingBy reaction: Reaction) -> RawServer {
        RawServer { arrival, ordinal in
            arrival.body == "fund" && ordinal == 2 ? reaction : .ok("served")
        }
    }

    @Test(arguments: [Reaction.drop, .reset])
    func `a connection that dies after the bank has read leaves one arrival and a doubt`(
        reaction: Reaction
    ) async {
        let server = Self.server(dyingBy: reaction)
        let client = CurlClient(limits: .patient)
        #expect(await client.exchange(post(server.url, "warm")).kind == .answered)
        let outcome = await client.exchange(post(server.url, "fund"))
        #expect(outcome.kind == .unknown)
        #expect(outcome.evidence.prereqCalls >= 1)
        #expect(server.arrivals.count { $0.body == "fund" } == 1)
        await client.shutdown()
    }

    @Test func `the guard says that it stopped a second sending`() async {
        let server = Self.server(dyingBy: .drop)
        let client = CurlClient(limits: .patient)
        _ = await client.exchange(post(server.url, "warm"))
        let outcome = await client.exchange(post(server.url, "fund"))
        #expect(outcome.evidence.cause == .resendStopped)
        #expect(outcome.evidence.curlCode == 42)
        #expect(outcome.evidence.prereqCalls == 2)
        await client.shutdown()
    }

    @Test func `without the guard libcurl sends twice and reports one clean answer`() async {
        let server = Self.server(dyingBy: .drop)
        let client = CurlClient(
            limits: ClientLimits {
                $0 = .patient
                $0.resendGuard = false
            })
        _ = await client.exchange(post(server.url, "warm"))
        let outcome = await client.exchange(post(server.url, "fund"))
        #expect(outcome.kind == .answered)
        #expect(server.arrivals.count { $0.body == "fund" } == 2)
        #expect(outcome.evidence.prereqCalls == 2)
        await client.shutdown()
    }

    @Test func `after a stopped second sending the client goes on with the same host`() async {
        let server = Self.server(dyingBy: .drop)
        let client = CurlClient(limits: .patient)
        _ = await client.exchange(post(server.url, "warm"))
        _ = await client.exchange(post(server.url, "fund"))
        #expect(await client.exchange(post(server.url, "next")).text == "served")
        await client.shutdown()
    }
}
