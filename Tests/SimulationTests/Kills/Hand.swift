import Operations

/// Whoever runs the commands: undisturbed, or killed again and again and each time starting anew,
/// or several at the same time.
struct Hand: Sendable {
    private(set) var plan: KillPlan?
    private(set) var crowd: Crowd?

    static let undisturbed = Hand()

    static func killed(by plan: KillPlan) -> Hand { Hand(plan: plan) }

    /// So many processes for every command.
    static func crowd(of count: Int) -> Hand { Hand(crowd: Crowd(count: count)) }

    /// Runs a command until it is done.
    ///
    /// - Throws: ``HarnessFault`` when it ends otherwise than done or killed, or told to try again
    ///   when its server was lost.
    mutating func perform(_ step: Step, in installation: Installation) async throws {
        guard crowd == nil else {
            try await crowd?.perform(step, in: installation)
            return
        }
        if let name = plan?.drawBank() { try await killBank(name, in: installation) }
        let attempt = Attempt(step: step, installation: installation)
        var wasCut = false
        for kill in plan?.draw(for: step) ?? [] {
            let result = try await attempt.run(kill)
            if result.wasStruck { plan?.note(kill, endedWith: result.ended.exit) }
            if result.isToBeRunAgain || result.isDoneByOther { wasCut = true }
            if !result.isToBeRunAgain, try isOver(step, result.ended, wasCut) { return }
        }
        let ended = try await installation.colend(step.arguments)
        _ = try isOver(step, ended, wasCut)
    }

    /// Whether nothing is left to do: a command that was cut off had made its decision already.
    private func isOver(_ step: Step, _ ended: Ended, _ wasCut: Bool) throws -> Bool {
        if wasCut, step.isMade(ended) { return true }
        try ended.done()
        return step.codeWhenMade != nil
    }

    /// The bank goes on from what it had on the disk.
    private func killBank(_ name: String, in installation: Installation) async throws {
        let bank = try installation.bank(name)
        await bank.kill()
        try bank.tearLog()
        try await bank.restart()
    }
}
