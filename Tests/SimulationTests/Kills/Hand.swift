import Operations

/// Whoever runs the commands: undisturbed, or killed again and again and each time starting anew.
struct Hand: Sendable {
    private(set) var plan: KillPlan?

    static let undisturbed = Hand(plan: nil)

    static func killed(by plan: KillPlan) -> Hand { Hand(plan: plan) }

    /// Runs a command until it is done.
    ///
    /// - Throws: ``HarnessFault`` when it ends otherwise than done or killed.
    mutating func perform(_ step: Step, in installation: Installation) async throws {
        if let name = plan?.drawBank() { try await killBank(name, in: installation) }
        var wasKilled = false
        for kill in plan?.draw(for: step) ?? [] {
            let ended = try await run(step, kill, in: installation)
            if ended.wasKilled {
                plan?.note(kill)
                wasKilled = true
            } else if try isOver(step, ended, wasKilled) {
                return
            }
        }
        let ended = try await installation.colend(step.arguments)
        _ = try isOver(step, ended, wasKilled)
    }

    /// Whether nothing is left to do: a killed command had made its decision already.
    private func isOver(_ step: Step, _ ended: Ended, _ wasKilled: Bool) throws -> Bool {
        if let code = step.codeWhenMade {
            if wasKilled, ended.complaints.hasPrefix(code) { return true }
            try ended.done()
            return true
        }
        try ended.done()
        return false
    }

    private func run(_ step: Step, _ kill: KillPlan.Kill, in installation: Installation)
        async throws -> Ended
    {
        switch kill {
        case .at(let point, let time):
            try await installation.colend(
                step.arguments, environment: ["COLEND_CRASH_AT": "\(point.rawValue):\(time)"])
        case .after(let milliseconds):
            try await installation.colend(
                step.arguments, killedAfter: .milliseconds(milliseconds))
        }
    }

    /// The bank goes on from what it had on the disk.
    private func killBank(_ name: String, in installation: Installation) async throws {
        let bank = try installation.bank(name)
        await bank.kill()
        try bank.tearLog()
        try await bank.restart()
    }
}
