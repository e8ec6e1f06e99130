import LendingRules

/// One call to another house and what it proved.
struct Exchanged<Held: Sendable, Answer: Sendable>: Sendable {
    let held: Held
    let answer: Answer
    /// Wall time before the call, UTC microseconds.
    let startedAt: Int64
}

/// Calls to other houses, a bounded number under way to each at a time: a slow one keeps its own
/// places and nobody else's.
struct Exchanges: Sendable {
    /// Calls to a house that may be under way at a time; nil is the payment channel.
    let places: @Sendable (PartyID?) -> Int
    let surroundings: Surroundings

    /// Answers come back in the order of what is held.
    ///
    /// - Parameters:
    ///   - noun: What is answered, as progress tells it.
    ///   - party: Who is called; nil is the payment channel.
    func all<Held: Sendable, Answer: Sendable>(
        _ held: [Held], _ noun: String, to party: (Held) -> PartyID?,
        _ call: @escaping @Sendable (Held) async -> Answer
    ) async -> [Exchanged<Held, Answer>] {
        var waiting: [PartyID?: ArraySlice<Int>] = [:]
        for (index, one) in held.enumerated() { waiting[party(one), default: []].append(index) }
        return await withTaskGroup(of: (Int, Exchanged<Held, Answer>).self) { group in
            var answers = [Exchanged<Held, Answer>?](repeating: nil, count: held.count)
            var done = 0
            func start(_ party: PartyID?) {
                guard let index = waiting[party]?.popFirst() else { return }
                let (one, now) = (held[index], surroundings.now)
                group.addTask {
                    let startedAt = now()
                    let answer = await call(one)
                    return (index, Exchanged(held: one, answer: answer, startedAt: startedAt))
                }
            }
            var places = waiting.keys.reduce(into: [:]) { $0[$1] = self.places($1) }
            for one in held {
                guard let left = places[party(one)], left > 0 else { continue }
                places[party(one)] = left - 1
                start(party(one))
            }
            while let (index, answer) = await group.next() {
                answers[index] = answer
                done += 1
                surroundings.progress(WorkDone("\(noun) answered", done, of: held.count))
                start(party(held[index]))
            }
            return answers.compactMap(\.self)
        }
    }
}
