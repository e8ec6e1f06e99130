/// One call to another house and what it proved.
struct Exchanged<Held: Sendable, Answer: Sendable>: Sendable {
    let held: Held
    let answer: Answer
    /// Wall time before the call, UTC microseconds.
    let startedAt: Int64
}

/// Calls to other houses, a bounded number on the wire at a time.
struct Exchanges: Sendable {
    let inFlight: Int
    let surroundings: Surroundings

    /// Answers come back in the order of what is held.
    ///
    /// - Parameter noun: what is answered, as progress tells it.
    func all<Held: Sendable, Answer: Sendable>(
        _ held: [Held], _ noun: String, _ call: @escaping @Sendable (Held) async -> Answer
    ) async -> [Exchanged<Held, Answer>] {
        await withTaskGroup(of: (Int, Exchanged<Held, Answer>).self) { group in
            var answers = [Exchanged<Held, Answer>?](repeating: nil, count: held.count)
            var next = 0
            var done = 0
            func start() {
                guard next < held.count else { return }
                let (index, one) = (next, held[next])
                let now = surroundings.now
                group.addTask {
                    let startedAt = now()
                    let answer = await call(one)
                    return (index, Exchanged(held: one, answer: answer, startedAt: startedAt))
                }
                next += 1
            }
            for _ in 0..<inFlight { start() }
            while let (index, answer) = await group.next() {
                answers[index] = answer
                done += 1
                surroundings.progress(WorkDone("\(noun) answered", done, of: held.count))
                start()
            }
            return answers.compactMap(\.self)
        }
    }
}
