import CurlTransport
import Foundation
import Operations

/// `colend bench chaos`: the platform and its banks under a mix of faults, either side killed again
/// and again; afterwards their books are held against each other share by share.
package struct BenchChaos: Sendable {
    private let options: ChaosOptions
    private let directory: String

    /// So many requests, in so many rounds, show every fault.
    private static let enough = (requests: 40_000, rounds: 8)

    /// - Throws: ``UsageFault`` USAGE-025 for numbers that make no chaos.
    package init(_ options: ChaosOptions) throws(UsageFault) {
        try options.check()
        self.options = options
        directory =
            options.directory
            ?? FileManager.default.temporaryDirectory.path + "/colend-chaos-\(getpid())"
    }

    /// Runs the rounds until one goes wrong or none is left; exit 2 when one did. A signal ends
    /// them and their programs, and leaves nothing without a word.
    ///
    /// - Throws: ``BankUnavailable``, ``OutputFault``, or what the platform's commands throw.
    package func run() async throws -> Answer {
        let begun = ContinuousClock.now
        let progress = Progress(isQuiet: options.isQuiet)
        let stop = BenchStop(
            "bench chaos", directory: directory, isKept: options.directory != nil,
            remains: options.store == nil
                ? []
                : ["its schemas chaos_round_N are left in the store; a later run replaces them"])
        let total: ChaosOutcome
        do {
            total = try await live(stop, progress)
        } catch {
            await stop.finish()
            throw error
        }
        await stop.finish()
        progress.finish()
        // Only when nothing is left in it.
        rmdir(directory)
        return answer(total, seconds: (ContinuousClock.now - begun) / .seconds(1))
    }

    private func live(_ stop: BenchStop, _ progress: Progress) async throws -> ChaosOutcome {
        let wire = CurlClient()
        var total = ChaosOutcome()
        try await withThrowingTaskGroup(of: ChaosOutcome.self) { group in
            var left = (options.round.map { $0...$0 } ?? 1...options.roundCount).makeIterator()
            func begin() {
                guard let number = left.next() else { return }
                group.addTask { try await live(number, wire, stop) }
            }
            for _ in 0..<options.sideBySide { begin() }
            while let outcome = try await group.next() {
                total.add(outcome)
                let done = WorkDone("requests funded", total.requests, of: options.requests)
                progress.reportWhole(done)
                if total.isSound { begin() }
            }
        }
        return total
    }

    private func live(
        _ number: Int, _ wire: CurlClient, _ stop: BenchStop
    ) async throws -> ChaosOutcome {
        let plan = ChaosPlan(options, round: number)
        let place = "\(directory)/round-\(number)"
        let schema = try options.store.map { try ChaosSchema(in: $0, round: number) }
        let ground = ChaosGround(path: place, store: schema?.store, partners: plan.partners)
        stop.begin(place)
        try await schema?.make()
        var outcome = try await ChaosRound(
            plan, on: ground, wire: wire, falsification: options.falsification
        ).run()
        if outcome.isSound {
            ground.remove()
            try await schema?.drop()
        } else {
            outcome.kept[number] = place
        }
        stop.end(place)
        return outcome
    }

    /// Faults and turns that no round has shown although there were enough requests for it.
    private func missing(_ total: ChaosOutcome) -> [String] {
        let enough = BenchChaos.enough
        guard total.requests >= enough.requests, total.rounds >= enough.rounds,
            options.partners >= 4
        else { return [] }
        return ChaosFaults.planned.filter { total.faults[$0] == nil }
            + ChaosOutcome.plannedTurns.filter { total.turns[$0] == nil }
    }

    private func answer(_ total: ChaosOutcome, seconds: Double) -> Answer {
        let missing = missing(total)
        let isGood = total.isSound && missing.isEmpty
        let kills = total.kills.values.reduce(0, +)
        let failed = total.kept.keys.min()
        let perSecond = Int(Double(total.requests) / seconds)
        let again = options.command(round: failed ?? options.round)
        let node = Node.object([
            "seed": .text("\(options.seed)"), "requests": .count(total.requests),
            "rounds": .count(total.rounds), "partners": .count(options.partners),
            "kills": .counts(total.kills, total: kills), "faultKinds": .count(total.faults.count),
            "faults": .counts(total.faults, total: total.faults.values.reduce(0, +)),
            "turns": .counts(total.turns, total: total.turns.values.reduce(0, +)),
            "missing": .array(missing.map { .text($0) }),
            "doubled": .count(total.doubled), "lost": .count(total.lost),
            "unexplained": .count(total.unexplained),
            "explained": .counts(total.explained, total: total.explained.values.reduce(0, +)),
            "differences": .array(total.differences.map { .text($0) }),
            "seconds": .decimal(String(format: "%.1f", seconds)),
            "requestsPerSecond": .count(perSecond),
            "kept": .array(total.kept.sorted { $0.key < $1.key }.map { .text($0.value) }),
            "repeat": .text(again),
        ])
        let lines = [
            "\(total.requests) requests, \(total.faults.count) kinds of faults, \(kills) kills "
                + "in \(String(format: "%.1f", seconds)) s, \(perSecond) a second",
            "\(total.doubled) doubled, \(total.lost) lost, \(total.unexplained) unexplained",
        ]
        let trouble = isGood ? [] : ["repeat: \(again)"]
        return Answer(
            node,
            lines: lines + total.differences + missing.map { "never seen: \($0)" }
                + total.kept.sorted { $0.key < $1.key }.map { "left in \($0.value)" } + trouble,
            exit: isGood ? nil : .findings)
    }
}

extension Node {
    /// Counts by name with their sum.
    fileprivate static func counts(_ counts: [String: Int], total: Int) -> Node {
        .object(
            [Member(name: "total", value: .count(total))]
                + counts.sorted { $0.key < $1.key }.map {
                    Member(name: $0.key, value: .count($0.value))
                })
    }
}
