import MockBank
import Testing

@Suite struct TransportFaultTests {
    private let path = "/v1/funding-requests/L1.harbor.1"

    private func bank(_ fault: String) throws -> TestBank {
        try TestBank(extra: "faults: {transport: [{\(fault)}]}")
    }

    @Test func `dropped after commit: no answer, yet the money is promised`() throws {
        let bank = try bank("kind: drop-after-commit, probability: 1, budget: 1")
        #expect(try bank.post(Sample.request()) == "closed")
        try bank.reopen()
        #expect(try bank.ask("GET", path) == "200 accepted")
        #expect(try bank.post(Sample.request()) == "200 accepted")
        #expect(try bank.executions("L1.harbor.1") == 1)
        let events = try bank.journal().compactMap { $0["event"]?.text }
        #expect(events == ["arrival", "fault", "query", "arrival", "answer"])
    }

    @Test func `dropped before reading: nothing is booked`() throws {
        let bank = try bank("kind: drop-before-reading, probability: 1, budget: 1")
        #expect(try bank.post(Sample.request()) == "closed")
        #expect(try bank.ask("GET", path, "", "reasonCode") == "404 unknown-key")
        #expect(try bank.post(Sample.request()) == "201 accepted")
    }

    @Test func `busy: nothing is booked and the bank says when to come back`() throws {
        let bank = try bank("kind: busy, probability: 1, budget: 1, status: 429")
        #expect(try bank.post(Sample.request(), "reasonCode") == "429 busy")
        #expect(try bank.post(Sample.request()) == "201 accepted")
    }

    @Test func `a dropped reversal is reversed all the same`() throws {
        let bank = try TestBank()
        #expect(try bank.post(Sample.request()) == "201 accepted")
        let faults = """
            {"transport":[{"kind":"drop-after-commit","probability":"1","connection":"fin"}]}
            """
        #expect(try bank.ask("PUT", "/admin/v1/faults", faults, "faults") == "200 set")
        #expect(try bank.ask("POST", path + "/reversal") == "closed")
        #expect(try bank.ask("GET", path) == "200 reversed")
    }

    @Test func `the same seed strikes the same keys, another seed others`() throws {
        func struck(_ seed: UInt64) throws -> [Bool] {
            let bank = try TestBank(
                seed: seed,
                extra: "faults: {transport: [{kind: drop-after-commit, probability: \"30%\"}]}")
            return try (0..<60).map { number in
                try bank.post(Sample.request("K\(number)", loan: "L\(number)")) == "closed"
            }
        }
        let first = try struck(1)
        #expect(try struck(1) == first)
        #expect(try struck(2) != first)
        #expect((8...30).contains(first.filter { $0 }.count))
    }

    @Test func `a fault set that cannot be read is refused and the old one stays`() throws {
        let bank = try bank("kind: drop-after-commit, probability: 1")
        let answer = try bank.ask(
            "PUT", "/admin/v1/faults", "{\"transport\":[{\"kind\":\"gremlin\"}]}", "reasonCode")
        #expect(answer == "400 malformed")
        #expect(try bank.post(Sample.request()) == "closed")
    }
}
