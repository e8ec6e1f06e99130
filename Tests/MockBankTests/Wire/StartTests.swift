import Foundation
import MockBank
import TestSupport
import Testing

@Suite struct StartTests {
    private func run(_ arguments: [String], secret: Bool = true) async throws
        -> ProductProcess.Outcome
    {
        try await ProductProcess.run(
            .mockBank, arguments,
            environment: secret ? ["COLEND_TEST_SECRET": WireBank.secret] : [:])
    }

    @Test func `all faults of all scenarios are told at once`() async throws {
        let folder = try TemporaryFolder()
        let first = try folder.write("party: a\ncurency: USD\n", to: "a.yaml")
        let second = try folder.write("party: [\n", to: "b.yaml")
        let outcome = try await run(["--scenario", first, "--scenario", second])
        #expect(outcome.exit == 78)
        let lines = outcome.errorLines
        #expect(lines.allSatisfy { $0.hasPrefix("MOCK-001: \(folder.path)/") })
        #expect(lines.contains { $0.contains("a.yaml:2:1: unknown key \"curency\"") })
        #expect(lines.contains { $0.contains("a.yaml:1:1: currency is missing") })
        #expect(lines.contains { $0.contains("b.yaml:2:1: this is not YAML") })
    }

    @Test func `one party per start, one bank per recording`() async throws {
        let folder = try TemporaryFolder()
        let first = try folder.write(WireBank.scenario("harbor", ""), to: "a.yaml")
        let second = try folder.write(WireBank.scenario("harbor", ""), to: "b.yaml")
        let twice = try await run(["--scenario", folder.path])
        #expect(twice.exit == 78)
        #expect(
            twice.errorLines == [
                "MOCK-001: \(second):1:1: another scenario of this start has the party \"harbor\""
            ])
        try folder.write(WireBank.scenario("summit", ""), to: "b.yaml")
        let record = ["--record", folder.path("r"), "--state", folder.path("state")]
        #expect(try await run(["--scenario", first, "--scenario", second] + record).exit == 78)
        let secretless = try await run(["--scenario", first], secret: false)
        #expect(secretless.exit == 78)
        #expect(secretless.errors.hasPrefix("MOCK-002: no secret; set COLEND_TEST_SECRET"))
    }

    @Test(arguments: [
        [], ["--scenario", "a", "--replay", "b"], ["--replay", "b", "--record", "c"],
    ])
    func `options that contradict each other are refused`(arguments: [String]) async throws {
        #expect(try await run(arguments).exit == 64)
    }

    @Test(arguments: ["-1", "65536", "70000"])
    func `a port that there is not is refused by its number`(port: String) async throws {
        let outcome = try await run(["--scenario", "a", "--port", port])
        #expect(outcome.exit == 64)
        #expect(outcome.errors.hasPrefix("Error: --port \(port) is not within 0 to 65535\n"))
    }

    @Test func `ports that would not suffice for all banks are refused`() async throws {
        let folder = try TemporaryFolder()
        for name in ["harbor", "summit"] {
            try folder.write(WireBank.scenario(name, ""), to: "\(name).yaml")
        }
        let outcome = try await run([
            "--scenario", folder.path, "--port", "65535", "--state", folder.path("state"),
        ])
        #expect(outcome.exit == 64)
        #expect(
            outcome.errorLines == [
                "MOCK-004: --port 65535 leaves no port for the last of 2 banks; begin lower"
            ])
    }

    @Test func `several banks in one process, each with its port and its state`() async throws {
        let folder = try TemporaryFolder()
        for name in ["harbor", "summit"] {
            try folder.write(WireBank.scenario(name, ""), to: "banks/\(name).yaml")
        }
        let bank = try await WireBank(folder, ["--scenario", folder.path("banks")])
        #expect(Set(bank.ports.keys) == ["harbor", "summit"])
        for (name, port) in bank.ports {
            let health = try bank.call("GET", "/v1/health", port: port).body
            #expect(health.contains("\"party\":\"\(name)\""))
        }
        let port = try #require(bank.ports["harbor"])
        let funded = try bank.call(
            "POST", "/v1/funding-requests", Sample.request("K1", loan: "L1"), port: port)
        #expect(funded.status == 201)
        try await bank.killAndRestart()
        let again = try bank.call(
            "GET", "/v1/funding-requests/K1", port: bank.ports["harbor"])
        #expect(again.status == 200)
        let other = try bank.call(
            "GET", "/v1/funding-requests/K1", port: bank.ports["summit"])
        #expect(other.status == 404)
    }

    @Test func `killed at any moment, what was answered is booked once`() async throws {
        let bank = try await WireBank(
            """
            faults: {transport: [{kind: drop-after-commit, probability: "30%"}],
              money: [{kind: duplicate-execution, match: {key: K7}},
                {kind: held-request, queries: 0, match: {key: K8}}]}
            """)
        var answered: Set<Int> = []
        for number in 1...24 {
            if try bank.fund(number).status == 201 { answered.insert(number) }
            if number % 8 == 0 { try await bank.killAndRestart() }
        }
        #expect(answered.count > 5)
        #expect(answered.count < 24)
        for number in 1...24 {
            #expect(try bank.query(number).status == 200)
            #expect(try bank.executions(number) == (number == 7 ? 2 : 1))
        }
    }

    @Test func `the same seed and the same requests leave the same journal`() async throws {
        func journal() async throws -> String {
            let bank = try await WireBank(
                """
                pending: {probability: "20%"}
                faults: {transport: [{kind: garbage, probability: "20%"},
                    {kind: busy, probability: "30%", burst: 3}],
                  money: [{kind: cent-off, probability: "30%"}]}
                """, seed: 5)
            for number in 1...20 { _ = try bank.fund(number) }
            return try bank.call("GET", "/admin/v1/journal").body
        }
        let first = try await journal()
        #expect(try await journal() == first)
        #expect(first.contains("cent-off"))
    }
}

