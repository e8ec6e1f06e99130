import Foundation
import Operations
import TestSupport

/// Lives the same days undisturbed and killed, and holds what is left side by side.
struct KillHarness: Sendable {
    /// How much is simulated.
    struct Size: Sendable {
        var kills = 40
        var loans = 30
        var dates = 9

        /// The size of a change's check, or what the variables of a soak ask for.
        init(environment: [String: String] = [:]) {
            func number(_ name: String, _ fallback: Int) -> Int {
                environment["COLEND_SOAK_" + name].flatMap { Int($0) } ?? fallback
            }
            kills = number("KILLS", kills)
            loans = number("LOANS", loans)
            dates = max(2, number("DATES", dates))
        }
    }

    let size: Size
    let seed: UInt64
    private let life: BusinessLife

    init(_ size: Size, seed: UInt64 = SeededCase.runSeed) throws {
        self.size = size
        self.seed = seed
        life = try BusinessLife.make(loans: size.loans, dates: size.dates)
    }

    var repeatCommand: String {
        "repeat: COLEND_SEED=\(seed) COLEND_SOAK_KILLS=\(size.kills) "
            + "COLEND_SOAK_LOANS=\(size.loans) COLEND_SOAK_DATES=\(size.dates) "
            + "swift test -c release --filter KillTests"
    }

    /// Kills until there were enough; every killed run is held against the undisturbed one.
    func run() async throws -> KillReport {
        let begun = ContinuousClock.now
        var report = KillReport()
        let (calm, _) = try await live(.undisturbed, "calm")
        report.violations = calm.violations
        var hand = Hand.killed(by: KillPlan(seed: seed))
        repeat {
            let outcome: Outcome
            (outcome, hand) = try await live(hand, "killed", against: calm)
            report.add(outcome, hand, against: calm)
        } while hand.kills < size.kills && report.runs < 2 + size.kills / 10
        report.seconds = (ContinuousClock.now - begun).components.seconds
        return report
    }

    private func live(_ hand: Hand, _ name: String, against calm: Outcome? = nil) async throws
        -> (Outcome, Hand)
    {
        let installation = try await Installation.make(name, seed: seed, faults: .many)
        var hand = hand
        do {
            try await life.live(in: installation, by: &hand)
            let outcome = try await Outcome.gather(installation, life.dates)
            let isSame = calm.map { outcome.differences(from: $0).isEmpty } ?? true
            await installation.close(removing: isSame)
            if !isSame { print("kept: \(installation.directory.path)") }
            return (outcome, hand)
        } catch {
            await installation.close(removing: false)
            throw HarnessFault("\(error)\n\(repeatCommand)\nsee \(installation.directory.path)")
        }
    }
}

/// What the killed runs came to.
struct KillReport: Sendable, CustomStringConvertible {
    private(set) var runs = 0
    private(set) var plan: KillPlan?
    private(set) var differences: [String] = []
    var violations: [String] = []
    var seconds: Int64 = 0

    var kills: Int { plan?.count ?? 0 }

    /// Points at which no command was killed.
    var missed: [CrashPoint] { CrashPoint.allCases.filter { plan?.hits[$0] == nil } }

    mutating func add(_ outcome: Outcome, _ hand: Hand, against calm: Outcome) {
        runs += 1
        plan = hand.plan
        differences += outcome.differences(from: calm).map { "run \(runs): \($0)" }
        violations += outcome.violations.map { "run \(runs): \($0)" }
    }

    var description: String {
        let points = CrashPoint.allCases.map { "\($0.rawValue) \(plan?.hits[$0] ?? 0)" }
        return "\(kills) kills in \(runs) runs and \(seconds) s: anywhere "
            + "\(plan?.elsewhere ?? 0), \(points.joined(separator: ", "))"
    }
}
