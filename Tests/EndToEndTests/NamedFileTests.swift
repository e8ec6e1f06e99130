import Foundation
import TestSupport
import Testing

/// Files that a configuration names: whether they are there, and are what they should be.
struct NamedFileTests {
    private static let certificate =
        "-----BEGIN CERTIFICATE-----\nUNTOLD\n-----END CERTIFICATE-----\n"
    private static let key = "-----BEGIN PRIVATE KEY-----\nUNTOLD\n-----END PRIVATE KEY-----\n"
    private static let lockedKey =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nUNTOLD\n-----END ENCRYPTED PRIVATE KEY-----\n"

    /// Harbor over TLS, every file named, the fit ones there.
    private func books(_ files: [String: String] = [:], password: String = "") async throws
        -> Books
    {
        let books = try await Books.withLoans()
        try books.change("parties/harbor.yaml") { text in
            text.replacing("http://127", with: "https://127") + """
                line:
                  tls:
                    authorityFile: tls/ca.pem
                    certificateFile: tls/own.pem
                    keyFile: tls/own.key\(password)
                  proxy: {url: "https://proxy.example:3128", authorityFile: tls/proxy.pem}

                """
        }
        let fit = [
            "ca.pem": Self.certificate, "own.pem": Self.certificate, "own.key": Self.key,
            "proxy.pem": Self.certificate,
        ]
        for (name, text) in fit.merging(files, uniquingKeysWith: { $1 }) where !text.isEmpty {
            let path = try books.folder.write(text, to: "Config/tls/" + name)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        return books
    }

    @Test(arguments: [
        "", "Bag Attributes\n", "\r\nsubject=CN = ca\r\n",
    ])
    func `files that are fit are no fault`(before: String) async throws {
        let ending = before.contains("\r\n") ? "\r\n" : "\n"
        let books = try await books([
            "ca.pem": before + Self.certificate.replacing("\n", with: ending)
        ])
        let check = try await books.colend("config check")
        #expect(check.exit == 0, "\(check.errors)")
        #expect(try await books.colend("doctor --offline").exit == 0)
    }

    @Test func `all that are missing are told at once, with their places`() async throws {
        let books = try await books(["ca.pem": "", "own.pem": "", "own.key": "", "proxy.pem": ""])
        let line = try String(
            contentsOfFile: books.folder.path("Config/parties/harbor.yaml"), encoding: .utf8
        ).split(separator: "\n", omittingEmptySubsequences: false).firstIndex(of: "  tls:")
        let first = try #require(line) + 2
        let names = [
            ("tls/ca.pem", "line.tls.authorityFile", "\(first):20"),
            ("tls/own.pem", "line.tls.certificateFile", "\(first + 1):22"),
            ("tls/own.key", "line.tls.keyFile", "\(first + 2):14"),
            ("tls/proxy.pem", "line.proxy.authorityFile", "\(first + 3):61"),
        ]
        let check = try await books.colend("config check")
        #expect(check.exit == 78)
        #expect(check.output == "")
        #expect(
            check.errorLines
                == names.map { path, key, place in
                    "CONF-001: the file Config/\(path) is not there, at \(key) "
                        + "(Config/parties/harbor.yaml:\(place)); name a readable PEM file; paths "
                        + "are relative to the configuration"
                })
        let doctor = try await books.colend("doctor --offline")
        #expect(doctor.exit == 78)
        #expect(doctor.output.contains("the file Config/tls/own.key is not there"))
    }

    @Test func `they stop only what talks to the bank`() async throws {
        let books = try await books(["ca.pem": ""])
        #expect(try await books.colend("verify").exit == 0)
        #expect(try await books.colend("loans list").exit == 0)
        let fund = try await books.colend("fund")
        #expect(fund.exit == 78)
        #expect(fund.codes == ["CONF-001"])
    }

    @Test(arguments: [
        ("ca.pem", NamedFileTests.key, "holds no certificate, at line.tls.authorityFile"),
        ("own.pem", "UNTOLD", "holds no certificate, at line.tls.certificateFile"),
        ("own.key", NamedFileTests.certificate, "holds no private key, at line.tls.keyFile"),
        (
            "own.key", NamedFileTests.lockedKey,
            "holds a key under a pass phrase, at line.tls.keyFile"
        ),
        ("proxy.pem", "\n", "holds no certificate, at line.proxy.authorityFile"),
    ])
    func `one that holds something else is told, and what it holds is not`(
        name: String, text: String, words: String
    ) async throws {
        let books = try await books([name: text])
        for command in ["config check", "fund", "doctor --offline"] {
            let outcome = try await books.colend(command)
            let said = outcome.output + outcome.errors
            #expect(outcome.exit == 78, "\(said)")
            #expect(said.contains("CONF-022: the file Config/tls/\(name) \(words)"), "\(said)")
            #expect(!said.contains("UNTOLD"))
        }
    }

    @Test func `a directory is no file, and a key may be under a pass phrase that is named`()
        async throws
    {
        let locked = try await books(
            ["own.key": Self.lockedKey], password: "\n    keyPasswordEnv: COLEND_HARBOR_PASS")
        #expect(try await locked.colend("config check").exit == 0)
        let missing = try await locked.colend(
            ["config", "check"], environment: ["COLEND_HARBOR_PASS_FILE": "nowhere"])
        #expect(missing.exit == 78)
        #expect(missing.codes == ["CONF-018"])
        #expect(missing.errors.contains("line.tls.keyPasswordEnv"))
        let folder = try await books(["ca.pem": ""])
        try folder.folder.write("", to: "Config/tls/ca.pem/inside")
        let outcome = try await folder.colend("config check")
        #expect(outcome.errors.contains("Config/tls/ca.pem is no regular file"))
    }

    @Test func `a variable that names a path is told as the place`() async throws {
        let outcome = try await books().colend(
            ["config", "check"],
            environment: ["COLEND_PARTIES_HARBOR_LINE_TLS_KEY_FILE": "/nowhere/own.key"])
        #expect(outcome.exit == 78)
        #expect(
            outcome.errors.hasPrefix(
                "CONF-001: the file /nowhere/own.key is not there, at line.tls.keyFile "
                    + "(environment COLEND_PARTIES_HARBOR_LINE_TLS_KEY_FILE)"))
    }

    @Test func `a key that others can read is told by the doctor`() async throws {
        let books = try await books()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644],
            ofItemAtPath: books.folder.path("Config/tls/own.key"))
        let outcome = try await books.colend("doctor --offline")
        #expect(outcome.exit == 2)
        #expect(outcome.output.contains("certificate key of harbor"))
        #expect(outcome.output.contains("is open to others (644)"))
    }
}
