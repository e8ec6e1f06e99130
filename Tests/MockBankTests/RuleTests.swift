import MockBank
import Testing

/// Which requests a rule strikes, told by a bank that answers 503 to those.
@Suite struct RuleTests {
    private func bank(_ rule: String, seed: UInt64 = 1) throws -> TestBank {
        try TestBank(
            seed: seed, extra: "faults: {transport: [{kind: busy, name: struck, \(rule)}]}")
    }

    private func strikes(_ bank: TestBank, _ number: Int) throws -> Bool {
        try bank.post(Sample.request("K\(number)", loan: "L\(number)")).hasPrefix("503")
    }

    @Test(arguments: [
        ("call: fund", ""), ("call: [query, fund]", ""),
        ("call: query", "call is fund, not query"), ("method: POST", ""),
        ("call: [fund, query], method: GET", "method is POST, not GET"),
        ("path: /v1/fund*", ""),
        ("path: /v1/files/*", "path is /v1/funding-requests, not /v1/files/*"),
        ("header: {Colend-Key: plat?orm}", ""),
        ("header: {colend-key: other}", "header colend-key is platform, not other"),
        ("header: {x-test: a}", "header x-test is absent"),
        ("body: {terms.method: equal-*, currency: USD}", ""),
        ("body: {terms.instalments: 6}", "body terms.instalments is 12, not 6"),
        ("key: K*", ""), ("loan: L?", ""), ("loan: M*", "loan is L1, not M*"),
        ("party: harbor", ""), ("party: summit", "party is harbor, not summit"),
        ("amount: \"7000.00\"", ""), ("amount: {from: \"7000\"}", ""),
        ("amount: {from: \"7000.01\"}", "amount is 7000.00, below 7000.01"),
        ("amount: {to: \"6999.99\"}", "amount is 7000.00, above 6999.99"),
        ("date: 2026-01-01", ""), ("date: {from: 2025-12-31, to: 2026-01-31}", ""),
        ("date: {from: 2026-01-02}", "date is 2026-01-01, below 2026-01-02"),
        ("weekday: [thu, fri]", ""),
        ("weekday: mon", "weekday is thu, not among those of the rule"),
        ("time: {to: \"08:00\"}", ""), ("time: {from: \"08:00\"}", "time is 00:00, below 08:00"),
        ("attempt: 1", ""), ("attempt: {from: 2}", "attempt is 1, below 2"),
    ])
    func `a rule strikes what it matches, and the journal says what differed`(
        match: String, difference: String
    ) throws {
        let bank = try bank("match: {\(match)}")
        #expect(try strikes(bank, 1) == difference.isEmpty)
        let miss = try bank.journal().first?["nearMiss"]?.text
        #expect(miss == (difference.isEmpty ? nil : "struck: " + difference))
    }

    @Test func `the nearest of several rules is the one explained`() throws {
        let bank = try TestBank(
            extra: """
                faults:
                  transport:
                    - {kind: busy, name: far, match: {loan: X, party: nobody, method: GET}}
                    - {kind: busy, name: near, match: {loan: X, method: POST}}
                """)
        #expect(try bank.post(Sample.request()) == "201 accepted")
        #expect(try bank.journal().first?["nearMiss"]?.text == "near: loan is L1, not X")
    }

    @Test(arguments: [
        ("{nth: 3}", [3]), ("{nth: 2, lasting: 3}", [2, 3, 4]), ("{first: 2}", [1, 2]),
        ("{after: 6}", [7, 8]), ("{every: 3}", [3, 6]), ("{every: 4, lasting: 2}", [4, 5, 8]),
    ])
    func `a sequence names its turns`(sequence: String, turns: [Int]) throws {
        let bank = try bank("sequence: \(sequence)")
        let struck = try (1...8).filter { try strikes(bank, $0) }
        #expect(struck == turns)
    }

    @Test func `turns are counted on the disk`() throws {
        let bank = try bank("match: {loan: L*}, sequence: {nth: 3}")
        #expect(try !strikes(bank, 1))
        try bank.reopen()
        #expect(try !strikes(bank, 2))
        try bank.reopen()
        #expect(try strikes(bank, 3))
    }

    @Test func `chance goes by seed, key and attempt, whatever the order`() throws {
        func struck(_ numbers: [Int], seed: UInt64) throws -> Set<Int> {
            let bank = try bank("probability: \"30%\"", seed: seed)
            return Set(try numbers.filter { try strikes(bank, $0) })
        }
        let first = try struck(Array(1...60), seed: 1)
        #expect(try struck(Array((1...60).reversed()), seed: 1) == first)
        #expect(try struck(Array(1...60), seed: 2) != first)
        #expect((8...30).contains(first.count))
    }

