import BusinessCalendar
import Foundation

/// Several processes that run each command at the same time: slices of a file, or all the same.
struct Crowd: Sendable {
    let count: Int
    /// How many processes have closed each date.
    private(set) var closes: [BusinessDate: Int] = [:]
    /// How often a process was told to try again, by the code of the reason.
    private(set) var turnedAway: [String: Int] = [:]

    init(count: Int) { self.count = count }

    /// Runs a command until every process is done.
    ///
    /// - Throws: ``HarnessFault`` when one ends otherwise than done or told to try again.
    mutating func perform(_ step: Step, in installation: Installation) async throws {
        let ended = try await together(try slices(of: step, in: installation), in: installation)
        guard case .endOfDay(let date) = step else { return }
        let answers = try ended.map { try $0.answer(EndOfDayAnswer.self) }
        closes[date, default: 0] += answers.count { !$0.wasClosed }
        // Whatever comes after the close finds it done.
        let after = [step, .reconcile, .reconcile, .showSettlements]
        let again = try await together(after, in: installation)
        closes[date, default: 0] += try again[0].answer(EndOfDayAnswer.self).wasClosed ? 0 : 1
    }

    /// Starts all at once, and each that was turned away again with the others.
    private mutating func together(_ steps: [Step], in installation: Installation) async throws
        -> [Ended]
    {
        var done: [Int: Ended] = [:]
        for _ in 0..<100 where done.count < steps.count {
            let waiting = steps.indices.filter { done[$0] == nil }
            let ended = try await Self.run(waiting.map { ($0, steps[$0]) }, in: installation)
            for (index, ended) in ended {
                if ended.exit == 75 {
                    turnedAway[String(ended.complaints.prefix { $0 != ":" }), default: 0] += 1
                } else {
                    if !steps[index].isMade(ended) { try ended.done() }
                    done[index] = ended
                }
            }
        }
        return try steps.indices.map { index in
            guard let ended = done[index] else {
                throw HarnessFault("\(steps[index].arguments) never gets its turn")
            }
            return ended
        }
    }

    private static func run(_ steps: [(Int, Step)], in installation: Installation) async throws
        -> [(Int, Ended)]
    {
        try await withThrowingTaskGroup(of: (Int, Ended).self) { group in
            for (index, step) in steps {
                group.addTask { (index, try await installation.colend(step.arguments)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func slices(of step: Step, in installation: Installation) throws -> [Step] {
        switch step {
        case .importLoans(let file):
            try slices(of: file, in: installation).map { .importLoans($0) }
        case .importRepayments(let file):
            try slices(of: file, in: installation).map { .importRepayments($0) }
        default: [Step](repeating: step, count: count)
        }
    }

    /// Files with every `count`-th row each; those that would be empty are left out.
    private func slices(of path: String, in installation: Installation) throws -> [String] {
        let name = URL(filePath: path).lastPathComponent
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        return try (0..<min(count, lines.count - 1)).map { slice in
            let rows = stride(from: slice + 1, to: lines.count, by: count).map { lines[$0] }
            return try installation.write(
                ([lines[0]] + rows).map { $0 + "\n" }.joined(), "\(slice)-\(name)")
        }
    }
}
