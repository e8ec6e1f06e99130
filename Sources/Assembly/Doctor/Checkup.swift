import Operations

/// What the doctor found in one place.
struct Checkup: Sendable {
    enum State: String, Sendable, Comparable {
        case ok
        /// Nothing is wrong, and something is worth knowing.
        case note
        case warning
        case failed

        static func < (left: State, right: State) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .ok: 0
            case .note: 1
            case .warning: 2
            case .failed: 3
            }
        }
    }

    let name: String
    let state: State
    /// What is there.
    let detail: String
    /// What to do; empty when there is nothing to do.
    let advice: String
    /// What it means for the exit code; nil for nothing.
    let exit: ExitKind?

    static func ok(_ name: String, _ detail: String) -> Checkup {
        Checkup(name: name, state: .ok, detail: detail, advice: "", exit: nil)
    }

    static func note(_ name: String, _ detail: String, _ advice: String) -> Checkup {
        Checkup(name: name, state: .note, detail: detail, advice: advice, exit: nil)
    }

    static func warning(_ name: String, _ detail: String, _ advice: String) -> Checkup {
        Checkup(name: name, state: .warning, detail: detail, advice: advice, exit: .findings)
    }

    static func failed(
        _ name: String, _ detail: String, _ advice: String, _ exit: ExitKind
    ) -> Checkup {
        Checkup(name: name, state: .failed, detail: detail, advice: advice, exit: exit)
    }

    /// An error of the house as a finding.
    static func failed(_ name: String, _ error: any Error) -> [Checkup] {
        let failure = Failure(error)
        return failure.lines.map { .failed(name, $0, "", failure.exit) }
    }
}

extension Checkup {
    var tone: Grid.Tone {
        switch state {
        case .ok: .good
        case .note: .quiet
        case .warning: .warning
        case .failed: .bad
        }
    }

    var node: Node {
        .object([
            "check": .text(name), "state": .text(state.rawValue), "detail": .text(detail),
            "advice": .text(advice),
        ])
    }

    /// All of them as an answer; the worst decides the exit code.
    static func answer(_ checkups: [Checkup]) -> Answer {
        var grid = Grid(columns: [.words("check"), .words("state"), .words("what is there")])
        for checkup in checkups {
            let words = [checkup.detail, checkup.advice].filter { !$0.isEmpty }
            grid.add(
                [checkup.name, checkup.state.rawValue, words.joined(separator: "; ")],
                tones: [1: checkup.tone])
        }
        let worst = checkups.map(\.state).max() ?? .ok
        let troubles = checkups.count { $0.state >= .warning }
        return Answer(
            .object([
                "state": .text(worst.rawValue), "checks": .array(checkups.map(\.node)),
            ]), grids: [grid],
            lines: [
                troubles == 0
                    ? "all is well" : "\(troubles) of \(checkups.count) checks want attention"
            ], records: checkups.map(\.node),
            columns: ["check", "state", "detail", "advice"],
            exit: ExitKind.worst(checkups.compactMap(\.exit)))
    }
}
