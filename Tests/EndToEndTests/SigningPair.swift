import Foundation
import TestSupport
import Testing

/// A profile as configuration and scenario name it, and the kind of key it needs.
struct SigningCase: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: SampleKeys.Kind?
    var form = ""

    var testDescription: String { form.isEmpty ? name : "\(name), \(form)" }

    static let all = [
        SigningCase(name: "hmac-sha256", kind: nil),
        SigningCase(name: "ed25519", kind: .ed25519),
        SigningCase(name: "rsa-pss-sha256", kind: .rsa),
        SigningCase(name: "rsa-pkcs1-sha256", kind: .rsa),
        SigningCase(name: "sm2-sm3", kind: .sm2),
        SigningCase(name: "sm2-sm3", kind: .sm2, form: "raw"),
    ]
}

/// Books with one bank, and that bank; both are told anew for each run which keys they have.
final class SigningPair {
    let books: Books
    private let profile: SigningCase
    private let keys: [String: SampleKeys]
    private var loans = 0

    init(_ profile: SigningCase) async throws {
        self.profile = profile
        books = try await Books.new()
        var keys: [String: SampleKeys] = [:]
        for (number, name) in ["A", "B", "C", "D"].enumerated() {
            let secret = "secret-of-\(name)-\(UUID().uuidString)"
            keys[name] =
                if let kind = profile.kind {
                    try await SampleKeys.shared(kind, number)
                } else {
                    SampleKeys(privatePEM: secret, publicPEM: "")
                }
        }
        self.keys = keys
    }

    /// Imports a loan and asks for its funding, with these keys of ours, of the bank's that we
    /// take, of the bank's own, and of ours that the bank takes.
    func fund(
        own: [String], partner: [String], bank: [String], platform: [String], imports: Bool = true
    ) async throws -> (outcome: Colend.Outcome, accepted: Int) {
        let process = try await startBank(bank, platform)
        defer { process.signal(SIGKILL) }
        try configure(own, profile.kind == nil ? [] : partner, port: try await port())
        if imports {
            loans += 1
            let row = "A\(loans),B,instalment-loan,1000.00,USD,10,12,2026-01-01T09:00:00Z\n"
            let taken = try await colend(["loans", "import", "-"], Books.header + "\n" + row)
            try #require(taken.exit == 0, "\(taken.errors)")
        }
        let outcome = try await colend(["fund"])
        let answer = outcome.output.isEmpty ? [:] : try outcome.json(as: Object.self)
        return (outcome, answer["accepted"] as? Int ?? 0)
    }

    /// What the doctor says of the keys with the bank while that runs.
    func doctor(
        own: [String], partner: [String], bank: [String], platform: [String]
    ) async throws -> String? {
        let process = try await startBank(bank, platform)
        defer { process.signal(SIGKILL) }
        try configure(own, profile.kind == nil ? [] : partner, port: try await port())
        let checks = try await colend(["doctor"]).json(as: Object.self)["checks"]
        return (checks as? [[String: String]])?.first { $0["check"] == "keys with harbor" }?[
            "state"]
    }

    func colend(_ arguments: [String], _ input: String = "") async throws -> Colend.Outcome {
        try await books.colend(arguments, input: input, environment: environment)
    }

    /// Requests whose signature the bank has refused so far.
    func signatureRefusals() async throws -> Int {
        let log = try String(contentsOfFile: books.folder.path("bank/state/log"), encoding: .utf8)
        return log.components(separatedBy: "refused-signature").count - 1
    }

    /// No secret of either side is in what was said, nor in anything that was written.
    func expectNoSecret(in outcomes: Colend.Outcome...) {
        let said = outcomes.map { $0.output + $0.errors }.joined()
        var texts = [said]
        for (name, bytes) in books.folder.files() where !name.hasPrefix("keys/") {
            texts.append(String(decoding: bytes, as: UTF8.self))
        }
        for line in keys.values.flatMap(\.secretLines) {
            #expect(!texts.contains { $0.contains(line) })
        }
    }

    /// Our private keys in variables, the bank's public ones in files.
    private var environment: [String: String] {
        var environment = ["COLEND_HARBOR_SECRET": ""]
        for (name, key) in keys {
            environment["OWN_\(name)"] = key.privatePEM
            environment["PARTNER_\(name)_FILE"] = books.folder.path("keys/\(name).pub")
        }
        return environment
    }

    private func configure(_ own: [String], _ partner: [String], port: Int) throws {
        var signing = ["  profile: \(profile.name)", "  secretEnv: OWN_\(own[0])"]
        if own.count > 1 { signing.append("  next: {secretEnv: OWN_\(own[1])}") }
        if !partner.isEmpty {
            let keys = partner.map { "{keyEnv: PARTNER_\($0)}" }.joined(separator: ", ")
            signing.append("  partnerKeys: [\(keys)]")
        }
        if !profile.form.isEmpty { signing.append("  signatureForm: \(profile.form)") }
        try books.setSigning(signing, port: port)
        for (name, key) in keys { try books.folder.write(key.publicPEM, to: "keys/\(name).pub") }
    }

    private func startBank(_ own: [String], _ platform: [String]) async throws -> ProductProcess {
        let form = profile.form.isEmpty ? "" : ", signatureForm: \(profile.form)"
        let keys = profile.kind == nil ? "" : ", platformKeyEnv: [\(names("PUBLIC", platform))]"
        let scenario = """
            party: harbor
            currency: USD
            lenderComputation: scale
            settleSeconds: 0
            signing: {profile: \(profile.name), secretEnv: [\(names("BANK", own))]\(keys)\(form)}

            """
        let file = try books.folder.write(scenario, to: "bank/scenario.yaml")
        try? FileManager.default.removeItem(atPath: books.folder.path("bank/ready"))
        var environment: [String: String] = [:]
        for (name, key) in self.keys {
            environment["BANK_\(name)"] = key.privatePEM
            environment["PUBLIC_\(name)"] = key.publicPEM
        }
        return try ProductProcess.start(
            .mockBank,
            [
                "--scenario", file, "--ready-file", books.folder.path("bank/ready"), "--state",
                books.folder.path("bank/state"), "--exit-with-parent",
            ], environment: environment)
    }

    private func names(_ prefix: String, _ keys: [String]) -> String {
        keys.map { "\(prefix)_\($0)" }.joined(separator: ", ")
    }

    private func port() async throws -> Int {
        struct Ready: Decodable { let port: Int }
        for _ in 0..<1_200 {
            if let data = FileManager.default.contents(atPath: books.folder.path("bank/ready")),
                let ready = try? JSONDecoder().decode(Ready.self, from: data)
            {
                return ready.port
            }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw ToolSilent()
    }
}

extension Books {
    /// Writes other lines below `signing` of harbor's file, and its port.
    func setSigning(_ lines: [String], port: Int = 8101) throws {
        let file = "Config/parties/harbor.yaml"
        let text = try String(contentsOfFile: folder.path(file), encoding: .utf8)
        var all = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = try #require(all.firstIndex { $0.hasPrefix("signing:") })
        let end = try #require(all.firstIndex { $0.hasPrefix("timeouts:") })
        let place = try #require(all.firstIndex { $0.hasPrefix("endpoint:") })
        all[place] = "endpoint: http://127.0.0.1:\(port)"
        all.replaceSubrange(start..<end, with: ["signing:"] + lines)
        try folder.write(all.joined(separator: "\n"), to: file)
    }
}

/// The bank did not start.
struct ToolSilent: Error {}
