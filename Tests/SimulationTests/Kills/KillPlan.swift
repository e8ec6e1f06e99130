import Operations
import TestSupport

/// Draws where commands are killed and counts the hits.
struct KillPlan: Sendable {
    /// One attempt to kill a command.
    enum Kill: Sendable {
        /// The n-th time the command reaches a named point.
        case at(CrashPoint, Int)
        /// So many milliseconds after the start, wherever it is then.
        case after(Int)
    }

    private var random: SeededGenerator
    private(set) var hits: [CrashPoint: Int] = [:]
    /// Kills at no named point.
    private(set) var elsewhere = 0

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    var count: Int { hits.values.reduce(0, +) + elsewhere }

    /// Attempts to kill a command, one after the other; points that were hit least come first half
    /// the time.
    mutating func draw(for step: Step) -> [Kill] {
        let points = CrashPoint.allCases.filter(step.reaches)
        return (0..<random.pick(1...3)).map { _ in
            if random.isOne(in: 6) { return .after(random.pick(1...120)) }
            let least = points.map { hits[$0, default: 0] }.min() ?? 0
            let rare = points.filter { hits[$0, default: 0] == least }
            let point = random.pick(random.isOne(in: 2) ? rare : points)
            return .at(point, random.isOne(in: 4) ? random.pick(2...3) : 1)
        }
    }

    mutating func note(_ kill: Kill) {
        switch kill {
        case .at(let point, _): hits[point, default: 0] += 1
        case .after: elsewhere += 1
        }
    }
}

extension Step {
    /// Whether the command may pass a point.
    func reaches(_ point: CrashPoint) -> Bool {
        let area = point.rawValue.prefix { $0 != "." }
        switch self {
        case .importLoans: return area == "intake"
        case .fund: return area == "funding"
        case .importRepayments: return area == "repayments"
        case .endOfDay:
            return ["close", "delivery", "reconciliation", "settlement"].contains(area)
                || point == .fundingAfterAsking
        case .reconcile: return ["reconciliation", "settlement"].contains(area)
        }
    }
}
