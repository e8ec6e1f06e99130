// Texts that are no key for their profile: each is told precisely, and none is repeated.

import PartnerGateway
import TestSupport
import Testing

@Suite struct KeyFaultTests {
    private func own(_ text: String, _ profile: SignatureProfile) -> KeyFault? {
        do throws(KeyFault) {
            _ = try SigningKey(Array(text.utf8), profile: profile)
            return nil
        } catch {
            return error
        }
    }

    private func partner(_ text: String, _ profile: SignatureProfile) -> KeyFault? {
        do throws(KeyFault) {
            _ = try VerifyingKey(Array(text.utf8), profile: profile)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [SignatureProfile.ed25519, .rsaPSS, .rsaPKCS1, .sm2(.der), .sm2(.raw)])
    func `text that is no PEM is told as such`(profile: SignatureProfile) {
        for text in ["hunter2", "\n", "MC4CAQAwBQYDK2Vw", "-- BEGIN PRIVATE KEY --"] {
            #expect(own(text, profile) == .notPEM)
            #expect(partner(text, profile) == .notPEM)
        }
        #expect(own("", profile) == .empty)
        #expect(partner("", profile) == .empty)
        for body in ["", "hunter2", "MC4CAQAwBQYDK2Vw", String(repeating: "A", count: 60_000)] {
            let (closed, open) = ("PRIVATE KEY", "PUBLIC KEY")
            let wrap = { (label: String) in
                "-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n"
            }
            #expect(own(wrap(closed), profile) == .unreadable)
            #expect(partner(wrap(open), profile) == .unreadable)
        }
    }

    @Test func `the wrong half of a pair is told as such`() async throws {
        for (kind, profile) in [
            (SampleKeys.Kind.ed25519, SignatureProfile.ed25519), (.rsa, .rsaPSS),
            (.sm2, .sm2(.der)),
        ] {
            let keys = try await SampleKeys.shared(kind)
            #expect(own(keys.publicPEM, profile) == .privateExpected)
            #expect(partner(keys.privatePEM, profile) == .publicExpected)
            #expect(own(keys.privatePEM, profile) == nil)
            #expect(partner(keys.publicPEM, profile) == nil)
        }
    }

    @Test func `a key of another kind is told with both kinds`() async throws {
        let names: [(SampleKeys.Kind, String)] = [
            (.ed25519, "ED25519"), (.rsa, "RSA"), (.sm2, "SM2"), (.p256, "EC"),
        ]
        let wanted: [(SignatureProfile, String)] = [
            (.ed25519, "ED25519"), (.rsaPSS, "RSA"), (.rsaPKCS1, "RSA"), (.sm2(.raw), "SM2"),
        ]
        for (kind, found) in names {
            let keys = try await SampleKeys.shared(kind)
            for (profile, name) in wanted where name != found {
                let fault = KeyFault.wrongKind(found: found, wanted: name)
                #expect(own(keys.privatePEM, profile) == fault)
                #expect(partner(keys.publicPEM, profile) == fault)
            }
        }
    }

    @Test func `an RSA key below 2048 bits is refused`() async throws {
        let keys = try await SampleKeys.shared(.shortRSA)
        #expect(own(keys.privatePEM, .rsaPSS) == .tooShort(bits: 1_024))
        #expect(partner(keys.publicPEM, .rsaPKCS1) == .tooShort(bits: 1_024))
    }

    @Test func `a key under a pass phrase is refused and nobody is asked for it`() async throws {
        let keys = try await SampleKeys.shared(.ed25519)
        let folder = try TemporaryFolder()
        let file = try folder.write(keys.privatePEM, to: "key")
        let locked = try await Tool.run(
            "openssl", ["pkey", "-in", file, "-aes256", "-passout", "pass:hunter2"])
        try #require(locked.exit == 0, "\(locked.output)")
        #expect(own(locked.output, .ed25519) == .encrypted)
    }

    @Test func `keys in older forms and with texts around them are read`() async throws {
        let keys = try await SampleKeys.shared(.rsa)
        let folder = try TemporaryFolder()
        let file = try folder.write(keys.privatePEM, to: "key")
        let older = try await Tool.run("openssl", ["rsa", "-in", file, "-traditional"])
        #expect(older.output.contains("BEGIN RSA PRIVATE KEY"))
        #expect(own(older.output, .rsaPSS) == nil)
        #expect(partner("# of Harbor Bank\r\n" + keys.publicPEM, .rsaPSS) == nil)
        #expect(own(keys.privatePEM.replacing("\n", with: "\r\n"), .rsaPSS) == nil)
    }

    @Test(arguments: [
        ("", KeyFault.empty), ("base64:", .empty), ("base64:hunter2", .notBase64),
        ("base64:AAA", .notBase64), ("base64:AAB=", .notBase64), ("base64: AAAA", .notBase64),
    ])
    func `an HMAC secret is some bytes or their base64`(text: String, fault: KeyFault) {
        #expect(own(text, .hmacSHA256) == fault)
        #expect(partner(text, .hmacSHA256) == fault)
    }

    @Test func `neither a fault nor a key shows any of its text`() async throws {
        let keys = try await SampleKeys.shared(.rsa)
        let key = try SigningKey(Array(keys.privatePEM.utf8), profile: .rsaPSS)
        var dumped = ""
        dump(key, to: &dumped)
        let fault = own(keys.privatePEM, .ed25519).map { "\($0) \(String(reflecting: $0))" } ?? ""
        #expect(fault.contains("it is a key for RSA, not for ED25519"))
        for text in [dumped, "\(key)", String(reflecting: key), fault] {
            for line in keys.secretLines { #expect(!text.contains(line)) }
        }
    }
}
