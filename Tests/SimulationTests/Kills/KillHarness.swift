import Foundation
import Operations
import TestSupport

/// Lives the same days undisturbed and killed, and holds what is left side by side.
struct KillHarness: Sendable {
    /// How much is simulated; `Scripts/soak` asks for more than the check of a change.
    struct Size: Sendable {
        let rounds: Int
        let kills: Int
        let loans: Int
        let dates: Int

        init(environment: [String: String]) {
            func number(_ name: String, _ usual: Int) -> Int {
                environment["COLEND_SOAK_" + name].flatMap { Int($0) } ?? usual
            }
            rounds = number("ROUNDS", 1)
            kills = number("KILLS", 40)
            loans = number("LOANS", 30)
            dates = max(2, number("DATES", 9))
        }

        static let asked = Size(environment: ProcessInfo.processInfo.environment)
    }

    let size: Size
    let seed: UInt64
    private let life: BusinessLife
    /// Keeps the books of those that are killed, and is killed itself; nil for a file.
    private let server: PostgresCluster?

    init(_ size: Size, seed: UInt64, server: PostgresCluster? = nil) throws {
        self.size = size
        self.seed = seed
        self.server = server
        life = try BusinessLife.make(loans: size.loans, dates: size.dates, seed: seed)
    }

    var repeatCommand: String {
        "repeat: COLEND_SEED=\(seed) COLEND_SOAK_KILLS=\(size.kills) "
            + "COLEND_SOAK_LOANS=\(size.loans) COLEND_SOAK_DATES=\(size.dates) "
            + "swift test -c release --filter \(server == nil ? "" : "Server")KillTests"
    }

    /// Kills until there were enough and at every point, of which a server has its own few; each
    /// killed run is held against the undisturbed one on a file, which goes on beside the first.
    func run() async throws -> KillReport {
        let begun = ContinuousClock.now
        async let undisturbed = live(.undisturbed, "calm")
        let plan = KillPlan(seed: seed, hasServer: server != nil)
        var killed = try await live(.killed(by: plan), "killed", on: server)
        let calm = try await undisturbed
        var report = KillReport(calm.outcome)
        while true {
            report.add(killed, against: calm.outcome)
            await killed.close(against: calm.outcome)
            let isEnough = report.kills >= size.kills && (server != nil || report.missed.isEmpty)
            if isEnough || report.runs >= 4 + size.kills / 10 { break }
            killed = try await live(killed.hand, "killed", on: server)
        }
        await calm.installation.close(removing: report.differences.isEmpty)
        report.seconds = (ContinuousClock.now - begun).components.seconds
        return report
    }

    private func live(_ hand: Hand, _ name: String, on server: PostgresCluster? = nil)
        async throws -> LivedDays
    {
        do {
            return try await LivedDays.live(life, name, seed: seed, by: hand, on: server)
        } catch {
            throw HarnessFault("\(error)\n\(repeatCommand)")
        }
    }
}

/// What the killed runs came to.
struct KillReport: Sendable, CustomStringConvertible {
    private(set) var runs = 0
    private(set) var plan: KillPlan?
    private(set) var differences: [String] = []
    private(set) var violations: [String]
    var seconds: Int64 = 0

    var kills: Int { plan?.count ?? 0 }

    var missed: [CrashPoint] { plan?.missed ?? CrashPoint.allCases }

    /// How the undisturbed run's requests ended.
    let states: Set<String>
    /// For what its parties settled.
    let settled: Set<String>

    init(_ calm: Outcome) {
        violations = calm.violations
        states = calm.states
        settled = calm.settled
    }

    mutating func add(_ killed: LivedDays, against calm: Outcome) {
        runs += 1
        plan = killed.hand.plan
        differences += killed.outcome.differences(from: calm).map { "run \(runs): \($0)" }
        violations += killed.outcome.violations.map { "run \(runs): \($0)" }
    }

    var description: String {
        let points = CrashPoint.allCases.map { "\($0.rawValue) \(plan?.hits[$0] ?? 0)" }
        let blows = (plan?.blows ?? [:]).sorted { $0.key < $1.key }.map { "\($0) \($1)" }
        let endings = (plan?.endings ?? [:]).sorted { $0.key < $1.key }.map { "\($1) × exit \($0)" }
        let server = blows.isEmpty ? "" : "server: \((blows + endings).joined(separator: ", ")); "
        return "\(kills) kills in \(runs) runs and \(seconds) s: \(server)commands anywhere "
            + "\(plan?.elsewhere ?? 0), \(points.joined(separator: ", "))"
    }
}
