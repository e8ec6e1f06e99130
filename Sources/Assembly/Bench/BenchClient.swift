import CurlTransport
import Foundation
import Operations

/// `colend bench client`: sends requests to a server as fast as a pool allows and tells what each
/// cost this process.
package struct BenchClient: Sendable {
    private let url: String
    private let requests: Int
    private let connections: Int
    private let body: [UInt8]
    private let beside: Int

    /// - Parameter beside: Exchanges of another pool that wait all the while for a server that
    ///   never answers.
    /// - Throws: ``UsageFault`` for numbers that make no load.
    package init(url: String, requests: Int, connections: Int, bytes: Int, beside: Int)
        throws(UsageFault)
    {
        let numbers = [
            ("requests", requests, 1...100_000_000), ("connections", connections, 1...4_096),
            ("bytes", bytes, 0...1_048_576), ("beside", beside, 0...4_096),
        ]
        for (name, number, range) in numbers where !range.contains(number) {
            throw UsageFault(
                code: "USAGE-025",
                "--\(name) \(number) is not within \(range.lowerBound) to \(range.upperBound)")
        }
        self.url = url
        self.requests = requests
        self.connections = connections
        self.beside = beside
        body = Array(repeating: UInt8(ascii: "x"), count: bytes)
    }

    /// What a run found.
    private struct Finding {
        var answered = 0
        var seconds = 0.0
        var cpuMicroseconds = 0
    }

    /// Sends them all and tells rate and processor time; prints nothing until the end.
    package func run() async throws -> Answer {
        OpenFiles.allowMost()
        var limits = ClientLimits()
        limits.maximumInFlight = connections + beside
        let client = CurlClient(limits: limits)
        let pool = client.pool(rules("bench", connections))
        let silent = beside > 0 ? try SilentServer() : nil
        let other = client.pool(rules("silent", max(1, beside)))
        let waiting = Task { [url = silent?.url] in await hold(url, in: other) }
        if let silent { try await silent.wait(for: beside) }
        // Connections stand before the clock runs.
        _ = await send(connections * 4, in: pool)
        let (startedAt, before) = (ContinuousClock.now, Self.cpuMicroseconds)
        var finding = Finding()
        finding.answered = await send(requests, in: pool)
        finding.cpuMicroseconds = Self.cpuMicroseconds - before
        let taken = (ContinuousClock.now - startedAt).components
        finding.seconds = Double(taken.seconds) + Double(taken.attoseconds) / 1e18
        await client.shutdown()
        await waiting.value
        withExtendedLifetime(silent) {}
        return answer(finding)
    }

    private func rules(_ name: String, _ places: Int) -> PoolRules {
        var rules = PoolRules(name: name)
        rules.maximumInFlight = places
        rules.breaker = BreakerRules()
        return rules
    }

    /// Keeps as many requests under way as there are connections; how many were answered.
    private func send(_ count: Int, in pool: Pool) async -> Int {
        await withTaskGroup(of: Int.self) { group in
            for worker in 0..<connections {
                let share = count / connections + (worker < count % connections ? 1 : 0)
                group.addTask {
                    var answered = 0
                    for _ in 0..<share {
                        let outcome = await pool.exchange(request(url))
                        if case .answered(let response, _) = outcome, response.status == 200 {
                            answered += 1
                        }
                    }
                    return answered
                }
            }
            return await group.reduce(0, +)
        }
    }

    private func hold(_ url: String?, in pool: Pool) async {
        guard let url else { return }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<beside {
                group.addTask {
                    _ = await pool.exchange(request(url, totalMilliseconds: 3_600_000))
                }
            }
        }
    }

    private func request(_ url: String, totalMilliseconds: Int = 30_000) -> ExchangeRequest {
        ExchangeRequest(
            method: .post, url: url, headers: [("Content-Type", "application/json")], body: body,
            totalMilliseconds: totalMilliseconds)
    }

    private func answer(_ finding: Finding) -> Answer {
        let perSecond = Int(Double(requests) / max(finding.seconds, 1e-9))
        let cost = String(format: "%.2f", Double(finding.cpuMicroseconds) / Double(requests))
        let seconds = String(format: "%.3f", finding.seconds)
        return Answer(
            .object([
                "requests": .count(requests), "answered": .count(finding.answered),
                "seconds": .decimal(seconds), "requestsPerSecond": .count(perSecond),
                "cpuMicrosecondsPerRequest": .decimal(cost), "beside": .count(beside),
            ]),
            lines: [
                "\(finding.answered) of \(requests) answered in \(seconds) s, \(perSecond) a "
                    + "second, \(cost) µs of processor time each"
            ],
            exit: finding.answered == requests ? nil : .unavailable)
    }

    /// User and system time of the whole process so far.
    private static var cpuMicroseconds: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) {
            $0 + Int($1.tv_sec) * 1_000_000 + Int($1.tv_usec)
        }
    }
}
