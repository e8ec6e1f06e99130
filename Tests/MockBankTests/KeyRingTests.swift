import Foundation
import MockBank
import TestSupport
import Testing

/// The bank's own code for every way of signing.
@Suite struct KeyRingTests {
    /// A profile's line of the scenario, and the kind of key it needs.
    struct Way: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let keys: String
        let kind: SampleKeys.Kind

        static let all = [
            Way(testDescription: "Ed25519", keys: "profile: ed25519", kind: .ed25519),
            Way(testDescription: "RSA-PSS", keys: "profile: rsa-pss-sha256", kind: .rsa),
            Way(testDescription: "RSA PKCS #1", keys: "profile: rsa-pkcs1-sha256", kind: .rsa),
            Way(testDescription: "SM2, DER", keys: "profile: sm2-sm3", kind: .sm2),
            Way(
                testDescription: "SM2, raw", keys: "profile: sm2-sm3, signatureForm: raw",
                kind: .sm2),
        ]
    }

    private static func scenario(_ signing: String) throws -> Scenario {
        try Scenario(
            yaml: """
                party: harbor
                currency: USD
                lenderComputation: scale
                signing: {\(signing)}
                """, file: "test.yaml")
    }

    /// The ring of one side: its own private keys and the other's public ones.
    private static func ring(
        _ way: Way, _ own: [SampleKeys], _ other: [SampleKeys]
    ) throws -> KeyRing {
        var texts: [String: String] = [:]
        for (index, keys) in own.enumerated() { texts["OWN\(index)"] = keys.privatePEM }
        for (index, keys) in other.enumerated() { texts["OTHER\(index)"] = keys.publicPEM }
        let names = { (prefix: String) in
            texts.keys.filter { $0.hasPrefix(prefix) }.sorted().joined(separator: ", ")
        }
        let scenario = try scenario(
            "\(way.keys), secretEnv: [\(names("OWN"))], platformKeyEnv: [\(names("OTHER"))]")
        return try KeyRing(scenario.secretNames) { texts[$0].map { Array($0.utf8) } }
    }

    /// The status of a question that the signer has signed, with something behind its text.
    private func status(_ bank: Bank, _ signer: Signer, more: String = "") throws -> Int? {
        let (target, nonce) = ("/v1/funding-requests/L1.harbor.1", UUID().uuidString)
        let plain = WireRequest(method: "GET", target: target, headers: [], body: [])
        let text = Signer.requestText(plain, stamp: "\(TestBank.now)", nonce: nonce)
        let request = WireRequest(
            method: "GET", target: target,
            headers: [
                ("colend-key", "platform"), ("colend-timestamp", "\(TestBank.now)"),
                ("colend-nonce", nonce), ("colend-signature", signer.signature(text + more)),
            ], body: [])
        guard case .answer(let answer, _) = try bank.handle(request, now: TestBank.now)
        else { return nil }
        return answer.status
    }

    @Test(arguments: Way.all)
    func `either of the platform's keys is taken, and no other`(way: Way) async throws {
        var keys: [SampleKeys] = []
        for number in 0..<4 { keys.append(try await SampleKeys.shared(way.kind, number)) }
        let directory = NSTemporaryDirectory() + "mock-bank-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let bank = try Bank(
            try Self.scenario("secretEnv: X"), seed: 1,
            secrets: try Self.ring(way, [keys[0]], [keys[1], keys[2]]), directory: directory)
        for key in keys[1...2] {
            let platform = Signer(secrets: try Self.ring(way, [key], [keys[0]]))
            #expect(try status(bank, platform) == 404)
            #expect(try status(bank, platform, more: "!") == 401)
        }
        let stranger = Signer(secrets: try Self.ring(way, [keys[3]], [keys[0]]))
        #expect(try status(bank, stranger) == 401)
        let both = Signer(secrets: try Self.ring(way, [keys[3], keys[1]], [keys[0]]))
        #expect(try status(bank, both) == 404)
        #expect(try status(bank, Signer(secrets: [Array("a secret".utf8)])) == 401)
    }

    @Test(arguments: Way.all)
    func `a key of another kind, or of the other half, stops the start`(way: Way) async throws {
        let fit = try await SampleKeys.shared(way.kind)
        let other = try await SampleKeys.shared(.p256)
        let halves = SampleKeys(privatePEM: fit.publicPEM, publicPEM: fit.privatePEM)
        for spoiled in [other, halves, SampleKeys(privatePEM: "hunter2", publicPEM: "hunter2")] {
            #expect(throws: UnusableKey.self) { try Self.ring(way, [spoiled], [fit]) }
            #expect(throws: UnusableKey.self) { try Self.ring(way, [fit], [spoiled]) }
        }
        #expect(throws: UnusableKey.self) {
            let names = try Self.scenario("\(way.keys), secretEnv: A, platformKeyEnv: B")
            return try KeyRing(names.secretNames) { _ in nil }
        }
    }

    @Test(arguments: [
        ("profile: md5, secretEnv: A", "signing.profile must be one of hmac-sha256, ed25519"),
        ("profile: ed25519, secretEnv: A", "signing.platformKeyEnv must be the name"),
        ("profile: ed25519, secretEnv: A, platformKeyEnv: [A, B, C]", "or a list of two"),
        ("secretEnv: A, platformKeyEnv: B", "is for profiles with public keys"),
        ("secretEnv: A, signatureForm: raw", "signing.signatureForm is for sm2-sm3 only"),
        ("profile: hmac-sha256", "signing.secretEnv must be the name"),
    ])
    func `a scenario that names its keys wrongly is told`(signing: String, words: String) {
        let faults = #expect(throws: ScenarioFaults.self) { try Self.scenario(signing) }
        #expect(faults?.messages.contains { $0.contains(words) } == true, "\(faults as Any)")
    }
}
