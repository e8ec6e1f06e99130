import Foundation
import LendingRules
import Settings
import Testing

struct SecretTests {
    private let variable = "COLEND_HARBOR_SECRET"

    private func key() throws -> KeySettings {
        let bank = try Sample.load(Sample.minimal).party(PartyID("harbor"))?.bank
        return try #require(bank?.signing.ownKeys.first)
    }

    @Test func `a secret comes from its variable`() throws {
        let secret = try key().content(environment: [variable: "hunter2"])
        #expect(secret.withBytes { $0 } == Array("hunter2".utf8))
    }

    @Test(arguments: ["hunter2", "hunter2\n", "hunter2\r\n"])
    func `a secret comes from a file without the line break at its end`(text: String) throws {
        let file = TemporaryDirectory()
        try file.write("secret", Array(text.utf8))
        let secret = try key().content(
            environment: [variable + "_FILE": file.path + "/secret"])
        #expect(secret.withBytes { $0 } == Array("hunter2".utf8))
    }

    @Test func `a secret that cannot be had is a fault that names the variable`() throws {
        let file = TemporaryDirectory()
        try file.write("empty", [10])
        let cases: [([String: String], String)] = [
            ([:], "no secret is set"), ([variable: ""], "no secret is set"),
            ([variable: "hunter2", variable + "_FILE": "x"], "the secret is set twice"),
            (
                [variable + "_FILE": file.path + "/absent"],
                "the file named by COLEND_HARBOR_SECRET_FILE cannot be read"
            ),
            (
                [variable + "_FILE": file.path],
                "the file named by COLEND_HARBOR_SECRET_FILE cannot be read"
            ),
            (
                [variable + "_FILE": file.path + "/empty"],
                "the file named by COLEND_HARBOR_SECRET_FILE is empty"
            ),
        ]
        let key = try key()
        for (environment, found) in cases {
            let fault = #expect(throws: ConfigurationFault.self) {
                try key.content(environment: environment)
            }
            #expect(fault?.code == .secretUnavailable)
            #expect(fault?.found == found)
            #expect(fault?.description.contains("hunter2") == false)
        }
    }

    @Test func `neither a print nor a dump of a secret shows it`() throws {
        let secret = Secret(Array("hunter2".utf8))
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, "\([secret])"] {
            #expect(text.contains("redacted"))
            #expect(!text.contains("hunter2") && !text.contains("104"))
        }
    }

    @Test func `a load needs no secret and shows none`() throws {
        let unset = try Sample.load(Sample.minimal)
        #expect(
            unset.origins.map(\.description).contains(
                "parties/harbor.yaml signing.secret = (not set) (environment \(variable))"))
        let set = try Sample.load(Sample.minimal, environment: [variable + "_FILE": "hunter2"])
        #expect(
            set.origins.map(\.description).contains(
                "parties/harbor.yaml signing.secret = (redacted) (environment \(variable)_FILE)"))
        #expect(!"\(set)".contains("hunter2"))
    }

    @Test(arguments: [
        ("secretEnv: COLEND_HARBOR_SECRET", "secret: hunter2"),
        ("COLEND_HARBOR_SECRET", "hunter2"), ("kind: bank", "kind: bank\npassword: hunter2"),
        ("http://127.0.0.1", "https://me:hunter2@127.0.0.1"),
        ("http://127.0.0.1", "https://bank.example?token=hunter2"),
    ])
    func `no fault repeats what may be a secret`(text: String, other: String) throws {
        var contents = Sample.minimal
        contents["parties/harbor.yaml"]?.replace(text, with: other)
        let faults = Sample.faults(of: contents.mapValues { Array($0.utf8) })
        #expect(!faults.isEmpty)
        for fault in faults { #expect(!fault.description.contains("hunter2")) }
    }
}
