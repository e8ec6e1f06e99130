import Operations
import TestSupport

/// Draws where commands are killed and counts the hits.
struct KillPlan: Sendable {
    /// One attempt to kill a command, or the server under it.
    enum Kill: Sendable {
        /// The n-th time the command reaches a named point.
        case at(CrashPoint, Int)
        /// So many milliseconds after the start, wherever it is then.
        case after(Int)
        /// The server, the n-th time the command reaches a named point.
        case serverAt(Blow, CrashPoint, Int)
        /// The server, so many milliseconds after the start of the command.
        case serverAfter(Blow, Int)
        /// The server, at a named point; then another does the command's work before it goes on.
        case overtaken(Blow, CrashPoint)
    }

    private var random: SeededGenerator
    /// Whether there is a server to kill.
    private let hasServer: Bool
    /// Kills at named points.
    private(set) var hits: [CrashPoint: Int] = [:]
    /// Kills of a command at no named point.
    private(set) var elsewhere = 0
    /// What befell the server under a command, at a named point or not.
    private(set) var blows: [String: Int] = [:]
    /// How commands ended whose server was lost: done, or told to try again.
    private(set) var endings: [Int32: Int] = [:]
    /// Kills of commands and of the server.
    private(set) var count = 0

    init(seed: UInt64, hasServer: Bool) {
        random = SeededGenerator(seed: seed)
        self.hasServer = hasServer
    }

    /// Points at which nothing was killed. A life copies no store, keeps no deposits, hears no
    /// callback, transfers no share after its payout, changes no configuration, sells no
    /// pool, and has no deadline, refused reversal or person's word about a request.
    var missed: [CrashPoint] {
        CrashPoint.allCases.filter { hits[$0] == nil && $0.isOfLife }
    }

    /// Attempts to kill a command, one after the other; points that were never hit come first.
    mutating func draw(for step: Step) -> [Kill] {
        (0..<random.pick(hasServer ? 0...2 : 1...3)).map { _ in
            hasServer && !random.isOne(in: 3) ? drawBlow(for: step) : drawKill(for: step)
        }
    }

    private mutating func drawKill(for step: Step) -> Kill {
        if random.isOne(in: 6) { return .after(random.pick(10...250)) }
        let (point, isUntried) = drawPoint(of: step)
        return .at(point, isUntried ? 1 : drawTime())
    }

    private mutating func drawBlow(for step: Step) -> Kill {
        let blow = random.pick(Blow.allCases)
        if random.isOne(in: 4) { return .serverAfter(blow, random.pick(20...250)) }
        let (point, isUntried) = drawPoint(of: step)
        if random.isOne(in: 2) { return .overtaken(blow, point) }
        return .serverAt(blow, point, isUntried ? 1 : drawTime())
    }

    private mutating func drawPoint(of step: Step) -> (CrashPoint, isUntried: Bool) {
        let points = CrashPoint.allCases.filter(step.reaches)
        let untried = points.filter { hits[$0] == nil }
        return untried.isEmpty ? (random.pick(points), false) : (random.pick(untried), true)
    }

    private mutating func drawTime() -> Int { random.isOne(in: 4) ? random.pick(2...3) : 1 }

    /// Once in a while a bank is killed as well.
    mutating func drawBank() -> String? {
        random.isOne(in: 10)
            ? random.pick(Installation.bankNames + [Installation.clearingName]) : nil
    }

    /// Counts a kill after which the command ended by itself, or not.
    mutating func note(_ kill: Kill, endedWith exit: Int32?) {
        count += 1
        switch kill {
        case .at(let point, _): hits[point, default: 0] += 1
        case .after: elsewhere += 1
        case .serverAfter(let blow, _): note(blow, "anywhere", exit)
        case .serverAt(let blow, let point, _):
            hits[point, default: 0] += 1
            note(blow, "at a point", exit)
        case .overtaken(let blow, let point):
            hits[point, default: 0] += 1
            note(blow, "overtaken", exit)
        }
    }

    private mutating func note(_ blow: Blow, _ place: String, _ exit: Int32?) {
        blows["\(blow.rawValue) \(place)", default: 0] += 1
        endings[exit ?? -1, default: 0] += 1
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
        case .showSettlements: return false
        }
    }
}

extension CrashPoint {
    fileprivate var isOfLife: Bool {
        ![
            "copy.", "reserves.", "callback.", "giving-up.", "claims.", "resolution.",
            "transfer.", "change.", "pools.",
        ].contains { rawValue.hasPrefix($0) }
    }
}
