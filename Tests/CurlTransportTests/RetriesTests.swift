// What is tried again, how often, and after which pauses; no test waits.

import CurlTransport
import Synchronization
import Testing

/// Scripted outcomes, and the pauses that were made between them.
private final class Script: Sendable {
    let pauses = Mutex<[Duration]>([])
    let asked = Mutex<[Int]>([])
    let carried = Mutex(0)
    private let now = Mutex(ContinuousClock.now)
    private let outcomes: [ExchangeOutcome]
    private let takes: Duration

    init(_ outcomes: [ExchangeOutcome], takes: Duration = .zero) {
        self.outcomes = outcomes
        self.takes = takes
    }

    func retries(_ rules: RetryRules) -> Retries {
        Retries(
            rules,
            surroundings: Retries.Surroundings(
                now: { self.now.withLock(\.self) },
                random: { most in
                    self.asked.withLock { $0.append(most) }
                    return most / 2
                },
                pause: { pause in
                    self.pauses.withLock { $0.append(pause) }
                    self.now.withLock { $0 += pause }
                }))
    }

    func next() -> ExchangeOutcome {
        now.withLock { $0 += takes }
        let index = carried.withLock { count in
            count += 1
            return count - 1
        }
        return outcomes[min(index, outcomes.count - 1)]
    }
}

private let refused = ExchangeOutcome.notSent(
    Evidence(cause: .failed, curlCode: 7, message: "refused"))
private let reset = ExchangeOutcome.unknown(
    Evidence(cause: .failed, curlCode: 56, message: "reset", prereqCalls: 1))
private let cancelled = ExchangeOutcome.notSent(
    Evidence(cause: .cancelled, message: "cancelled"))

private func answered(_ status: Int) -> ExchangeOutcome {
    .answered(
        ExchangeResponse(status: status, headers: [], body: []),
        Evidence(cause: .answered, message: "answered", prereqCalls: 1))
}

private func notSent(_ cause: Evidence.Cause, _ code: Int32? = nil) -> ExchangeOutcome {
    .notSent(Evidence(cause: cause, curlCode: code, message: "no"))
}

@Suite struct RetriesTests {
    private func run(
        _ script: Script, isQuestion: Bool = false, _ rules: RetryRules = RetryRules()
    ) async -> ExchangeOutcome {
        await script.retries(rules).run(isQuestion: isQuestion, outcome: { $0 }) { script.next() }
    }

    @Test func `what never left is tried again until it is answered`() async {
        let script = Script([refused, refused, answered(201)])
        #expect(await run(script).kind == .answered)
        #expect(script.carried.withLock(\.self) == 3)
    }

    @Test func `it is tried only so often`() async {
        let script = Script([refused])
        #expect(await run(script).kind == .notSent)
        #expect(script.carried.withLock(\.self) == 3)
    }

    static let doubts: [(ExchangeOutcome, Int, Int)] = [
        (reset, 1, 3), (answered(503), 1, 3), (answered(429), 1, 3), (answered(404), 1, 1),
        (answered(401), 1, 1), (refused, 3, 3), (cancelled, 1, 1),
        (notSent(.breakerOpen), 1, 1), (notSent(.queueFull), 1, 1),
        (notSent(.queuedTooLong), 1, 1), (notSent(.malformedRequest), 1, 1),
        (notSent(.failed, 60), 1, 1), (notSent(.failed, 90), 1, 1), (notSent(.failed, 58), 1, 1),
        (notSent(.failed, 28), 3, 3), (notSent(.failed), 1, 1),
    ]

    @Test(arguments: doubts)
    func `a doubt is never sent again, a question may be asked again`(
        outcome: ExchangeOutcome, sends: Int, asks: Int
    ) async {
        let (sending, asking) = (Script([outcome]), Script([outcome]))
        _ = await run(sending)
        _ = await run(asking, isQuestion: true)
        #expect(sending.carried.withLock(\.self) == sends)
        #expect(asking.carried.withLock(\.self) == asks)
    }

    @Test func `pauses are drawn from nothing up to a bound that doubles and then stays`() async {
        var rules = RetryRules()
        rules.tries = 7
        rules.pauseMilliseconds = 100
        rules.maximumPauseMilliseconds = 1_000
        let script = Script([refused])
        _ = await run(script, rules)
        #expect(script.asked.withLock(\.self) == [100, 200, 400, 800, 1_000, 1_000])
        #expect(
            script.pauses.withLock(\.self)
                == [50, 100, 200, 400, 500, 500].map { .milliseconds($0) })
    }

    @Test func `no try begins after the window`() async {
        var rules = RetryRules()
        rules.tries = 10
        rules.windowMilliseconds = 25_000
        let script = Script([reset], takes: .seconds(10))
        _ = await run(script, isQuestion: true, rules)
        #expect(script.carried.withLock(\.self) == 3)
    }

    @Test func `the budget bounds further tries over many exchanges`() async {
        var rules = RetryRules()
        rules.tries = 3
        rules.budgetPercent = 20
        let script = Script([refused])
        let retries = script.retries(rules)
        for _ in 1...1_000 {
            _ = await retries.run(isQuestion: false, outcome: { $0 }) { script.next() }
        }
        // The first ten, and twenty per hundred.
        #expect(script.carried.withLock(\.self) == 1_000 + 10 + 200)
    }

    @Test func `a budget earns no more than it may hold`() {
        var budget = RetryBudget(percent: 100)
        for _ in 1...10_000 { budget.earn() }
        var spent = 0
        while budget.spend() { spent += 1 }
        #expect(spent == 100)
    }

    @Test func `a cancelled task tries nothing again`() async {
        let script = Script([refused])
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await run(script)
        }
        task.cancel()
        _ = await task.value
        #expect(script.carried.withLock(\.self) == 1)
    }
}
