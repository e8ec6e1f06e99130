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

    init(_ size: Size, seed: UInt64) throws {
        self.size = size
        self.seed = seed
        life = try BusinessLife.make(loans: size.loans, dates: size.dates, seed: seed)
    }

    var repeatCommand: String {
        "repeat: COLEND_SEED=\(seed) COLEND_SOAK_KILLS=\(size.kills) "
            + "COLEND_SOAK_LOANS=\(size.loans) COLEND_SOAK_DATES=\(size.dates) "
            + "swift test -c release --filter KillTests"
    }

    /// Kills until there were enough and at every point; each killed run is held against the
    /// undisturbed one, which goes on beside the first.
    func run() async throws -> KillReport {
        let begun = ContinuousClock.now
        async let undisturbed = live(.undisturbed, "calm")
        var killed = try await live(.killed(by: KillPlan(seed: seed)), "killed")
        let calm = try await undisturbed
        var report = KillReport(calm.outcome)
        while true {
            report.add(killed, against: calm.outcome)
            await killed.close(against: calm.outcome)
            let isEnough = report.kills >= size.kills && report.missed.isEmpty
            if isEnough || report.runs >= 4 + size.kills / 10 { break }
            killed = try await live(killed.hand, "killed")
        }
        await calm.installation.close(removing: report.differences.isEmpty)
        report.seconds = (ContinuousClock.now - begun).components.seconds
        return report
    }

    private func live(_ hand: Hand, _ name: String) async throws -> LivedDays {
        let installation = try await Installation.make(name, seed: seed, faults: .many)
        var hand = hand
        do {
            try await life.live(in: installation, by: &hand)
            let outcome = try await Outcome.gather(installation, life.dates)
            return LivedDays(installation: installation, outcome: outcome, hand: hand)
        } catch {
            await installation.close(removing: false)
            throw HarnessFault("\(error)\n\(repeatCommand)\nsee \(installation.directory.path)")
        }
    }
}

/// One installation after its days.
struct LivedDays: Sendable {
    let installation: Installation
    let outcome: Outcome
    let hand: Hand

    /// What differs stays on the disk, to be looked at.
    fileprivate func close(against calm: Outcome) async {
        let isSame = outcome.differences(from: calm).isEmpty
        await installation.close(removing: isSame)
        if !isSame { print("kept: \(installation.directory.path)") }
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

    init(_ calm: Outcome) {
        violations = calm.violations
        states = calm.states
    }

    mutating func add(_ killed: LivedDays, against calm: Outcome) {
        runs += 1
        plan = killed.hand.plan
        differences += killed.outcome.differences(from: calm).map { "run \(runs): \($0)" }
        violations += killed.outcome.violations.map { "run \(runs): \($0)" }
    }

    var description: String {
        let points = CrashPoint.allCases.map { "\($0.rawValue) \(plan?.hits[$0] ?? 0)" }
        return "\(kills) kills in \(runs) runs and \(seconds) s: anywhere "
            + "\(plan?.elsewhere ?? 0), \(points.joined(separator: ", "))"
    }
}
