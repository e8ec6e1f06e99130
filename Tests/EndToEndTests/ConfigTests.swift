import Foundation
import TestSupport
import Testing

/// `init` and `config`, and what a faulty configuration does to every other command.
struct ConfigTests {
    @Test func `a scaffold is sound and is never overwritten`() async throws {
        let books = try await Books.new()
        #expect(try await books.colend("config check").exit == 0)
        let before = books.folder.files()
        let again = try await books.colend("init .")
        #expect(again.exit == 74)
        #expect(again.codes == ["IO-002"])
        #expect(books.folder.files() == before)
    }

    @Test func `every value says where it comes from`() async throws {
        let books = try await Books.new()
        let outcome = try await books.colend(
            ["config", "show", "--origin", "--as", "ann"],
            environment: [
                "COLEND_STORE": "sqlite:x.db",
                "COLEND_PARTIES_HARBOR_SETTLE_SECONDS": "7",
            ])
        let settings = try outcome.json(as: [[String: String]].self)
        func origin(_ key: String) -> [String?] {
            let setting = settings.first { $0["key"] == key }
            return [setting?["value"], setting?["from"]]
        }
        #expect(origin("option config") == ["Config", "default"])
        #expect(origin("option store") == ["sqlite:x.db", "environment COLEND_STORE"])
        #expect(origin("option as") == ["ann", "command line"])
        #expect(
            origin("parties/harbor.yaml settleSeconds")
                == ["7", "environment COLEND_PARTIES_HARBOR_SETTLE_SECONDS"])
        let harbor = "agreements/harbor-70-30.yaml lenders[2].share"
        #expect(origin(harbor) == ["70%", "Config/agreements/harbor-70-30.yaml:7:28"])
        #expect(!outcome.output.contains("5a5a"), "secrets are not shown")
        let plain = try await books.colend("config show").json(as: [[String: String]].self)
        #expect(plain.allSatisfy { $0.keys.sorted() == ["key", "value"] })
    }

    @Test func `a person is also named by the environment`() async throws {
        let outcome = try await Books.new().colend(
            ["config", "show", "--origin", "--output", "csv"],
            environment: ["COLEND_USER": "bob"])
        #expect(outcome.output.contains("option as,bob,environment COLEND_USER\r\n"))
    }

    @Test func `a rule that warns is a finding, and one that blocks stops every command`()
        async throws
    {
        let books = try await Books.new()
        func floor(_ outcome: String) throws {
            let rule = """
                pack: floor
                title: A floor
                rules:
                  - rule: partner-floor
                    source: The text
                    effectiveFrom: 2022-01-01
                    at: [config]
                    outcome: \(outcome)
                    measure: retention-minimum
                    limit: "31%"
                    cases:
                      - {agreement: {shares: {platform: "30%"}}, finds: 30% below 31%}

                """
            try books.folder.write(rule, to: "Config/rules/floor.yaml")
        }
        let agreement = "Config/agreements/harbor-70-30.yaml"
        let text = try String(contentsOfFile: books.folder.path(agreement), encoding: .utf8)
        try books.folder.write(text + "rulePacks: [floor]\n", to: agreement)
        try floor("warn")
        let warned = try await books.colend("config check")
        #expect(warned.exit == 2)
        #expect(warned.output.contains("platform: 30% below 31% (rule partner-floor of floor"))
        #expect(try await books.colend("config show").exit == 0)
        try floor("block")
        for command in ["config check", "loans list", "config show"] {
            let blocked = try await books.colend(command)
            #expect(blocked.exit == 78)
            #expect(blocked.codes == ["CONF-029"])
        }
    }

    @Test(arguments: ["config check", "loans list", "eod --date 2026-01-01", "fund", "verify"])
    func `faults of the configuration come first and all at once`(command: String) async throws {
        let books = try await Books.new()
        try books.folder.write("cutOff: 25:00\nzone: UTC\nstrange: 1\n", to: "Config/platform.yaml")
        let outcome = try await books.colend(command)
        #expect(outcome.exit == 78)
        #expect(outcome.output == "")
        #expect(outcome.codes.count > 2, "\(outcome.errors)")
        #expect(outcome.codes.allSatisfy { $0.hasPrefix("CONF-") })
        #expect(outcome.errors.contains("Config/platform.yaml:1:9"))
        #expect(outcome.errors.contains("Config/platform.yaml:3:1"))
    }

    @Test func `a directory that is not there is one fault`() async throws {
        let outcome = try await Colend.run("loans", "list", "--config", "absent")
        #expect(outcome.exit == 78)
        #expect(outcome.codes == ["CONF-001"])
        let byVariable = try await Colend.run(
            "loans", "list", environment: ["COLEND_CONFIG": "absent"])
        #expect(byVariable.errors == outcome.errors)
    }

    @Test func `a missing secret stops only what talks to banks`() async throws {
        let books = try await Books.withLoans()
        let fund = try await Colend.run("fund", in: books.folder)
        #expect(fund.exit == 78)
        #expect(fund.codes == ["CONF-018"])
        #expect(try await Colend.run("verify", in: books.folder).exit == 0)
    }

    @Test func `faults of the configuration outrank those of the data and the store`()
        async throws
    {
        let books = try await Books.new()
        let words = ["loans", "import", "-", "--store", "sqlite:absent/books.db"]
        let broken = Books.header + "\n\"A1\n"
        #expect(try await books.colend(words, input: broken).exit == 65)
        #expect(try await books.colend(words, input: Books.loans).exit == 74)
        try books.folder.write("", to: "Config/platform.yaml")
        #expect(try await books.colend(words, input: broken).exit == 78)
    }
}
