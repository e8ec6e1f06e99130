// Nothing is unbounded: places on the wire, places in the queue, waits and pauses.

import CurlTransport
import Glibc
import Testing

@Suite(.timeLimit(.minutes(10))) struct BoundsTests {
    /// Runs the requests at the same time and returns their outcomes.
    private func all(
        _ requests: [ExchangeRequest], on client: CurlClient
    ) async -> [ExchangeOutcome] {
        await withTaskGroup(of: ExchangeOutcome.self) { group in
            for request in requests { group.addTask { await client.exchange(request) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test func `a thousand requests at once are all answered, each with its own body`() async {
        let server = RawServer { arrival, _ in .ok("\(arrival.body)") }
        let client = CurlClient()
        await withTaskGroup(of: (Int, ExchangeOutcome).self) { group in
            for number in 1...1_000 {
                group.addTask {
                    (number, await client.exchange(post(server.url, "\(number)")))
                }
            }
            for await (number, outcome) in group {
                #expect(outcome.text == "\(number)", "\(outcome)")
            }
        }
        #expect(server.arrivals.count == 1_000)
        #expect(server.peakConnections <= 64)
        await client.shutdown()
    }

    @Test(arguments: [(8, 64, 8), (64, 4, 4)])
    func `no more requests than allowed are in flight`(
        total: Int, perHost: Int, expected: Int
    ) async {
        let server = RawServer { _, _ in
            usleep(3_000)
            return .ok("{}")
        }
        let limits = ClientLimits {
            $0.maximumInFlight = total
            $0.maximumConnectionsPerHost = perHost
        }
        let client = CurlClient(limits: limits)
        let requests = (1...100).map { post(server.url, "\($0)") }
        let outcomes = await all(requests, on: client)
        for outcome in outcomes { #expect(outcome.kind == .answered, "\(outcome)") }
        #expect((2...expected).contains(server.peakConnections))
        await client.shutdown()
    }

    @Test func `a full queue refuses at once what it cannot hold`() async {
        let server = RawServer { _, _ in .silence }
        let limits = ClientLimits {
            $0.maximumInFlight = 2
            $0.queueLimit = 3
        }
        let client = CurlClient(limits: limits)
        let requests = (1...10).map { _ in post(server.url, totalMilliseconds: 300) }
        let outcomes = await all(requests, on: client)
        #expect(outcomes.count { $0.evidence.cause == .queueFull } == 5)
        #expect(outcomes.count { $0.kind == .unknown } == 5)
        await client.shutdown()
    }

    @Test(arguments: [(1, 64), (64, 1)])
    func `time in the queue is not taken from the exchange`(total: Int, perHost: Int) async {
        let server = RawServer { _, _ in
            sleep(1)
            return .ok("{}")
        }
        let limits = ClientLimits {
            $0.maximumInFlight = total
            $0.maximumConnectionsPerHost = perHost
        }
        let client = CurlClient(limits: limits)
        // One after the other they take six seconds; the last would be out of time by then.
        let requests = (1...6).map { _ in post(server.url, totalMilliseconds: 5_000) }
        let outcomes = await all(requests, on: client)
        for outcome in outcomes { #expect(outcome.kind == .answered, "\(outcome)") }
        await client.shutdown()
    }

    @Test func `who waits too long in the queue is not sent`() async {
        let server = RawServer { _, _ in .silence }
        let limits = ClientLimits {
            $0.maximumInFlight = 1
            $0.queueMilliseconds = 100
        }
        let client = CurlClient(limits: limits)
        let outcomes = await withTaskGroup(of: ExchangeOutcome.self) { group in
            for _ in 1...3 { group.addTask { await client.exchange(post(server.url)) } }
            var ended: [ExchangeOutcome] = []
            for await outcome in group {
                ended.append(outcome)
                // The third keeps the only place until it is ended from here.
                if ended.count == 2 { await client.shutdown() }
            }
            return ended
        }
        #expect(outcomes.prefix(2).allSatisfy { $0.kind == .notSent })
        #expect(outcomes.prefix(2).allSatisfy { $0.evidence.cause == .queuedTooLong })
        #expect(outcomes.last?.evidence.cause == .closed)
        #expect(server.arrivals.count <= 1)
    }

    @Test func `a silent host does not keep the others waiting`() async {
        let silent = RawServer { _, _ in .silence }
        let lively = RawServer { _, _ in .ok("{}") }
        let client = CurlClient(limits: ClientLimits { $0.maximumConnectionsPerHost = 2 })
        let blocked = Task {
            await all((1...4).map { _ in post(silent.url, totalMilliseconds: 600_000) }, on: client)
        }
        while silent.arrivals.count < 2 { await Task.yield() }
        #expect(await client.exchange(post(lively.url)).kind == .answered)
        // The silent ones are ended by the shutdown: none had come to an end of its own before.
        await client.shutdown()
        #expect(await blocked.value.allSatisfy { $0.evidence.cause == .closed })
    }

    @Test func `a host that refuses is not asked in a spin`() async {
        let client = CurlClient()
        let url = "http://127.0.0.1:\(unusedPort())/"
        let clock = ContinuousClock()
        let taken = await clock.measure {
            for _ in 1...8 { #expect(await client.exchange(post(url)).kind == .notSent) }
        }
        // Pauses after the second to the seventh failure: 10 + 20 + 40 + 80 + 160 + 250 ms.
        #expect(taken > .milliseconds(500))
        await client.shutdown()
    }
}
