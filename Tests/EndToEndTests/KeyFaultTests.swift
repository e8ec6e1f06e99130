import Foundation
import TestSupport
import Testing

/// Keys that are of no use are told before anything is sent, and none of them is shown.
struct KeyFaultTests {
    /// Ed25519, with our key in OWN and the partner's in THEIRS.
    private static let lines = [
        "  profile: ed25519", "  secretEnv: OWN", "  partnerKeys: [{keyEnv: THEIRS}]",
    ]

    private func books(_ lines: [String] = lines) async throws -> Books {
        let books = try await Books.withLoans()
        try books.setSigning(lines)
        return books
    }

    /// What everything that looks at keys says, `config check`, `doctor` and `fund`.
    private func look(
        _ books: Books, _ environment: [String: String]
    ) async throws -> [Colend.Outcome] {
        var outcomes: [Colend.Outcome] = []
        for command in [["config", "check"], ["doctor", "--offline"], ["fund"]] {
            outcomes.append(try await books.colend(command, environment: environment))
        }
        return outcomes
    }

    @Test func `a key of another kind, or of the other half, is a fault of the configuration`()
        async throws
    {
        let (fit, other) = (
            try await SampleKeys.shared(.ed25519), try await SampleKeys.shared(.rsa)
        )
        let cases = [
            ("OWN", other.privatePEM, "it is a key for RSA, not for ED25519"),
            ("OWN", fit.publicPEM, "it is a public key, and ours must be the private one"),
            ("OWN", "hunter2hunter2", "it is no PEM text"),
            ("THEIRS", other.publicPEM, "it is a key for RSA, not for ED25519"),
            ("THEIRS", fit.privatePEM, "it is a private key, and only the partner's public one"),
        ]
        let books = try await books()
        for (variable, text, words) in cases {
            var environment = ["OWN": fit.privatePEM, "THEIRS": fit.publicPEM]
            environment[variable] = text
            for outcome in try await look(books, environment) {
                let said = outcome.output + outcome.errors
                #expect(outcome.exit == 78, "\(said)")
                #expect(said.contains("CONF-020: no key for ed25519: \(words)"), "\(said)")
                #expect(said.contains("environment \(variable)"), "\(said)")
                for line in fit.secretLines + other.secretLines + ["hunter2"] {
                    #expect(!said.contains(line))
                }
            }
        }
    }

    @Test func `keys of which none counts today are a fault of the configuration`() async throws {
        let keys = try await SampleKeys.shared(.ed25519)
        let environment = ["OWN": keys.privatePEM, "THEIRS": keys.publicPEM]
        let past = "validUntil: 2026-01-31"
        let spoiled = [
            [Self.lines[0], Self.lines[1], Self.lines[2], "  \(past)"],
            [Self.lines[0], Self.lines[1], "  partnerKeys: [{keyEnv: THEIRS, \(past)}]"],
            [
                Self.lines[0], Self.lines[1], Self.lines[2], "  \(past)",
                "  next: {secretEnv: LATER, validFrom: 2199-01-01}",
            ],
        ]
        for lines in spoiled {
            for outcome in try await look(try await books(lines), environment) {
                let said = outcome.output + outcome.errors
                #expect(outcome.exit == 78, "\(said)")
                #expect(said.contains("CONF-021: no key counts today (until 2026-01-31"), "\(said)")
            }
        }
    }

    @Test func `a key past its time need not be there any more`() async throws {
        let keys = try await SampleKeys.shared(.ed25519)
        let books = try await books([
            "  profile: ed25519", "  secretEnv: OLD", "  validUntil: 2026-01-31",
            "  next: {secretEnv: OWN, validFrom: 2026-01-15}", Self.lines[2],
        ])
        let environment = ["OWN": keys.privatePEM, "THEIRS": keys.publicPEM]
        let outcomes = try await look(books, environment)
        #expect(outcomes.map(\.exit) == [0, 0, 69], "\(outcomes)")
        #expect(outcomes[1].output.contains("counted until 2026-01-31"))
        let absent = try await look(books, ["THEIRS": keys.publicPEM])
        #expect(absent.map(\.exit) == [0, 78, 78])
        #expect(absent[2].codes == ["CONF-018"])
    }

    @Test func `a key that ends soon, or that others read, is told by the doctor`() async throws {
        let keys = try await SampleKeys.shared(.ed25519)
        let soon = Date(timeIntervalSinceNow: 5 * 86_400).formatted(.iso8601.year().month().day())
        let books = try await books(Self.lines + ["  validUntil: \(soon)"])
        let file = try books.folder.write(keys.privatePEM, to: "own.key")
        func doctor(_ rights: Int) async throws -> Colend.Outcome {
            try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: file)
            return try await books.colend(
                ["doctor", "--offline"],
                environment: ["OWN_FILE": file, "THEIRS": keys.publicPEM])
        }
        let ending = try await doctor(0o600)
        #expect(ending.exit == 2)
        #expect(ending.output.contains("counts until \(soon), and none counts after it"))
        try books.setSigning(Self.lines)
        #expect(try await doctor(0o600).exit == 0)
        let open = try await doctor(0o644)
        #expect(open.exit == 2)
        #expect(open.output.contains("is open to others (644)"))
    }

    @Test func `no secret is in what any command says or writes, whatever goes wrong`()
        async throws
    {
        let secret = "S3CR3T-\(UUID().uuidString)"
        let books = try await Books.withLoans()
        let environment = ["COLEND_HARBOR_SECRET": secret, "COLEND_PARTIES_HARBOR_TOKEN": secret]
        let commands = [
            "config check", "config show --origin", "doctor", "fund", "fund --dry-run",
            "eod --date 2026-01-01", "loans show A1", "loans show nobody", "breaks list",
            "files put", "no-such-command", "verify --digest", "fund --output table",
        ]
        var said = ""
        for command in commands {
            let outcome = try await books.colend(
                command.split(separator: " ").map(String.init), environment: environment)
            said += outcome.output + outcome.errors
        }
        try books.setSigning(["  profile: ed25519", "  secretEnv: COLEND_HARBOR_SECRET"])
        for outcome in try await look(books, environment) {
            #expect(outcome.exit == 78)
            said += outcome.output + outcome.errors
        }
        #expect(said.contains("(redacted)"))
        #expect(!said.contains(secret))
        for (name, bytes) in books.folder.files() {
            #expect(!String(decoding: bytes, as: UTF8.self).contains(secret), "\(name)")
        }
    }
}
