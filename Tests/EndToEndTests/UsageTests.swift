import TestSupport
import Testing

/// The command line itself: help, versions and words that are not understood.
struct UsageTests {
    static let commands = [
        "init", "config check", "config show", "config diff", "config schema", "loans import",
        "loans list", "loans show",
        "fund run",
        "fund resolve",
        "repayments import", "eod run", "eod status", "files export", "files deliver",
        "recon run", "recon status", "breaks list", "breaks show", "settlement show",
        "ledger trial-balance", "ledger entries", "verify", "schedule", "split", "blend", "demo",
        "store init", "store copy", "store backup", "pools select", "pools sell", "pools pay",
        "pools report", "pools show",
    ]

    @Test(arguments: commands)
    func `every command explains itself and its options`(command: String) async throws {
        let outcome = try await Colend.run(
            command.split(separator: " ").map(String.init) + ["--help"])
        #expect(outcome.exit == 0)
        #expect(outcome.errors == "")
        #expect(outcome.output.contains("USAGE: colend \(command)"))
        for option in [
            "--config", "--store", "--output", "--quiet", "--color", "--dry-run", "--as", "--help",
        ] {
            #expect(outcome.output.contains(option))
        }
    }

    @Test(arguments: ["", "--help", "help", "loans", "loans --help", "help loans import"])
    func `help can be asked for in every way`(words: String) async throws {
        let outcome = try await Colend.run(words.split(separator: " ").map(String.init))
        #expect(outcome.exit == 0)
        #expect(outcome.output.contains("OVERVIEW:"))
    }

    @Test func `the version is one line`() async throws {
        let outcome = try await Colend.run("--version")
        #expect(outcome.exit == 0)
        #expect(outcome.output.split(separator: ".").count == 3)
        #expect(outcome.output.hasSuffix("\n"))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `shells get completions of every command`(shell: String) async throws {
        let outcome = try await Colend.run("completions", shell)
        #expect(outcome.exit == 0)
        #expect(outcome.output.contains("trial-balance"))
    }

    @Test(arguments: [
        ("nonsense", "colend --help"), ("loans nonsense", "colend loans --help"),
        ("schedule", "colend schedule --help"), ("schedule a b", "colend schedule --help"),
        ("blend x --output xml", "colend blend --help"),
        ("eod", "colend eod run --help"), ("loans list --limit 0", "colend loans list --help"),
        ("loans list --limit many", "colend loans list --help"),
        ("demo --faults maybe", "colend demo --help"),
        ("completions tcsh", "colend completions --help"),
        ("config show --origins", "colend config show --help"),
        ("serve --port -1", "colend serve --help"), ("serve --port 70000", "colend serve --help"),
        ("serve --port many", "colend serve --help"), ("serve --drain -5", "colend serve --help"),
        ("serve --stop 0", "colend serve --help"),
    ])
    func `words that are not understood point to the help`(words: String, help: String)
        async throws
    {
        let outcome = try await Colend.run(words.split(separator: " ").map(String.init))
        #expect(outcome.exit == 64)
        #expect(outcome.output == "")
        #expect(outcome.codes == ["USAGE-007"], "\(outcome.errors)")
        #expect(outcome.errors.hasSuffix("; `\(help)` shows what it takes\n"))
    }

    @Test(arguments: [
        ("--port -1", "--port -1 is not within 0 to 65535"),
        ("--port 65536", "--port 65536 is not within 0 to 65535"),
        ("--drain -1", "--drain -1 is not within 0 to 3600 seconds"),
        ("--stop -1", "--stop -1 is not within 1 to 3600 seconds"),
    ])
    func `a number that cannot be served with is repeated with its limits`(
        option: String, words: String
    ) async throws {
        let outcome = try await Colend.run(
            ["serve"] + option.split(separator: " ").map(String.init))
        #expect(outcome.exit == 64)
        #expect(outcome.errors.hasPrefix("USAGE-007: \(words);"), "\(outcome.errors)")
    }

    @Test(arguments: [
        ("USAGE-001", "eod --date 2026-02-30"), ("USAGE-001", "eod --date soon"),
        ("USAGE-001", "eod --date 2026-01-01 --until 2026-13-01"),
        ("USAGE-001", "ledger trial-balance --date 1.1.2026"),
        ("USAGE-001", "ledger entries --from x"),
        ("USAGE-001", "files export --partner harbor --date x"),
        ("USAGE-001", "init books --first-date never"),
        ("USAGE-002", "files export --partner nobody --date 2026-01-01"),
        ("USAGE-002", "breaks list --partner nobody"),
        ("USAGE-002", "settlement show --partner nobody"),
        ("USAGE-003", "eod --date 2026-01-02 --until 2026-01-01"),
        ("USAGE-004", "breaks list --state closed"), ("USAGE-005", "demo --loans 0"),
        ("USAGE-005", "demo --days 4000 --dry-run"),
        ("USAGE-006", "loans list --store books.db"),
        ("USAGE-006", "loans list --store sqlite:"),
        ("USAGE-006", "loans list --store postgres://localhost/books?no_such=1"),
        ("USAGE-009", "ledger trial-balance --book nobody"),
        ("USAGE-009", "ledger entries --book nobody"),
    ])
    func `words that mean nothing here are refused by code`(code: String, words: String)
        async throws
    {
        let books = try await Books.withLoans()
        let outcome = try await books.colend(words.split(separator: " ").map(String.init))
        #expect(outcome.exit == 64)
        #expect(outcome.output == "")
        #expect(outcome.codes == [code], "\(outcome.errors)")
    }
}
