/// Stretches of an end of day, for those who time it; `load` and `post` lie within `close`.
package enum DayStage: String, Sendable, CaseIterable {
    /// Anchors, facts and day lines are read.
    case load
    /// What the date came to is written: postings, obligations, files, the closed date.
    case post
    case close
    /// Files go out, partners' files come in and are matched.
    case reconcile
    case settle
}

extension Surroundings {
    /// Does a piece of work, and lets be known when it begins and ends.
    func during<Result>(
        _ stage: DayStage, _ work: () async throws -> Result
    ) async rethrows -> Result {
        let end = stageBegins(stage)
        defer { end() }
        return try await work()
    }
}
