import CurlTransport
import Foundation
import Operations

/// `colend bench fund`: books loans, funds them at mock banks over the wire as `colend fund` does,
/// and compares with the banks' own books.
package struct BenchFund: Sendable {
    /// What is measured.
    package struct Load: Sendable {
        /// Requests in all, each of a loan of its own.
        package var requests = 100_000
        package var partners = 2
        /// The time that each bank takes over an answer.
        package var latencyMilliseconds = 0
        /// Requests under way at a time, over all banks.
        package var inFlight = 1_024
        /// Requests in one call.
        package var batch = 1

        package init() {}
    }

    private let load: Load
    /// Nil for a store of its own that goes with the rest.
    private let store: String?

    /// - Throws: ``UsageFault`` for numbers that make no load.
    package init(_ launch: Launch, _ load: Load) throws(UsageFault) {
        let numbers = [
            ("requests", load.requests, 1...10_000_000), ("partners", load.partners, 1...64),
            ("latency-ms", load.latencyMilliseconds, 0...60_000),
            ("in-flight", load.inFlight, load.partners...(4_096 * load.partners)),
            ("batch", load.batch, 1...1_000),
        ]
        for (name, number, range) in numbers where !range.contains(number) {
            throw UsageFault(
                code: "USAGE-025",
                "--\(name) \(number) is not within \(range.lowerBound) to \(range.upperBound)")
        }
        self.load = load
        let place = launch.settings.first { $0.key == "option store" }
        store = place.map { $0.origin != "default" } ?? false ? launch.store : nil
    }

    /// Leaves nothing behind but what it wrote into a store that was named.
    ///
    /// - Throws: ``BankUnavailable``, ``OutputFault`` when the named store is there already, or
    ///   what booking and funding throw.
    package func run() async throws -> Answer {
        try BankProcess.checkProgram()
        let ground = try BenchGround(load, store: store)
        do {
            let answer = try await measured(on: ground)
            await ground.remove()
            return answer
        } catch {
            await ground.remove()
            throw error
        }
    }

    private func measured(on ground: BenchGround) async throws -> Answer {
        if store != nil { try await OpenStore.requireEmpty(ground.launch) }
        let wire = CurlClient()
        let banks = try await ground.start(wire)
        defer { for bank in banks { bank.stop() } }
        let finding = try await Application.fund(at: banks, ground)
        return answer(finding)
    }

    private func answer(_ finding: BenchFinding) -> Answer {
        let seconds = String(format: "%.3f", finding.seconds)
        let perSecond = Int(Double(finding.funded) / max(finding.seconds, 1e-9))
        let cost = finding.cost.map { String(format: "%.1f", $0 / Double(load.requests)) }
        var members = [
            Node.Member(name: "requests", value: .count(load.requests)),
            Node.Member(name: "seconds", value: .decimal(seconds)),
            Node.Member(name: "perSecond", value: .count(perSecond)),
            Node.Member(name: "doubleFunded", value: .count(finding.doubleFunded)),
            Node.Member(name: "unknownLeft", value: .count(finding.unknownLeft)),
            Node.Member(name: "cpuMicrosecondsPerRequest", value: .decimal(cost[0])),
            Node.Member(name: "bankCPUMicrosecondsPerRequest", value: .decimal(cost[1])),
            Node.Member(name: "peakMemoryMiB", value: .count(finding.peakMemoryMiB)),
        ]
        var lines = [
            "\(finding.funded) of \(load.requests) requests funded in \(seconds) s, \(perSecond) a "
                + "second; \(finding.doubleFunded) funded twice, \(finding.unknownLeft) unknown",
            "\(cost[0]) µs of processor time each here and \(cost[1]) µs at the banks, "
                + "\(finding.peakMemoryMiB) MiB at most",
        ]
        if load.latencyMilliseconds > 0 {
            let most = Double(load.inFlight) * 1_000 / Double(load.latencyMilliseconds)
            let share = String(format: "%.3f", Double(perSecond) / most)
            members.append(Node.Member(name: "ofLittlesLaw", value: .decimal(share)))
            lines.append("\(share) of what \(load.inFlight) in flight allow")
        }
        let isGood = finding.funded == load.requests && finding.faults == 0
        return Answer(.object(members), lines: lines, exit: isGood ? nil : .findings)
    }
}

/// What a run came to, by the banks' own books.
struct BenchFinding {
    var seconds = 0.0
    /// Requests that their bank has funded once, for the right amount.
    var funded = 0
    var doubleFunded = 0
    /// Requests that we cannot tell the end of.
    var unknownLeft = 0
    /// Shares of which the banks' books say something else than ours.
    var strange = 0
    /// Processor time in microseconds, of this process and of the banks.
    var cost = [0.0, 0.0]
    var peakMemoryMiB = 0

    var faults: Int { doubleFunded + unknownLeft + strange }
}
