// Trying again: only what cannot happen twice, and never so much that it adds to the trouble.

internal import Synchronization

/// How often, and how soon, an exchange is tried again.
package struct RetryRules: Sendable, Hashable {
    /// In all, the first one included; 1 never tries again.
    package var tries = 3
    /// Longest pause before the second try; doubles with each further one.
    package var pauseMilliseconds = 50
    /// Longest pause of all.
    package var maximumPauseMilliseconds = 1_000
    /// Further tries per hundred exchanges, beyond the first ten.
    package var budgetPercent = 20
    /// No try begins later than that after the first one.
    package var windowMilliseconds = 30_000

    package init() {}
}

/// What may be spent on further tries: every exchange pays a little in, every further try takes a
/// whole one out, so that a far side in trouble is not asked many times as much.
package struct RetryBudget: Sendable {
    /// In hundredths of a try.
    private var balance: Int
    private let percent: Int
    private let most: Int

    package init(percent: Int, reserve: Int = 10) {
        precondition(percent >= 0 && reserve >= 0)
        self.percent = percent
        balance = reserve * 100
        most = max(reserve, 100) * 100
    }

    /// An exchange has begun.
    package mutating func earn() { balance = min(balance + percent, most) }

    /// Pays for one more try; false when there is not enough.
    package mutating func spend() -> Bool {
        guard balance >= 100 else { return false }
        balance -= 100
        return true
    }
}

/// Tries exchanges again under one budget. Clock, randomness and waiting come from outside.
package final class Retries: Sendable {
    /// What comes from outside.
    package struct Surroundings: Sendable {
        package let now: @Sendable () -> ContinuousClock.Instant
        /// Any whole number from 0 through the given one.
        package let random: @Sendable (Int) -> Int
        package let pause: @Sendable (Duration) async -> Void

        package init(
            now: @escaping @Sendable () -> ContinuousClock.Instant,
            random: @escaping @Sendable (Int) -> Int,
            pause: @escaping @Sendable (Duration) async -> Void
        ) {
            self.now = now
            self.random = random
            self.pause = pause
        }
    }

    private let rules: RetryRules
    private let surroundings: Surroundings
    private let budget: Mutex<RetryBudget>

    package init(_ rules: RetryRules, surroundings: Surroundings) {
        precondition(rules.tries > 0 && rules.pauseMilliseconds >= 0)
        self.rules = rules
        self.surroundings = surroundings
        budget = Mutex(RetryBudget(percent: rules.budgetPercent))
    }

    /// Carries out an attempt, again while that is safe, may help and is within the budget.
    ///
    /// - Parameters:
    ///   - isQuestion: It changes nothing at the far side, so that it may arrive twice.
    ///   - attempt: Makes a new request each time: a nonce must not be used twice.
    package func run<Attempt>(
        isQuestion: Bool, outcome: (Attempt) -> ExchangeOutcome,
        _ attempt: () async -> Attempt
    ) async -> Attempt {
        budget.withLock { $0.earn() }
        let end = surroundings.now() + .milliseconds(rules.windowMilliseconds)
        var done = 1
        var result = await attempt()
        while done < rules.tries, outcome(result).mayBeTriedAgain(isQuestion: isQuestion),
            !Task.isCancelled, surroundings.now() < end, budget.withLock({ $0.spend() })
        {
            await surroundings.pause(.milliseconds(surroundings.random(longestPause(after: done))))
            if Task.isCancelled || surroundings.now() >= end { break }
            result = await attempt()
            done += 1
        }
        return result
    }

    /// Full jitter: anything up to a bound that doubles.
    private func longestPause(after tries: Int) -> Int {
        min(rules.pauseMilliseconds << min(tries - 1, 16), rules.maximumPauseMilliseconds)
    }
}

extension ExchangeOutcome {
    /// Whether another try is safe and not in vain.
    package func mayBeTriedAgain(isQuestion: Bool) -> Bool {
        switch self {
        case .notSent(let evidence): evidence.isPassing
        case .unknown(let evidence): isQuestion && evidence.isPassing
        case .answered(let response, _):
            isQuestion && [429, 502, 503, 504].contains(response.status)
        }
    }
}

extension Evidence {
    /// The wire failed, and not for a reason that will be the same in a moment: an address, a
    /// certificate or a key that does not do.
    fileprivate var isPassing: Bool {
        switch cause {
        case .failed: curlCode.map { !Evidence.lasting.contains($0) } ?? false
        case .noFirstByte, .resendStopped: true
        default: false
        }
    }

    /// Unsupported or malformed addresses, unusable options, certificates and keys, and pins.
    private static let lasting: Set<Int32> = [
        1, 3, 4, 43, 48, 53, 54, 58, 59, 60, 66, 77, 82, 83, 90, 91,
    ]
}
