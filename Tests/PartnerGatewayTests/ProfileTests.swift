// Every profile behind one signer: what passes, what does not, and whose keys count when.

import PartnerGateway
import TestSupport
import Testing

/// The profiles and the kind of key that each needs; HMAC needs none of openssl's.
struct ProfileCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let profile: SignatureProfile
    let kind: SampleKeys.Kind?

    static let all = [
        ProfileCase(testDescription: "HMAC", profile: .hmacSHA256, kind: nil),
        ProfileCase(testDescription: "Ed25519", profile: .ed25519, kind: .ed25519),
        ProfileCase(testDescription: "RSA-PSS", profile: .rsaPSS, kind: .rsa),
        ProfileCase(testDescription: "RSA PKCS #1 v1.5", profile: .rsaPKCS1, kind: .rsa),
        ProfileCase(testDescription: "SM2, DER", profile: .sm2(.der), kind: .sm2),
        ProfileCase(testDescription: "SM2, raw", profile: .sm2(.raw), kind: .sm2),
    ]

    /// Our key and the partner's of one pair; another pair with `isOther`.
    func keys(isOther: Bool = false, validity: KeyValidity = KeyValidity()) async throws
        -> (own: SigningKey, partner: VerifyingKey)
    {
        let (secret, open) = try await texts(isOther)
        return (
            try SigningKey(Array(secret.utf8), profile: profile, validity: validity),
            try VerifyingKey(Array(open.utf8), profile: profile, validity: validity)
        )
    }

    private func texts(_ isOther: Bool) async throws -> (String, String) {
        guard let kind else {
            let secret = isOther ? "another-secret" : "harbor-secret"
            return (secret, secret)
        }
        let keys = try await SampleKeys.shared(kind, isOther ? 1 : 0)
        return (keys.privatePEM, keys.publicPEM)
    }

    func signer() async throws -> MessageSigner {
        let keys = try await keys()
        return MessageSigner(own: [keys.own], partner: [keys.partner])
    }
}

@Suite struct ProfileTests {
    static let now: Int64 = 1_767_225_600
    static let body = Array(#"{"key":"L1.harbor.1"}"#.utf8)

    /// A request as it is signed, or with one part changed after that.
    struct Request {
        var method = "POST"
        var target = "/v1/partners/harbor/callbacks?x=1"
        var nonce = "nonce-0001"
        var timestamp = ProfileTests.now
        var body = ProfileTests.body

        func fault(_ signer: MessageSigner, _ signature: String) -> SignatureFault? {
            do throws(SignatureFault) {
                try signer.verifyRequest(
                    method: method, target: target, body: body, nonce: nonce,
                    timestamp: String(timestamp), signatures: [signature], now: ProfileTests.now)
                return nil
            } catch {
                return error
            }
        }

        func signature(_ signer: MessageSigner) throws -> String {
            let text = SignedText.request(
                method: method, target: target, timestamp: timestamp, nonce: nonce, body: body)
            return try signer.signatures(of: text, now: ProfileTests.now)
        }
    }

    @Test(arguments: ProfileCase.all)
    func `a request passes as it was signed and with no part changed`(
        profile: ProfileCase
    ) async throws {
        let signer = try await profile.signer()
        let signature = try Request().signature(signer)
        #expect(Request().fault(signer, signature) == nil)
        let changed = [
            Request(method: "GET"), Request(target: "/v1/partners/harbor/callbacks"),
            Request(target: "/v1/partners/harbor/callbacks?x=2"),
            Request(nonce: "nonce-0002"), Request(timestamp: Self.now + 1),
            Request(timestamp: Self.now - 1), Request(body: Self.body + [0x20]),
            Request(body: []),
        ]
        for request in changed {
            #expect(request.fault(signer, signature) == .mismatch, "\(request)")
        }
    }

    @Test(arguments: ProfileCase.all)
    func `a shortened, lengthened or respelled signature does not pass`(
        profile: ProfileCase
    ) async throws {
        let signer = try await profile.signer()
        let signature = try Request().signature(signer)
        for count in 1...12 {
            #expect(Request().fault(signer, String(signature.dropLast(count))) == .mismatch)
        }
        for more in ["A", "=", "AAAA", "\n"] {
            #expect(Request().fault(signer, signature + more) == .mismatch)
        }
        #expect(Request().fault(signer, "v1=") == .mismatch)
        #expect(Request().fault(signer, "") == .noSignature)
        let long = "v1=" + String(repeating: "A", count: 4_000_000)
        #expect(Request().fault(signer, long) == .noSignature)
    }

    @Test(arguments: ProfileCase.all)
    func `no flipped bit of a signature or a text passes`(profile: ProfileCase) async throws {
        let keys = try await profile.keys()
        let text = Array("POST\n/v1/funding-requests\n1767225600\nnonce-0001\nabc".utf8)
        let signature = try #require(keys.own.signature(of: text))
        try Property.check(20_000) { generator in
            var (spoiled, other) = (signature, text)
            if generator.isOne(in: 2) {
                spoiled[generator.pick(0...spoiled.count - 1)] ^= 1 << generator.pick(0...7)
            } else {
                other[generator.pick(0...other.count - 1)] ^= 1 << generator.pick(0...7)
            }
            let passes = keys.partner.isSignature(spoiled, of: other)
            try hold(!passes, "\(spoiled) passes for \(other)")
        }
        #expect(keys.partner.isSignature(signature, of: text))
    }

    @Test(arguments: ProfileCase.all)
    func `neither another key's signature nor another profile's passes`(
        profile: ProfileCase
    ) async throws {
        let signer = try await profile.signer()
        let other = try await profile.keys(isOther: true)
        let strange = MessageSigner(own: [other.own], partner: [other.partner])
        #expect(Request().fault(signer, try Request().signature(strange)) == .mismatch)
        for another in ProfileCase.all where another.profile != profile.profile {
            let signature = try Request().signature(try await another.signer())
            #expect(
                Request().fault(signer, signature) == .mismatch, "\(another.testDescription)")
        }
    }

