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

    /// Points at which no command was killed; a life copies no store.
    var missed: [CrashPoint] {
        CrashPoint.allCases.filter { hits[$0] == nil && !$0.rawValue.hasPrefix("copy.") }
    }

    var count: Int { hits.values.reduce(0, +) + elsewhere }

    /// Attempts to kill a command, one after the other; points that were never hit come first.
    mutating func draw(for step: Step) -> [Kill] {
        let points = CrashPoint.allCases.filter(step.reaches)
        return (0..<random.pick(1...3)).map { _ in
            if random.isOne(in: 6) { return .after(random.pick(10...250)) }
            let untried = points.filter { hits[$0] == nil }
            if !untried.isEmpty { return .at(random.pick(untried), 1) }
            return .at(random.pick(points), random.isOne(in: 4) ? random.pick(2...3) : 1)
        }
    }

    /// Once in a while a bank is killed as well.
    mutating func drawBank() -> String? {
        random.isOne(in: 10)
            ? random.pick(Installation.bankNames + [Installation.clearingName]) : nil
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
        let isByPerson = [.settlementBeforeApproval, .settlementAfterApproval].contains(point)
        let isOfStatement = [.settlementBeforeConfirmation, .settlementAfterConfirmation]
            .contains(point)
        let isOfRun = area == "settlement" && !isByPerson && !isOfStatement
        switch self {
        case .importLoans: return area == "intake"
        case .fund: return area == "funding" || area == "payout"
        case .importRepayments: return area == "repayments"
        case .endOfDay:
            return ["close", "delivery", "reconciliation", "cash"].contains(area) || isOfRun
                || point == .fundingAfterAsking
        case .reconcile:
            let isOfClose = [.cashBeforeTransit, .cashAfterTransit].contains(point)
            return area == "reconciliation" || isOfRun || area == "cash" && !isOfClose
        case .approve: return isByPerson
        case .confirm: return isOfStatement
        case .importFacts: return area == "facts"
        case .propose, .agree: return area == "breaks"
        }
    }
}
