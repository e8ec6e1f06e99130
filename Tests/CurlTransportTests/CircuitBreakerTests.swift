// When a far side is left alone, told by instants alone.

import CurlTransport
import Testing

@Suite struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    private static let rules: BreakerRules = {
        var rules = BreakerRules()
        rules.failures = 3
        rules.sharePercent = 50
        rules.openMilliseconds = 1_000
        rules.probes = 2
        return rules
    }()

    /// Lets exchanges end one after the other as the letters say: f failed, a alive, s silent.
    private func breaker(after verdicts: String, rules: BreakerRules = rules) -> CircuitBreaker {
        var breaker = CircuitBreaker(rules)
        for letter in verdicts where breaker.admits(at: start) {
            let probe = breaker.start(at: start)
            let verdict: ExchangeVerdict =
                letter == "f" ? .failed : letter == "a" ? .alive : .silent
            breaker.end(verdict, probe: probe, at: start)
        }
        return breaker
    }

    @Test(arguments: [
        ("ff", false), ("fff", true), ("ffaff", false), ("ffaffaff", false), ("fsfsf", true),
        ("ssssss", false), ("", false),
    ])
    func `failures in a row open it, and only they`(verdicts: String, isOpen: Bool) {
        #expect((breaker(after: verdicts).refuses(at: start) != nil) == isOpen)
    }

    @Test func `half of the last exchanges failed open it, once there are enough`() {
        let mixed = String(repeating: "fa", count: 9)
        #expect(breaker(after: mixed).refuses(at: start) == nil)
        #expect(breaker(after: mixed + "fa").refuses(at: start) != nil)
        var rules = Self.rules
        rules.sharePercent = 100
        let long = String(repeating: "ffa", count: 50)
        #expect(breaker(after: long, rules: rules).refuses(at: start) == nil)
    }

    @Test func `old exchanges no longer count towards the share`() {
        let good = String(repeating: "a", count: 64)
        let bad = String(repeating: "ffa", count: 15)
        #expect(breaker(after: good + bad).refuses(at: start) == nil)
        #expect(breaker(after: good + bad + "ff" + "aff").refuses(at: start) != nil)
    }

    @Test func `it refuses for its time and then lets so many probes through`() {
        var breaker = breaker(after: "fff")
        let end = start + .milliseconds(1_000)
        #expect(breaker.refuses(at: start + .milliseconds(999)) == end)
        #expect(!breaker.admits(at: start + .milliseconds(999)))
        #expect(breaker.refuses(at: end) == nil)
        for _ in 1...2 {
            #expect(breaker.admits(at: end))
            let probe = breaker.start(at: end)
            #expect(probe != nil)
        }
        #expect(!breaker.admits(at: end))
        #expect(breaker.refuses(at: end) == nil)
    }

    @Test func `probes that all succeed close it, and one that fails opens it again`() {
        let end = start + .milliseconds(1_000)
        var closing = breaker(after: "fff")
        let closers = (1...2).map { _ in closing.start(at: end) }
        closing.end(.alive, probe: closers[0], at: end)
        #expect(!closing.admits(at: end))
        closing.end(.alive, probe: closers[1], at: end)
        #expect(closing.admits(at: end))
        let next = closing.start(at: end)
        #expect(next == nil)
        var failing = breaker(after: "fff")
        let probes = (1...2).map { _ in failing.start(at: end) }
        failing.end(.alive, probe: probes[0], at: end)
        failing.end(.failed, probe: probes[1], at: end)
        #expect(failing.refuses(at: end) == end + .milliseconds(1_000))
    }

    @Test func `a probe that says nothing gives its place to another`() {
        let end = start + .milliseconds(1_000)
        var breaker = breaker(after: "fff")
        let probes = (1...2).map { _ in breaker.start(at: end) }
        breaker.end(.silent, probe: probes[0], at: end)
        #expect(breaker.admits(at: end))
    }

    @Test func `a probe of an earlier opening says nothing about this one`() {
        let second = start + .milliseconds(1_000)
        var breaker = breaker(after: "fff")
        let early = (1...2).map { _ in breaker.start(at: second) }
        breaker.end(.failed, probe: early[0], at: second)
        let third = second + .milliseconds(1_000)
        let late = breaker.start(at: third)
        breaker.end(.alive, probe: early[1], at: third)
        breaker.end(.silent, probe: early[1], at: third)
        _ = breaker.start(at: third)
        #expect(!breaker.admits(at: third))
        breaker.end(.alive, probe: late, at: third)
        #expect(!breaker.admits(at: third))
    }

    @Test func `what had started before it opened neither closes nor opens it`() {
        let end = start + .milliseconds(1_000)
        var breaker = breaker(after: "fff")
        breaker.end(.alive, probe: nil, at: start)
        #expect(breaker.refuses(at: start) != nil)
        _ = breaker.start(at: end)
        for _ in 1...9 { breaker.end(.failed, probe: nil, at: end) }
        #expect(breaker.refuses(at: end) == nil)
    }
}
