import Assembly
import TestSupport
import Testing

@Suite struct ChaosPlanTests {
    private static func plans(_ options: ChaosOptions) -> [ChaosPlan] {
        (1...options.roundCount).map { ChaosPlan(options, round: $0) }
    }

    @Test func `the same seed plans the same round, another seed another one`() {
        let options = ChaosOptions(seed: 7, requests: 12_000, kills: 30, partners: 5)
        var other = options
        other.seed = 8
        #expect(Self.plans(options) == Self.plans(options))
        for (plan, another) in zip(Self.plans(options), Self.plans(other)) {
            #expect(plan.kills != another.kills && plan.seed != another.seed)
        }
    }

    @Test func `rounds share out every request and every kill`() throws {
        try Property.check(500) { random in
            var options = ChaosOptions(
                seed: UInt64(random.pick(0...1_000_000)), requests: random.pick(1...100_000),
                kills: random.pick(0...300), partners: random.pick(2...16))
            options.roundRequests = random.pick(50...50_000)
            let plans = Self.plans(options)
            try hold(
                plans.reduce(0) { $0 + $1.requests } == options.requests, "requests are lost")
            try hold(
                plans.reduce(0) { $0 + $1.kills.count } == options.kills, "kills are lost")
            for plan in plans {
                try hold(plan.requests <= options.roundRequests, "a round is too large")
                let lines = plan.kills.map(\.atLine)
                try hold(lines == lines.sorted(), "kills are out of order")
                try hold(
                    lines.allSatisfy { $0 < 2 * max(1, plan.requests) }, "a kill comes too late")
            }
        }
    }

    @Test func `kills meet every program of the platform, every bank and the channel`() {
        let options = ChaosOptions(seed: 1, requests: 100_000, kills: 400, partners: 4)
        let victims = Set(Self.plans(options).flatMap(\.kills).map(\.victim))
        #expect(victims.isSuperset(of: [.fund, .serve, .close]))
        for place in 0...4 {
            #expect(victims.contains(.house(place, tearsLog: true)))
            #expect(victims.contains(.house(place, tearsLog: false)))
        }
    }

    @Test func `no kill meets a channel that a round does not have`() {
        let options = ChaosOptions(seed: 1, requests: 100_000, kills: 800, partners: 3)
        for plan in Self.plans(options) {
            let places = plan.kills.compactMap { kill -> Int? in
                if case .house(let place, _) = kill.victim { place } else { nil }
            }
            #expect(places.allSatisfy { $0 < 3 || plan.paysThroughChannel })
        }
    }

    @Test(arguments: 2...6)
    func `every evening but the last two banks fall silent, one of them beyond its deadline`(
        partners: Int
    ) {
        let options = ChaosOptions(seed: 1, requests: 40_000, kills: 0, partners: partners)
        for plan in Self.plans(options) {
            for date in 0..<ChaosPlan.dates - 1 {
                let silences = plan.silences(onEveningOf: date)
                let banks = silences.filter { $0.place < partners }
                #expect(Set(banks.map(\.place)).count == 2)
                #expect(banks.map(\.outlastsDeadline) == [true, false])
                #expect(
                    silences.contains { $0.place == partners } == plan.paysThroughChannel)
            }
            #expect(plan.silences(onEveningOf: ChaosPlan.dates - 1) == [])
        }
        let outlasting = Self.plans(options).flatMap { plan in
            (0..<ChaosPlan.dates).flatMap { plan.silences(onEveningOf: $0) }
        }.filter(\.outlastsDeadline)
        #expect(Set(outlasting.map(\.place)) == Set(0..<partners))
    }
}