    @Test func `a burst strikes as a whole or not at all`() throws {
        let bank = try bank("burst: 5, probability: \"50%\"")
        let struck = try (1...60).map { try strikes(bank, $0) }
        let blocks = stride(from: 0, to: 60, by: 5).map { Set(struck[$0..<$0 + 5]) }
        #expect(blocks.allSatisfy { $0.count == 1 })
        #expect(Set(struck).count == 2)
    }

    @Test func `a rule is switched off and on while the bank runs`() throws {
        let bank = try bank("match: {loan: L*}")
        #expect(try strikes(bank, 1))
        let path = "/admin/v1/faults/struck"
        #expect(try bank.call("PUT", path, "{\"on\":false}")?.status == 200)
        try bank.reopen()
        #expect(try !strikes(bank, 2))
        #expect(try bank.call("PUT", path, "{\"on\":true}")?.status == 200)
        #expect(try strikes(bank, 3))
        #expect(try bank.call("PUT", path, "{\"on\":1}")?.status == 400)
        #expect(try bank.call("PUT", "/admin/v1/faults/other", "{\"on\":true}")?.status == 404)
        let rule = try bank.call("GET", "/admin/v1/faults")?.body["rules"]?.elements?.first
        #expect(rule?["struck"]?.integer == 2)
    }
}

@Suite struct RuleReadingTests {
    private func messages(_ faults: String) -> [String] {
        let yaml = """
            party: harbor
            currency: USD
            lenderComputation: scale
            signing: {secretEnv: X}
            faults: {\(faults)}
            """
        do {
            _ = try Scenario(yaml: yaml, file: "s.yaml")
            return []
        } catch { return error.messages }
    }

    @Test(arguments: [
        ("kind: busy", "s.yaml:5:22: faults.transport[0].probability is missing"),
        ("kind: sleep, probability: 1", "s.yaml:5:29: faults.transport[0].kind must be one of"),
        ("kind: busy, probability: 1, status: 418", "s.yaml:5:59: faults.transport[0].status"),
        ("kind: delay, probability: 1, status: 503", "s.yaml:5:60: delay does not take status"),
        ("kind: busy, match: {}", "s.yaml:5:42: faults.transport[0].match needs at least one"),
        (
            "kind: busy, match: {lone: L}",
            "s.yaml:5:43: unknown key \"lone\"; did you mean \"loan\"?"
        ),
        (
            "kind: busy, match: {amount: {from: \"2\", to: \"1\"}}",
            "s.yaml:5:51: faults.transport[0].match.amount ends before it begins"
        ),
        ("kind: busy, match: {amount: 1.23456}", "s.yaml:5:51: faults.transport[0].match.amount"),
        ("kind: busy, match: {date: {}}", "s.yaml:5:49: faults.transport[0].match.date needs from"),
        ("kind: busy, match: {call: pay}", "s.yaml:5:49: faults.transport[0].match.call must be"),
        ("kind: busy, match: {header: x}", "s.yaml:5:51: faults.transport[0].match.header must"),
        ("kind: busy, sequence: {}", "s.yaml:5:45: faults.transport[0].sequence needs one of"),
        ("kind: busy, sequence: {nth: 0}", "s.yaml:5:51: faults.transport[0].sequence.nth must"),
        ("kind: busy, probability: 1, name: a b", "s.yaml:5:57: faults.transport[0].name must be"),
        (
            "kind: delay, probability: 1, uniform: {from: 9, to: 1}",
            "s.yaml:5:61: uniform ends before it begins"
        ),
        (
            "kind: delay, probability: 1, delayMilliseconds: 1, uniform: {from: 1, to: 2}",
            "s.yaml:5:22: give one of delayMilliseconds, uniform"
        ),
        (
            "kind: delay, probability: 1, lognormal: {median: 5, sigma: wide}",
            "s.yaml:5:82: faults.transport[0].lognormal.sigma must be a decimal 0…5"
        ),
    ])
    func `a bad rule is told with its place`(rule: String, message: String) {
        let told = messages("transport: [{\(rule)}]")
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix(message) == true, "\(told)")
    }

    @Test(arguments: [
        ("kind: cent-off, probability: 1, times: 2", "cent-off does not take times"),
        ("kind: partial-funding, probability: 1, percent: 100", "percent must be a whole number"),
        ("kind: wrong-currency, probability: 1, currency: ABC", "a known ISO 4217 code"),
        ("kind: lost, probability: 1", "kind must be one of duplicate-execution, cent-off"),
    ])
    func `a bad fault of money is told`(rule: String, message: String) {
        let told = messages("money: [{\(rule)}]")
        #expect(told.count == 1)
        #expect(told.first?.contains(message) == true, "\(told)")
    }

    @Test func `names are given once`() {
        let rule = "{kind: busy, name: a, probability: 1}"
        #expect(
            messages("transport: [\(rule), \(rule)]")
                == ["s.yaml:5:9: two faults are named \"a\""])
    }
}
