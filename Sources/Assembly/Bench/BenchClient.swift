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
        var limits = ClientLimits()
        limits.maximumInFlight = connections + beside
        let client = CurlClient(limits: limits)
        let pool = client.pool(rules("bench", connections))
        let silent = SilentListener()
        let other = client.pool(rules("silent", max(1, beside)))
        let waiting = Task { await hold(silent?.url, in: other) }
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

/// A loopback port whose connections the kernel takes and nobody ever reads.
private final class SilentListener: Sendable {
    let url: String
    private let descriptor: Int32

    /// nil when there is no port to be had.
    init?() {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 4_096) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isListening else {
            close(descriptor)
            return nil
        }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/"
    }

    deinit { close(descriptor) }
}
