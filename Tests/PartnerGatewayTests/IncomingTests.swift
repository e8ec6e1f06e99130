// What a partner sends on its own: proven, in time, and once.

import LendingRules
import Operations
import PartnerGateway
import TestSupport
import Testing

@Suite struct IncomingTests {
    static let now: Int64 = 1_767_225_600
    static let secret = SigningSecret(Array("harbor-secret".utf8))

    /// A good message, or one with a header changed, doubled or taken away.
    private func message(
        nonce: String = "nonce-0001", timestamp: String = "1767225600", key: String = "harbor",
        method: String = "POST", target: String = "/v1/partners/harbor/callbacks",
        without: String? = nil, doubled: String? = nil, secret: SigningSecret = secret
    ) throws -> IncomingCall {
        let body = Array(#"{"key":"L1.harbor.1","state":"confirmed"}"#.utf8)
        let text = SignedText.request(
            method: method, target: target, timestamp: Int64(timestamp) ?? 0, nonce: nonce,
            body: body)
        let signer = MessageSigner(secrets: [secret])
        var headers = [
            (name: "Host", value: "platform"), (name: "colend-key", value: key),
            (name: "colend-timestamp", value: timestamp), (name: "colend-nonce", value: nonce),
            (name: "COLEND-SIGNATURE", value: try signer.signatures(of: text, now: Self.now)),
        ]
        headers.removeAll { $0.name.lowercased() == without }
        headers += headers.filter { $0.name.lowercased() == doubled }
        return IncomingCall(
            party: "harbor", method: method, target: target, headers: headers, body: body)
    }

    private func refusal(_ message: IncomingCall, now: Int64 = now) -> IncomingRefusal? {
        do throws(IncomingRefusal) {
            _ = try verifier.verify(message, now: now)
            return nil
        } catch {
            return error
        }
    }

    private let verifier = IncomingVerifier([
        "harbor": (PartyID("harbor"), MessageSigner(secrets: [secret]))
    ])

    @Test func `a good message proves its party, nonce and last second`() throws {
        let verified = try verifier.verify(message(), now: Self.now + 12)
        #expect(verified.party == PartyID("harbor"))
        #expect(verified.nonce == "nonce-0001")
        #expect(verified.expiresAt == Self.now + 300)
    }

    @Test(arguments: [
        ("colend-key", "Colend-Key"), ("colend-timestamp", "Colend-Timestamp"),
        ("colend-nonce", "Colend-Nonce"), ("colend-signature", "Colend-Signature"),
    ])
    func `every header must be there, and all but signatures once`(
        header: String, name: String
    ) throws {
        #expect(refusal(try message(without: header)) == .missingHeader(name))
        let doubled = refusal(try message(doubled: header))
        #expect(doubled == (header == "colend-signature" ? nil : .malformedHeader(name)))
    }

    @Test(arguments: [
        "", "short", String(repeating: "n", count: 129), "nonce 0001", "nonce\n0001",
        "nonce-\u{e9}1",
    ])
    func `a nonce is 8 to 128 visible characters`(nonce: String) throws {
        #expect(refusal(try message(nonce: nonce)) == .malformedHeader("Colend-Nonce"))
    }

    @Test(arguments: ["", "+1767225600", "1767225600.0", "0x10", "99999999999999999999", "-5"])
    func `a timestamp is plain seconds`(timestamp: String) throws {
        let refused = refusal(try message(timestamp: timestamp))
        #expect(refused == .malformedHeader("Colend-Timestamp"))
    }

    @Test(arguments: [(-300, true), (300, true), (-301, false), (301, false)])
    func `the clocks may differ by 300 seconds`(seconds: Int64, passes: Bool) throws {
        let refused = refusal(try message(), now: Self.now + seconds)
        #expect(refused == (passes ? nil : .outsideWindow(seconds: seconds)))
    }

    @Test func `a name nobody has, a strange secret and a strange target are refused`() throws {
        #expect(refusal(try message(key: "meridian")) == .unknownKey)
        #expect(refusal(try message(key: "Harbor")) == .unknownKey)
        let forged = SigningSecret(Array("forged".utf8))
        #expect(refusal(try message(secret: forged)) == .badSignature)
        #expect(refusal(try message(target: "/v1/x\n1767225600")) == .badSignature)
        #expect(refusal(try message(method: "POST\n")) == .badSignature)
    }

    @Test func `a refusal has a word that says nothing about keys`() {
        let refusals: [IncomingRefusal] = [
            .missingHeader("x"), .malformedHeader("x"), .unknownKey, .outsideWindow(seconds: 9),
            .badSignature, .noValidKey,
        ]
        #expect(
            refusals.map(\.code) == [
                "missing-header", "malformed-header", "unknown-key", "outside-window",
                "bad-signature", "bad-signature",
            ])
    }

    /// A message with anything at all in its headers is refused or is the good one, never worse.
    @Test func `no spoiled header passes`() throws {
        let good = try message()
        try Property.check(20_000) { generator in
            var headers = good.headers
            let index = generator.pick(1...headers.count - 1)
            var value = Array(headers[index].value.utf8)
            let place = generator.pick(0...value.count - 1)
            value[place] ^= 1 << generator.pick(0...6)
            headers[index].value = String(decoding: value, as: UTF8.self)
            let spoiled = IncomingCall(
                party: good.party, method: good.method, target: good.target, headers: headers,
                body: good.body)
            try hold(refusal(spoiled) != nil, "\(headers[index]) passes")
        }
    }
}
