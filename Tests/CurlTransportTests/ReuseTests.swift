// A handle carries one exchange after the other, and nothing of one shows in the next.

import CurlTransport
import Testing

@Suite(.timeLimit(.minutes(10))) struct ReuseTests {
    private func request(
        _ method: ExchangeMethod, _ url: String, _ headers: [(String, String)] = [],
        _ body: String = "", totalMilliseconds: Int = 600_000
    ) -> ExchangeRequest {
        ExchangeRequest(
            method: method, url: url, headers: headers.map { (name: $0.0, value: $0.1) },
            body: Array(body.utf8), totalMilliseconds: totalMilliseconds)
    }

    @Test func `method, path, headers and body are those of their own exchange`() async {
        let server = RawServer { arrival, _ in .ok("\(arrival.body.utf8.count)") }
        let client = CurlClient(limits: .patient)
        let many = (1...40).map { ("Colend-\($0)", String(repeating: "v", count: $0 * 50)) }
        let requests = [
            request(.post, server.url + "/1", [("Content-Type", "text/csv")], "one"),
            request(.put, server.url + "/2", many, String(repeating: "two", count: 40_000)),
            request(.get, server.url + "/3"),
            request(.post, server.url + "/4", [("Colend-Key", "k")]),
            request(.put, server.url + "/5", [], "5"),
            request(.get, server.url + "/5", [("Empty", "")]),
        ]
        for sent in requests {
            #expect(await client.exchange(sent).text == "\(sent.body.count)")
        }
        for (arrival, sent) in zip(server.arrivals, requests) {
            let path = sent.url.dropFirst(server.url.count - "/v1/x".count)
            #expect(arrival.line == "\(sent.method.rawValue) \(path) HTTP/1.1")
            #expect(Array(arrival.body.utf8) == sent.body)
            let own = arrival.head.split(separator: "\r\n").dropFirst().filter {
                !["Host:", "Accept:", "Content-Length:"].contains($0.prefix { $0 != " " })
            }
            #expect(own.count == sent.headers.count, "\(arrival.head)")
        }
        #expect(server.arrivals.count == requests.count)
        #expect(server.connections == 1)
        await client.shutdown()
    }

    @Test func `evidence speaks only of its own exchange`() async {
        let server = RawServer { arrival, _ in
            switch arrival.body {
            case "silent": .silence
            case "garbage": .last("what?")
            default: .answer("HTTP/1.1 202 Yes\r\nOne: 1\r\nContent-Length: 2\r\n\r\n{}")
            }
        }
        let client = CurlClient(limits: .patient)
        let first = await client.exchange(post(server.url, "answer"))
        let second = await client.exchange(post(server.url, "answer"))
        #expect(second.evidence.requestBytes == first.evidence.requestBytes)
        #expect(second.evidence.prereqCalls == 1)
        #expect(second.response?.headers.map(\.name) == ["One", "Content-Length"])
        let silent = await client.exchange(post(server.url, "silent", totalMilliseconds: 100))
        #expect(silent.evidence.responseStatus == nil)
        #expect(silent.evidence.requestBytes == first.evidence.requestBytes)
        let third = await client.exchange(post(server.url, "answer"))
        #expect(third.response?.status == 202)
        #expect(third.evidence.message == "answered")
        let refused = await client.exchange(post(server.url, "garbage"))
        #expect(refused.evidence.responseStatus == nil)
        #expect(refused.kind == .unknown)
        await client.shutdown()
    }

    @Test func `what never left has no sends, however many its handle had before`() async {
        let server = RawServer { _, _ in .ok("{}") }
        let client = CurlClient(limits: .patient)
        let pool = client.pool(PoolRules(name: "harbor"))
        for _ in 1...3 { #expect(await pool.exchange(post(server.url)).kind == .answered) }
        let outcome = await pool.exchange(post("http://127.0.0.1:\(unusedPort())/"))
        #expect(outcome.kind == .notSent)
        #expect(outcome.evidence.prereqCalls == 0)
        #expect(outcome.evidence.responseStatus == nil)
        await client.shutdown()
    }

    @Test func `sockets that are closed and opened again are watched again`() async {
        let server = RawServer { arrival, _ in
            arrival.body == "last"
                ? .last("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
                : .ok("{}")
        }
        let client = CurlClient(limits: ClientLimits { $0.maximumConnectionsPerHost = 8 })
        await withTaskGroup(of: ExchangeOutcome.self) { group in
            for number in 1...400 {
                group.addTask {
                    let body = number % 3 == 0 ? "last" : "kept"
                    return await client.exchange(post(server.url, body))
                }
            }
            for await outcome in group { #expect(outcome.kind == .answered, "\(outcome)") }
        }
        #expect(server.connections > 100)
        await client.shutdown()
    }
}

/// Who waits costs the others nothing.
@Suite(.timeLimit(.minutes(10))) struct IdleTests {
    @Test func `exchanges that wait for a silent far side add no work to those of another`() async {
        let silent = RawServer { _, _ in .silence }
        let lively = RawServer { _, _ in .ok("{}") }
        let client = CurlClient(limits: ClientLimits { $0.maximumInFlight = 300 })
        let slow = client.pool(rules(places: 250))
        let fast = client.pool(rules(places: 4))
        let alone = await work(of: client) { await exchange(200, lively.url, in: fast) }
        let blocked = Task { await exchange(250, silent.url, in: slow) }
        while silent.arrivals.count < 250 { await Task.yield() }
        let beside = await work(of: client) { await exchange(200, lively.url, in: fast) }
        // One or two readinesses an exchange, and not one more for each that waits.
        #expect(beside < 2 * alone + 200, "\(alone) alone, \(beside) beside 250")
        await client.shutdown()
        await blocked.value
    }

    @Test func `a connection that the server closed at rest wakes nobody again`() async {
        let server = RawServer { _, _ in
            .last("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        }
        let other = RawServer { _, _ in .ok("{}") }
        let client = CurlClient(limits: .patient)
        #expect(await client.exchange(post(server.url)).kind == .answered)
        let moved = await work(of: client) {
            for _ in 1...50 { #expect(await client.exchange(post(other.url)).kind == .answered) }
        }
        #expect(moved < 300)
        await client.shutdown()
    }

    private func rules(places: Int) -> PoolRules {
        var rules = PoolRules(name: "harbor")
        rules.maximumInFlight = places
        return rules
    }

    private func work(of client: CurlClient, _ body: () async -> Void) async -> Int {
        let before = client.moves
        await body()
        return client.moves - before
    }

    private func exchange(_ count: Int, _ url: String, in pool: Pool) async {
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                group.addTask { _ = await pool.exchange(post(url, "\(number)")) }
            }
        }
    }
}
