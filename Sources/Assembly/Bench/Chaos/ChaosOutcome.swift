/// What rounds of chaos came to.
package struct ChaosOutcome: Hashable, Sendable {
    package var rounds = 0
    package var requests = 0
    /// Kills by what was killed: `fund`, `serve`, `bank`.
    package var kills: [String: Int] = [:]
    /// How often each fault struck, by its name.
    package var faults: [String: Int] = [:]
    /// Differences that the bank had made and the platform has named, by the bank's mistake.
    package var explained: [String: Int] = [:]
    /// How often the rarer turns of a request's and a payout's life were taken, by name.
    package var turns: [String: Int] = [:]
    package var doubled = 0
    package var lost = 0
    package var unexplained = 0
    /// The first differences, a line each; what is doubled or lost before the rest.
    package var differences: [String] = []
    /// Rounds that went wrong, and where they were left.
    package var kept: [Int: String] = [:]

    package init() {}

    /// Nothing was doubled, lost or left without an explanation.
    package var isSound: Bool { doubled == 0 && lost == 0 && unexplained == 0 }

    private static let told = 20

    /// Counts a difference between the books of a round.
    mutating func note(_ difference: ChaosComparison.Difference) {
        if let mistake = difference.explanation {
            explained[mistake, default: 0] += 1
            return
        }
        switch difference.verdict {
        case .doubled: doubled += 1
        case .lost: lost += 1
        case .unexplained: unexplained += 1
        }
        tell("\(difference.verdict.rawValue): \(difference.key): \(difference.text)")
    }

    /// Counts something else that should not have been.
    mutating func note(_ surprise: String) {
        unexplained += 1
        tell("unexplained: \(surprise)")
    }

    mutating func add(_ other: ChaosOutcome) {
        rounds += other.rounds
        requests += other.requests
        kills.merge(other.kills, uniquingKeysWith: +)
        faults.merge(other.faults, uniquingKeysWith: +)
        explained.merge(other.explained, uniquingKeysWith: +)
        turns.merge(other.turns, uniquingKeysWith: +)
        doubled += other.doubled
        lost += other.lost
        unexplained += other.unexplained
        for line in other.differences { tell(line) }
        kept.merge(other.kept) { first, _ in first }
    }

    private mutating func tell(_ line: String) {
        let isGrave = !line.hasPrefix(ChaosComparison.Verdict.unexplained.rawValue)
        let place = differences.firstIndex {
            $0.hasPrefix(ChaosComparison.Verdict.unexplained.rawValue)
        }
        differences.insert(line, at: isGrave ? place ?? differences.count : differences.count)
        if differences.count > ChaosOutcome.told { differences.removeLast() }
    }
}
