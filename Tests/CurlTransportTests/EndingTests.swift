// Giving up early: cancelled tasks and a client that is shut down.

import CurlTransport
import Testing

@Suite(.timeLimit(.minutes(10))) struct EndingTests {
    @Test func `a cancelled exchange that had been sent is unknown, at once`() async {
        let server = RawServer { _, _ in .silence }
        let client = CurlClient()
        let task = Task { await client.exchange(post(server.url, totalMilliseconds: 60_000)) }
        while server.arrivals.isEmpty { await Task.yield() }
        task.cancel()
        let outcome = await task.value
        #expect(outcome.kind == .unknown)
        #expect(outcome.evidence.cause == .cancelled)
        #expect(outcome.evidence.curlCode == nil)
        await client.shutdown()
    }

    @Test func `a cancelled exchange that still waited is not sent and frees the queue`() async {
        let server = RawServer { _, _ in .silence }
        let client = CurlClient(limits: ClientLimits { $0.maximumInFlight = 1 })
        let first = Task { await client.exchange(post(server.url, "1")) }
        while server.arrivals.isEmpty { await Task.yield() }
        let second = Task { await client.exchange(post(server.url, "2")) }
        second.cancel()
        #expect(await second.value.kind == .notSent)
        let third = Task { await client.exchange(post(server.url, "3")) }
        first.cancel()
        #expect(await first.value.kind == .unknown)
        while server.arrivals.count < 2 { await Task.yield() }
        third.cancel()
        #expect(await third.value.kind == .unknown)
        #expect(server.arrivals.map(\.body) == ["1", "3"])
        await client.shutdown()
    }

    @Test func `a task cancelled before it asks sends nothing`() async {
        let server = RawServer { _, _ in .ok("{}") }
        let client = CurlClient()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await client.exchange(post(server.url))
        }
        task.cancel()
        let outcome = await task.value
        #expect(outcome.kind == .notSent)
        #expect(outcome.evidence.cause == .cancelled)
        #expect(server.arrivals.isEmpty)
        await client.shutdown()
    }

    @Test func `cancelling at any moment ends every exchange exactly once`() async {
        let server = RawServer { _, _ in .ok("{}") }
        let client = CurlClient(limits: ClientLimits { $0.maximumInFlight = 16 })
        let tasks = (1...500).map { number in
            Task { await client.exchange(post(server.url, "\(number)")) }
        }
        for task in tasks.shuffled() { task.cancel() }
        for task in tasks {
            let outcome = await task.value
            #expect(outcome.kind == .answered || outcome.evidence.cause == .cancelled)
        }
        #expect(await client.exchange(post(server.url)).kind == .answered)
        await client.shutdown()
    }

    @Test func `shutdown ends what is running and refuses what comes later`() async {
        let server = RawServer { _, _ in .silence }
        let client = CurlClient(limits: ClientLimits { $0.maximumInFlight = 1 })
        let sent = Task { await client.exchange(post(server.url)) }
        while server.arrivals.isEmpty { await Task.yield() }
        await client.shutdown()
        #expect(await sent.value.kind == .unknown)
        let late = await client.exchange(post(server.url))
        #expect(late.kind == .notSent)
        #expect(late.evidence.cause == .closed)
        await client.shutdown()
    }

    @Test func `a client that is let go stops without being told`() async {
        let server = RawServer { _, _ in .ok("{}") }
        for _ in 1...50 {
            let client = CurlClient()
            #expect(await client.exchange(post(server.url)).kind == .answered)
        }
    }
}