    @Test(arguments: ProfileCase.all)
    func `during a rotation both keys sign, and either one is enough`(
        profile: ProfileCase
    ) async throws {
        let old = try await profile.keys()
        let new = try await profile.keys(isOther: true)
        let both = MessageSigner(own: [old.own, new.own], partner: [old.partner, new.partner])
        let signatures = try Request().signature(both)
        #expect(signatures.split(separator: ",").count == 2)
        for keys in [old, new] {
            let alone = MessageSigner(own: [keys.own], partner: [keys.partner])
            #expect(Request().fault(alone, signatures) == nil)
            #expect(Request().fault(both, try Request().signature(alone)) == nil)
        }
    }

    @Test(arguments: ProfileCase.all)
    func `a key counts from its first second to its last`(profile: ProfileCase) async throws {
        let now = Self.now
        for (validity, counts) in [
            (KeyValidity(from: now, until: now + 1), true),
            (KeyValidity(from: now + 1), false), (KeyValidity(until: now), false),
        ] {
            let keys = try await profile.keys(validity: validity)
            let always = try await profile.keys()
            let signing = MessageSigner(own: [keys.own], partner: [always.partner])
            let checking = MessageSigner(own: [always.own], partner: [keys.partner])
            let signature = try Request().signature(checking)
            #expect(Request().fault(checking, signature) == (counts ? nil : .noValidKey))
            if counts {
                #expect(try !Request().signature(signing).isEmpty)
            } else {
                #expect(throws: SignatureFault.noValidKey) { try Request().signature(signing) }
            }
        }
    }

    @Test func `without a valid key nothing is sent`() async throws {
        let past = KeyValidity(until: Samples.now)
        let keys = try await ProfileCase.all[1].keys(validity: past)
        let partner = ScriptedPartner(status: 201, "")
        let signer = MessageSigner(own: [keys.own], partner: [keys.partner])
        let client = try #require(partner.client(signer: signer))
        #expect(await client.send(try Samples.request()).kind == "notSent")
        #expect(partner.sent.isEmpty)
    }

    @Test(arguments: ProfileCase.all)
    func `threads share a key`(profile: ProfileCase) async throws {
        let signer = try await profile.signer()
        let faults = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try (0..<10).count { index in
                        let request = Request(nonce: "nonce-\(number)-\(index)")
                        return request.fault(signer, try request.signature(signer)) != nil
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(faults == 0)
    }
}
