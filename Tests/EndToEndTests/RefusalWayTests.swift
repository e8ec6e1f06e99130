import Foundation
import TestSupport
import Testing

/// Shares that a real bank funds in part, or never answers about, from the command line on.
struct RefusalWayTests {
    private static let halves =
        "money: [{kind: partial-funding, percent: 50, probability: 1}]"
    private let books: Books

    init() async throws { books = try await Books.new() }

    @Test func `a part is taken where the agreement says so, and the books of both agree`()
        async throws
    {
        try books.change("agreements/harbor-70-30.yaml") {
            $0 + "partialAcceptance: true\n"
        }
        let bank = try await bank(faults: Self.halves)
        defer { bank.signal(SIGKILL) }
        try await book()
        let funded = try await books.colend("fund")
        #expect(funded.exit == 0, "\(funded.errors) \(funded.output)")
        #expect(try await shares() == ["platform": "650.00", "harbor": "350.00"])
        let closed = try await books.colend("eod --date 2026-01-01 --until 2026-01-03")
        #expect(closed.exit == 0, "\(closed.errors) \(closed.output)")
        #expect(try await books.colend("verify").exit == 0)
    }

    @Test func `without that agreement a part stays in doubt until two persons say what it is`()
        async throws
    {
        let bank = try await bank(faults: Self.halves)
        defer { bank.signal(SIGKILL) }
        try await book()
        #expect(try await books.colend("fund").exit == 2)
        let words = "fund resolve A1.harbor.1 --outcome not-funded --reason telephone"
        #expect(try await books.colend(words).errors.contains("BREAK-003"))
        #expect(try await books.colend(words + " --as ann --dry-run").exit == 0)
        for (person, standing) in [
            ("ann", "proposed"), ("ann", "already-proposed"), ("ben", "decided"),
        ] {
            let said = try await books.colend(words + " --as \(person)")
            #expect(said.exit == 0, "\(said.errors)")
            #expect(try said.json(as: Object.self)["standing"] as? String == standing)
        }
        let story = try await books.colend("loans show A1").json(as: Object.self)
        let said = (story["requests"] as? [Object])?.first?["said"] as? [Object]
        #expect(said?.map { $0["person"] as? String } == ["ann", "ben"])
        #expect(said?.map { $0["decides"] as? Bool } == [false, true])
        #expect(said?.allSatisfy { $0["reason"] as? String == "telephone" } == true)
        let told = try await books.colend("loans show A1 --output table").output
        #expect(told.contains("What people said of requests") && told.contains("telephone"))
        #expect(try await books.colend(words + " --as cid").errors.contains("FUND-005"))
        #expect(try await books.colend("fund").exit == 0)
        #expect(try await shares() == ["platform": "1000.00"])
        #expect(try await books.colend("verify").exit == 0)
    }

    @Test func `a bank that never answers is given up, and its late acceptance is reversed`()
        async throws
    {
        try books.change("parties/harbor.yaml") {
            // No query can prove within the test that the request never arrived.
            "inDoubtDays: 1\n"
                + $0.replacingOccurrences(of: "settleSeconds: 60 ", with: "settleSeconds: 86400 ")
        }
        let bank = try await bank(
            faults: "money: [{kind: unknown-for-a-while, queries: 1000, probability: 1}]\n"
                + "  transport: [{kind: drop-after-commit, match: {call: fund}, probability: 1}]")
        defer { bank.signal(SIGKILL) }
        try await book()
        #expect(try await books.colend("fund").exit == 2)
        #expect(try await books.colend("eod --date 2026-01-01").exit == 2)
        let funded = try await books.colend("fund")
        #expect(funded.exit == 0, "\(funded.errors) \(funded.output)")
        let answer = try funded.json(as: Object.self)
        #expect(answer["givenUp"] as? Int == 1)
        #expect(answer["reversed"] as? Int == 1)
        #expect(try await shares() == ["platform": "1000.00"])
        #expect(try await books.colend("verify").exit == 0)
    }

    private func book() async throws {
        let row = "A1,B1,instalment-loan,1000.00,USD,10,12,2026-01-01T09:00:00Z\n"
        let taken = try await books.colend(
            ["loans", "import", "-"], input: Books.header + "\n" + row)
        try #require(taken.exit == 0, "\(taken.errors)")
    }

    private func shares() async throws -> [String: String] {
        let shown = try await books.colend("loans show A1 --output json")
        let shares = try #require(try shown.json(as: Object.self)["shares"] as? [Object])
        return Dictionary(
            uniqueKeysWithValues: shares.map {
                ($0["party"] as? String ?? "", $0["amount"] as? String ?? "")
            })
    }

    private func bank(faults: String) async throws -> ProductProcess {
        try await books.startHarbor("faults:\n  \(faults)")
    }
}

extension Books {
    /// Starts the mock bank and lets the configuration lead to it; it ends with this process.
    ///
    /// - Parameter conduct: More of its scenario.
    func startHarbor(_ conduct: String) async throws -> ProductProcess {
        let scenario = """
            party: harbor
            currency: USD
            lenderComputation: scale
            settleSeconds: 0
            signing: {profile: hmac-sha256, secretEnv: COLEND_HARBOR_SECRET}
            \(conduct)

            """
        let file = try folder.write(scenario, to: "bank/scenario.yaml")
        let process = try ProductProcess.start(
            .mockBank,
            [
                "--scenario", file, "--ready-file", folder.path("bank/ready"), "--state",
                folder.path("bank/state"), "--exit-with-parent",
            ], environment: ["COLEND_HARBOR_SECRET": Books.secret])
        try setSigning(
            ["  profile: hmac-sha256", "  secretEnv: COLEND_HARBOR_SECRET"],
            port: try await bankPort())
        return process
    }

    /// The port on which a bank has said it is ready, in its own directory.
    func bankPort(_ directory: String = "bank") async throws -> Int {
        struct Ready: Decodable { let port: Int }
        for _ in 0..<1_200 {
            if let data = FileManager.default.contents(atPath: folder.path("\(directory)/ready")),
                let ready = try? JSONDecoder().decode(Ready.self, from: data)
            {
                return ready.port
            }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw ToolSilent()
    }

    /// Changes a file of the configuration.
    func change(_ file: String, _ change: (String) -> String) throws {
        let text = try String(contentsOfFile: folder.path("Config/" + file), encoding: .utf8)
        try folder.write(change(text), to: "Config/" + file)
    }
}
