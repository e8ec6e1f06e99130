import Foundation
import MockBank
import Testing

/// Only "at least" is asserted: how much longer it takes is the machine's affair.
@Suite struct PaceTests {
    private func bank(_ fault: String) async throws -> WireBank {
        try await WireBank("faults: {transport: [{\(fault)}]}")
    }

    @Test(arguments: [
        ("kind: delay, delayMilliseconds: 150, probability: 1", 150),
        ("kind: delay, uniform: {from: 120, to: 140}, probability: 1", 120),
        (
            "kind: delay, lognormal: {median: 1000, sigma: 0, atMost: 130}, probability: 1", 130
        ), ("kind: late-answer, delayMilliseconds: 140, probability: 1", 140),
    ])
    func `an answer waits`(fault: String, atLeast: Int) async throws {
        let bank = try await bank(fault)
        let ending = try bank.fund()
        #expect(ending.milliseconds >= atLeast)
        #expect(ending.status == 201)
        #expect(ending.isWhole)
    }

    @Test(arguments: [
        // About 500 bytes: in steps of 100 each twentieth of a second, or 20 every 4 ms.
        ("kind: bandwidth, bytesPerSecond: 2000, probability: 1, budget: 1", 150),
        ("kind: dribble, bytes: 20, everyMilliseconds: 4, probability: 1, budget: 1", 60),
    ])
    func `an answer drips and is whole, and the next one comes in one piece`(
        fault: String, atLeast: Int
    ) async throws {
        let bank = try await bank(fault)
        let socket = try RawSocket(port: bank.port)
        defer { socket.end() }
        func whole(_ bytes: [UInt8]) -> Bool { RawSocket.Ending(bytes: bytes).isWhole }
        let body = Sample.request("K1")
        socket.send(bank.request("POST", "/v1/funding-requests", body, closes: false))
        let slow = socket.read(until: whole)
        #expect(slow.status == 201)
        #expect(slow.milliseconds >= atLeast)
        socket.send(bank.request("POST", "/v1/funding-requests", body))
        let next = socket.read()
        #expect(next.status == 200)
        #expect(next.isWhole)
        #expect(slow.pieces > 1)
        #expect(next.pieces == 1)
    }

    @Test func `what was asked meanwhile leaves behind the slow answer, not at its pace`()
        async throws
    {
        let bank = try await bank(
            "kind: dribble, bytes: 20, everyMilliseconds: 4, match: {key: K1}")
        let socket = try RawSocket(port: bank.port)
        defer { socket.end() }
        let requests = (1...2).map { number in
            bank.request(
                "POST", "/v1/funding-requests",
                Sample.request("K\(number)", loan: "L\(number)"), closes: number == 2)
        }
        socket.send(requests[0] + requests[1])
        let both = socket.read().text
        #expect(both.ranges(of: "HTTP/1.1 201").count == 2)
        let second = both.ranges(of: "HTTP/1.1 201").last.map { String(both[$0.lowerBound...]) }
        #expect(RawSocket.Ending(bytes: Array((second ?? "").utf8)).isWhole)
        #expect(try bank.executions(2) == 1)
    }

    @Test func `a clock that is wrong signs wrong times`() async throws {
        let bank = try await bank("kind: clock-skew, seconds: 4000, probability: 1")
        let stamp = try bank.fund().header("Colend-Timestamp").flatMap { Int($0) }
        #expect(try #require(stamp) >= Int(Date().timeIntervalSince1970) + 3_000)
        let skewed = try await WireBank("clockSkewSeconds: -4000")
        let refused = try skewed.fund()
        #expect(refused.status == 401)
        #expect(refused.body.contains("\"timestamp\""))
    }

    @Test func `one slow bank does not hold up another answer of the same bank`() async throws {
        let bank = try await bank(
            "kind: delay, delayMilliseconds: 600000, match: {loan: L1}")
        let slow = try RawSocket(port: bank.port)
        defer { slow.end() }
        slow.send(bank.request("POST", "/v1/funding-requests", Sample.request("K1", loan: "L1")))
        #expect(try bank.fund(2).status == 201)
    }
}
