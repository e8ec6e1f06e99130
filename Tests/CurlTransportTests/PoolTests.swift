// Each far side has its own places, pace and patience; what one does, the others do not feel.

import CurlTransport
import Testing

@Suite(.timeLimit(.minutes(10))) struct PoolTests {
    private func all(
        _ count: Int, _ url: String, in pool: Pool, totalMilliseconds: Int = 120_000
    ) async -> [ExchangeOutcome] {
        await withTaskGroup(of: ExchangeOutcome.self) { group in
            for number in 0..<count {
                group.addTask {
                    await pool.exchange(
                        post(url, "\(number)", totalMilliseconds: totalMilliseconds))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func rules(_ change: (inout PoolRules) -> Void) -> PoolRules {
        var rules = PoolRules(name: "harbor")
        change(&rules)
        return rules
    }

    @Test func `a silent far side keeps its own places and nobody else's`() async {
        let silent = RawServer { _, _ in .silence }
        let lively = RawServer { _, _ in .ok("{}") }
        let client = CurlClient(limits: ClientLimits { $0.maximumInFlight = 12 })
        let slow = client.pool(rules { $0.maximumInFlight = 8 })
        let fast = client.pool(rules { $0.maximumInFlight = 4 })
        let blocked = Task { await all(100, silent.url, in: slow, totalMilliseconds: 600_000) }
        while silent.arrivals.count < 8 { await Task.yield() }
        let outcomes = await all(200, lively.url, in: fast)
        for outcome in outcomes { #expect(outcome.kind == .answered, "\(outcome)") }
        #expect(silent.arrivals.count == 8)
        #expect(lively.peakConnections <= 4)
        await client.shutdown()
        #expect(await blocked.value.count { $0.kind == .unknown } == 8)
    }

    @Test func `two far sides on one host have a lane each`() async {
        let server = RawServer { arrival, _ in arrival.body == "0" ? .silence : .ok("{}") }
        let client = CurlClient()
        let first = client.pool(rules { $0.maximumInFlight = 1 })
        let second = client.pool(rules { $0.maximumInFlight = 1 })
        let blocked = Task { await first.exchange(post(server.url, "0")) }
        while server.arrivals.isEmpty { await Task.yield() }
        #expect(await second.exchange(post(server.url, "1")).kind == .answered)
        await client.shutdown()
        #expect(await blocked.value.kind == .unknown)
    }

    @Test func `a pool's queue has its own bound`() async {
        let server = RawServer { _, _ in .silence }
        let client = CurlClient()
        let pool = client.pool(
            rules {
                $0.maximumInFlight = 2
                $0.queueLimit = 3
            })
        let outcomes = await all(10, server.url, in: pool, totalMilliseconds: 300)
        #expect(outcomes.count { $0.evidence.cause == .queueFull } == 5)
        #expect(outcomes.count { $0.kind == .unknown } == 5)
        await client.shutdown()
    }

    @Test func `who waits longer than the pool allows is not sent`() async {
        let server = RawServer { _, _ in .silence }
        let client = CurlClient()
        let pool = client.pool(
            rules {
                $0.maximumInFlight = 1
                $0.queueMilliseconds = 1_000
            })
        let first = Task { await pool.exchange(post(server.url, totalMilliseconds: 600_000)) }
        while server.arrivals.isEmpty { await Task.yield() }
        let outcomes = await all(3, server.url, in: pool)
        #expect(outcomes.allSatisfy { $0.kind == .notSent })
        #expect(outcomes.allSatisfy { $0.evidence.cause == .queuedTooLong })
        await client.shutdown()
        #expect(await first.value.kind == .unknown)
        #expect(server.arrivals.count == 1)
    }

    @Test func `the agreed pace is kept`() async {
        let server = RawServer { _, _ in .ok("{}") }
        let client = CurlClient()
        let pool = client.pool(rules { $0.rate = RateLimit(perSecond: 50, burst: 5) })
        let clock = ContinuousClock()
        let taken = await clock.measure {
            #expect(await all(20, server.url, in: pool).allSatisfy { $0.kind == .answered })
        }
        // Five at once, fifteen more at 20 ms each.
        #expect(taken >= .milliseconds(300))
        await client.shutdown()
    }

    @Test(arguments: [429, 503])
    func `a far side that asks for a pause gets it`(status: Int) async {
        let server = RawServer { _, ordinal in
            ordinal == 1
                ? .answer("HTTP/1.1 \(status) No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n")
                : .ok("{}")
        }
        let client = CurlClient()
        let pool = client.pool(rules { _ in })
        let clock = ContinuousClock()
        let taken = await clock.measure {
            #expect(await pool.exchange(post(server.url)).response?.status == status)
            #expect(await pool.exchange(post(server.url)).response?.status == 200)
        }
        #expect(taken >= .milliseconds(900))
        await client.shutdown()
    }

    @Test func `the pause that one far side asks for is not another's`() async {
        let busy = RawServer { _, _ in
            .answer("HTTP/1.1 429 No\r\nRetry-After: 600\r\nContent-Length: 0\r\n\r\n")
        }
        let free = RawServer { _, _ in .ok("{}") }
        let client = CurlClient()
        let pausing = client.pool(
            rules {
                $0.maximumRetryAfterSeconds = 600
                $0.queueMilliseconds = 600_000
            })
        let other = client.pool(rules { _ in })
        #expect(await pausing.exchange(post(busy.url)).response?.status == 429)
        let waiting = Task { await all(5, busy.url, in: pausing) }
        for outcome in await all(20, free.url, in: other) {
            #expect(outcome.kind == .answered, "\(outcome)")
        }
        await client.shutdown()
        #expect(await waiting.value.allSatisfy { $0.kind == .notSent })
        #expect(busy.arrivals.count == 1)
        #expect(free.arrivals.count == 20)
    }

    @Test func `a pause beyond all measure is cut to the pool's`() async {
        let server = RawServer { _, ordinal in
            ordinal == 1
                ? .answer("HTTP/1.1 503 No\r\nRetry-After: 9999999\r\nContent-Length: 0\r\n\r\n")
                : .ok("{}")
        }
        let client = CurlClient()
        let pool = client.pool(rules { $0.maximumRetryAfterSeconds = 0 })
        _ = await pool.exchange(post(server.url))
        #expect(await pool.exchange(post(server.url)).response?.status == 200)
        await client.shutdown()
    }

    @Test func `a far side that only fails is left alone, and that is proof of not sent`() async {
        let server = RawServer { _, _ in .drop }
        let client = CurlClient()
        let pool = client.pool(
            rules {
                $0.breaker = BreakerRules()
                $0.breaker?.failures = 3
                $0.breaker?.openMilliseconds = 600_000
            })
        var failures: [String] = []
        for _ in 1...3 {
            let outcome = await pool.exchange(post(server.url))
            #expect(outcome.kind == .unknown)
            failures.append(outcome.evidence.message)
        }
        let outcomes = await all(50, server.url, in: pool)
        #expect(outcomes.allSatisfy { $0.kind == .notSent })
        #expect(outcomes.allSatisfy { $0.evidence.cause == .breakerOpen })
        let reason = outcomes.first?.evidence.message ?? ""
        #expect(reason.contains("breaker of harbor"))
        #expect(reason.hasSuffix("after: \(failures[2])"))
        #expect(server.arrivals.count == 3)
        await client.shutdown()
    }

    @Test func `one probe finds out that it is back, and the rest follow`() async {
        let server = RawServer { _, ordinal in ordinal <= 2 ? .drop : .ok("{}") }
        let client = CurlClient()
        let pool = client.pool(
            rules {
                $0.breaker = BreakerRules()
                $0.breaker?.failures = 2
                $0.breaker?.openMilliseconds = 1
            })
        for _ in 1...2 { _ = await pool.exchange(post(server.url)) }
        var outcome = await pool.exchange(post(server.url))
        while outcome.evidence.cause == .breakerOpen {
            outcome = await pool.exchange(post(server.url))
        }
        #expect(outcome.kind == .answered)
        #expect(await all(50, server.url, in: pool).allSatisfy { $0.kind == .answered })
        await client.shutdown()
    }

    @Test func `an answer of refusal is a sign of life`() async {
        let server = RawServer { _, _ in
            .answer("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")
        }
        let client = CurlClient()
        let pool = client.pool(
            rules {
                $0.breaker = BreakerRules()
                $0.breaker?.failures = 2
                $0.breaker?.openMilliseconds = 600_000
            })
        for _ in 1...10 { #expect(await pool.exchange(post(server.url)).kind == .answered) }
        await client.shutdown()
    }
}

@Suite(.timeLimit(.minutes(10))) struct FirstByteTests {
    private func request(_ url: String, firstByteMilliseconds: Int) -> ExchangeRequest {
        ExchangeRequest(
            method: .post, url: url, body: Array("{}".utf8),
            firstByteMilliseconds: firstByteMilliseconds, totalMilliseconds: 600_000)
    }

    @Test func `an answer that does not begin in time is given up and unknown`() async {
        let server = RawServer { _, _ in .silence }
        let client = CurlClient()
        let outcome = await client.exchange(request(server.url, firstByteMilliseconds: 100))
        #expect(outcome.kind == .unknown)
        #expect(outcome.evidence.cause == .noFirstByte)
        #expect(outcome.evidence.prereqCalls == 1)
        #expect(outcome.evidence.milliseconds >= 100)
        await client.shutdown()
    }

    @Test func `an answer that has begun may take its time`() async {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
        let server = RawServer { _, _ in .dribble(head, pauseMilliseconds: 20, "{}") }
        let client = CurlClient()
        let outcome = await client.exchange(request(server.url, firstByteMilliseconds: 60_000))
        #expect(outcome.text == "{}")
        await client.shutdown()
    }

    @Test func `the shorter patience ends first, whoever came first`() async {
        let server = RawServer { _, _ in .silence }
        let client = CurlClient()
        let patient = Task {
            await client.exchange(request(server.url, firstByteMilliseconds: 600_000))
        }
        while server.arrivals.isEmpty { await Task.yield() }
        let hasty = await client.exchange(request(server.url, firstByteMilliseconds: 50))
        #expect(hasty.evidence.cause == .noFirstByte)
        await client.shutdown()
        #expect(await patient.value.evidence.cause == .closed)
    }
}