@Suite struct RecordingTests {
    @Test func `a recorded session plays again: answers, faults and all`() async throws {
        let folder = try TemporaryFolder()
        let recording = folder.path("session")
        let bank = try await WireBank(
            """
            faults: {transport: [{kind: busy, sequence: {nth: 1}},
              {kind: empty-reply, connection: rst, sequence: {nth: 2}},
              {kind: random-data, match: {key: K2}}]}
            """, ["--record", recording])
        func session(_ bank: WireBank) throws -> [String] {
            let endings = [
                try bank.fund(), try bank.fund(), try bank.fund(), try bank.fund(),
                try bank.fund(2), try bank.query(), try bank.call("GET", "/admin/v1/book"),
            ]
            return endings.map { ending in
                let bytes = ending.status == 0 ? "\(ending.bytes)" : ending.body
                return "\(ending.status) \(ending.isReset) \(bytes)"
            }
        }
        let lived = try session(bank)
        #expect(Set(lived).count == 5)
        bank.process.signal(SIGKILL)
        let player = try await WireBank(TemporaryFolder(), ["--replay", recording])
        #expect(try session(player) == lived)
        // Behind the last recorded answer, that one is given again.
        #expect(try player.fund().status == 200)
        #expect(try player.fund().header("Colend-Signature") != nil)
        let unknown = try player.fund(9)
        #expect(unknown.status == 404)
        #expect(unknown.body.contains("not-recorded"))
        #expect(try player.call("GET", "/v1/health").status == 404)
    }

    @Test(arguments: [
        ("", "session:1:1: the file is not a recording"),
        ("{\"request\":{}}\n", "session:1:1: this is no line of a recording"),
        ("hello\nworld\n", "session:1:1: this is no line of a recording"),
    ])
    func `a file that is no recording is refused`(content: String, message: String) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(content, to: "session")
        let outcome = try await ProductProcess.run(.mockBank, ["--replay", path])
        #expect(outcome.exit == 78)
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
}
