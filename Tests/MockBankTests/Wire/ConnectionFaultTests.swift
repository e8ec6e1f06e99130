import Foundation
import MockBank
import Testing

@Suite struct ConnectionFaultTests {
    private func bank(_ fault: String, seed: Int = 1) async throws -> WireBank {
        try await WireBank("faults: {transport: [{\(fault)}]}", seed: seed)
    }

    @Test(arguments: [
        ("kind: drop-after-commit, connection: rst", true, 1),
        ("kind: drop-after-commit, connection: fin", false, 1),
        ("kind: drop-before-reading, connection: rst", true, 0),
        ("kind: drop-before-reading, connection: fin", false, 0),
        ("kind: empty-reply", false, 1), ("kind: empty-reply, executes: false", false, 0),
        ("kind: empty-reply, connection: rst", true, 1),
    ])
    func `no byte comes back, and the book knows whether money moved`(
        fault: String, isReset: Bool, executions: Int
    ) async throws {
        let bank = try await bank(fault + ", probability: 1, budget: 1")
        let ending = try bank.fund()
        #expect(ending.bytes.isEmpty)
        #expect(ending.isReset == isReset)
        #expect(try bank.executions() ?? 0 == executions)
        #expect(try bank.fund().status == (executions == 1 ? 200 : 201))
        #expect(try bank.executions() == 1)
    }

    @Test func `reset before reading: the body is never taken`() async throws {
        let bank = try await bank(
            "kind: reset-unread, match: {call: batch, header: {x-test: a*}}")
        let socket = try RawSocket(port: bank.port)
        defer { socket.end() }
        let head = bank.request(
            "POST", "/v1/funding-requests:batch", "",
            headers: ["X-Test: abc", "Content-Length: 1000000"])
        socket.send(
            Array(
                String(decoding: head, as: UTF8.self)
                    .replacing("Content-Length: 0\r\n", with: "").utf8))
        // Without a byte of the body sent: the bank does not wait for it.
        #expect(socket.read().isReset)
        let batch = try bank.call("POST", "/v1/funding-requests:batch", Sample.request("K1"))
        #expect(batch.status == 200)
        #expect(try bank.faults() == ["reset-unread POST /v1/funding-requests:batch"])
    }

    @Test(arguments: ["garbage", "random-data"])
    func `what comes is no HTTP, and the same seed says the same`(kind: String) async throws {
        let said = try await (1...3).asyncMap { number in
            let bank = try await bank("kind: \(kind), probability: 1", seed: number == 3 ? 2 : 1)
            let bytes = try bank.fund().bytes
            #expect(try bank.executions() == 1)
            return bytes
        }
        #expect(said[0].count >= 64)
        #expect(!said[0].starts(with: Array("HTTP".utf8)))
        #expect(said[0] == said[1])
        #expect(said[0] != said[2])
    }

    @Test func `a malformed chunk: a good head and half of the body`() async throws {
        let bank = try await bank("kind: malformed-chunk, probability: 1, budget: 1")
        let ending = try bank.fund()
        #expect(ending.status == 201)
        #expect(ending.header("Transfer-Encoding") == "chunked")
        #expect(ending.header("Colend-Signature") != nil)
        #expect(ending.body.hasSuffix("\r\nzz\r\n?"))
    }

    @Test func `a truncated body, with and without its length`() async throws {
        let short = try await bank("kind: truncated-body, probability: 1, percent: 30")
        let ending = try short.fund()
        let length = try #require(ending.header("Content-Length").flatMap { Int($0) })
        #expect(ending.body.utf8.count == length * 30 / 100)
        let sly = try await bank("kind: truncated-body, probability: 1, statesLength: false")
        let other = try sly.fund()
        #expect(other.header("Content-Length") == nil)
        #expect(other.status == 201)
        #expect((try? JSON.parse(Array(other.body.utf8))) == nil)
    }

    @Test(arguments: [429, 500, 502, 503, 504])
    func `too busy: the status, when to come back, and nothing booked`(status: Int) async throws {
        let bank = try await bank(
            "kind: busy, sequence: {first: 2}, status: \(status), retryAfterSeconds: 7")
        for _ in 0..<2 {
            let ending = try bank.fund()
            #expect(ending.status == status)
            #expect(ending.header("Retry-After") == "7")
        }
        #expect(try bank.executions() == nil)
        #expect(try bank.fund().status == 201)
    }

    @Test func `an error after the money moved`() async throws {
        let bank = try await bank("kind: busy, sequence: {first: 1}, status: 500, executes: true")
        #expect(try bank.fund().status == 500)
        #expect(try bank.executions() == 1)
        #expect(try bank.fund().status == 200)
    }

    @Test func `maintenance answers 503 to everything but health, and ends`() async throws {
        let bank = try await bank(
            """
            kind: maintenance, retryAfterSeconds: 3600,
            match: {date: 2026-01-01, time: {from: "01:00", to: "03:59"}}
            """)
        func clock(_ time: String) throws -> Int {
            try bank.call(
                "POST", "/admin/v1/clock",
                "{\"businessDate\":\"2026-01-01\",\"time\":\"\(time)\"}"
            ).status
        }
        #expect(try bank.query().status == 404)
        #expect(try clock("01:00") == 200)
        for path in ["funding-requests/K1", "files/2026-01-01/balances.csv"] {
            let ending = try bank.call("GET", "/v1/" + path)
            #expect(ending.status == 503)
            #expect(ending.header("Retry-After") == "3600")
        }
        #expect(try bank.fund().body.contains("maintenance"))
        #expect(try bank.call("GET", "/v1/health").status == 200)
        #expect(try clock("00:30") == 409)
        #expect(try clock("04:00") == 200)
        #expect(try bank.fund().status == 201)
    }
}

extension Sequence {
    func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
