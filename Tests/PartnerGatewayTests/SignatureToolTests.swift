// What we sign is read by programs of others, and what they sign by us.

import Foundation
import PartnerGateway
import TestSupport
import Testing

@Suite struct SignatureToolTests {
    /// A profile with the words by which `openssl` is told of it.
    struct Way: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let profile: SignatureProfile
        let kind: SampleKeys.Kind
        let words: [String]

        static let pss =
            ["-rawin", "-digest", "sha256", "-pkeyopt", "rsa_padding_mode:pss"]
            + ["-pkeyopt", "rsa_pss_saltlen:digest"]
        static let all = [
            Way(
                testDescription: "Ed25519", profile: .ed25519, kind: .ed25519, words: ["-rawin"]),
            Way(
                testDescription: "RSA PKCS #1 v1.5", profile: .rsaPKCS1, kind: .rsa,
                words: ["-rawin", "-digest", "sha256"]),
            Way(testDescription: "RSA-PSS", profile: .rsaPSS, kind: .rsa, words: pss),
            Way(
                testDescription: "SM2", profile: .sm2(.der), kind: .sm2,
                words: ["-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678"]),
        ]
    }

    static let text = "POST\n/v1/funding-requests\n1767225600\nnonce-0001\nabc"

    @Test(arguments: Way.all)
    func `openssl accepts what we sign, and we what it signs`(way: Way) async throws {
        let keys = try await SampleKeys.shared(way.kind)
        let folder = try TemporaryFolder()
        let text = try folder.write(Self.text, to: "text")
        let secret = try folder.write(keys.privatePEM, to: "private")
        let open = try folder.write(keys.publicPEM, to: "public")
        let own = try SigningKey(Array(keys.privatePEM.utf8), profile: way.profile)
        let made = try #require(own.signature(of: Array(Self.text.utf8)))
        let signature = try folder.write(Data(made), to: "ours")
        let checking = ["pkeyutl", "-verify", "-pubin", "-inkey", open, "-sigfile", signature]
        let verified = try await Tool.run("openssl", checking + ["-in", text] + way.words)
        #expect(verified.exit == 0, "\(verified.output)")
        let other = try folder.write(Self.text + " ", to: "other")
        let refused = try await Tool.run("openssl", checking + ["-in", other] + way.words)
        #expect(refused.exit != 0)

        let theirs = folder.path("theirs")
        let signed = try await Tool.run(
            "openssl",
            ["pkeyutl", "-sign", "-inkey", secret, "-in", text, "-out", theirs] + way.words)
        #expect(signed.exit == 0, "\(signed.output)")
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: theirs)))
        let partner = try VerifyingKey(Array(keys.publicPEM.utf8), profile: way.profile)
        #expect(partner.isSignature(bytes, of: Array(Self.text.utf8)))
        #expect(!partner.isSignature(bytes, of: Array("\(Self.text) ".utf8)))
    }

    @Test func `an SM2 signature under another distinguishing id does not pass`() async throws {
        let keys = try await SampleKeys.shared(.sm2)
        let folder = try TemporaryFolder()
        let text = try folder.write(Self.text, to: "text")
        let secret = try folder.write(keys.privatePEM, to: "private")
        let partner = try VerifyingKey(Array(keys.publicPEM.utf8), profile: .sm2(.der))
        for id in ["1234567812345679", "", "ALICE123@YAHOO.COM"] {
            let signed = try await Tool.run(
                "openssl",
                ["pkeyutl", "-sign", "-inkey", secret, "-in", text, "-out", folder.path("it")]
                    + ["-rawin", "-digest", "sm3", "-pkeyopt", "distid:\(id)"])
            try #require(signed.exit == 0, "\(signed.output)")
            let bytes = [UInt8](try Data(contentsOf: folder.url.appending(path: "it")))
            #expect(!partner.isSignature(bytes, of: Array(Self.text.utf8)))
        }
    }

    @Test func `a PSS signature with a salt of another length does not pass`() async throws {
        let keys = try await SampleKeys.shared(.rsa)
        let folder = try TemporaryFolder()
        let text = try folder.write(Self.text, to: "text")
        let secret = try folder.write(keys.privatePEM, to: "private")
        let partner = try VerifyingKey(Array(keys.publicPEM.utf8), profile: .rsaPSS)
        for (salt, passes) in [("32", true), ("0", false), ("20", false), ("max", false)] {
            let signed = try await Tool.run(
                "openssl",
                ["pkeyutl", "-sign", "-inkey", secret, "-in", text, "-out", folder.path("it")]
                    + Way.pss.dropLast() + ["rsa_pss_saltlen:\(salt)"])
            try #require(signed.exit == 0, "\(signed.output)")
            let bytes = [UInt8](try Data(contentsOf: folder.url.appending(path: "it")))
            #expect(partner.isSignature(bytes, of: Array(Self.text.utf8)) == passes, "\(salt)")
        }
    }

    @Test(.enabled(if: Tool.isPythonWanted("gmssl")))
    func `gmssl accepts our SM2 signatures, and we its`() async throws {
        let script = """
            import sys
            from gmssl import sm2, sm3, func
            mine, text = sys.argv[3], sys.argv[4].encode()
            key = sm2.CryptSM2(private_key=sys.argv[1], public_key=sys.argv[2])
            assert sm3.sm3_hash(func.bytes_to_list(b"abc")) == (
                "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
            print(key.verify_with_sm3(mine, text), key.verify_with_sm3(mine, text + b" "))
            print(key.sign_with_sm3(text))
            """
        let own = try SM2Standard.signing(.raw)
        let made = try #require(own.signature(of: Array(Self.text.utf8)))
        let hex = made.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let outcome = try await Tool.run(
            "python", ["-c", script, SM2Standard.secret, SM2Standard.point, hex, Self.text])
        #expect(outcome.exit == 0, "\(outcome.output)")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(lines.first == "True False")
        let partner = try SM2Standard.verifying(.raw)
        let theirs = hexBytes(lines.last ?? "")
        #expect(partner.isSignature(theirs, of: Array(Self.text.utf8)))
        #expect(!partner.isSignature(theirs, of: Array("\(Self.text) ".utf8)))
    }
}
