// Signatures: a fixed vector, and everything that must not pass.

import PartnerGateway
import Testing

@Suite struct SigningTests {
    static let secret = SigningSecret(Array("harbor-secret".utf8))
    static let other = SigningSecret(Array("another-secret".utf8))
    static let body = Array(#"{"key":"L1.harbor.1","amount":"70.00"}"#.utf8)
    static let answer = Array(#"{"state":"accepted"}"#.utf8)
    // Computed with openssl dgst -sha256 -hmac and Python's hmac.
    static let requestSignature = "DOH3K4aktP2gBpsIQCLWGfnbBVZEnAaKy7dbBxoKLFY="
    static let answerSignature = "tew7DRe4Dz2vosnEfxx64YtlFjOzJaMVPnQl8JdYt6k="
    static let sentAt: Int64 = 1_767_225_600

    @Test func `the signed text is the protocol's to the byte`() throws {
        let text = SignedText.request(
            method: "POST", target: "/v1/funding-requests?x=1", timestamp: Self.sentAt,
            nonce: "nonce-0001", body: Self.body)
        #expect(
            text == "POST\n/v1/funding-requests?x=1\n1767225600\nnonce-0001\n"
                + "4ea3fed587cdb10d02e6e354d222d7ef9020ca82f0efb379e219d297eb843909")
        let signer = MessageSigner(secrets: [Self.secret])
        #expect(try signer.signatures(of: text, now: Self.sentAt) == "v1=" + Self.requestSignature)
    }

    @Test func `the empty body has the digest of nothing`() {
        let text = SignedText.request(
            method: "GET", target: "/", timestamp: 1, nonce: "n", body: [])
        #expect(
            text.hasSuffix("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
    }

    @Test func `during a rotation every secret signs`() throws {
        let signer = MessageSigner(secrets: [Self.secret, Self.other])
        let lines = try signer.signatures(of: "x", now: Self.sentAt).split(separator: ",")
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.hasPrefix("v1=") })
    }

    private func verify(
        status: Int = 201, body: [UInt8] = answer, nonce: String = "nonce-0001",
        timestamp: String? = "1767225601", signatures: [String] = ["v1=" + answerSignature],
        secrets: [SigningSecret] = [secret], now: Int64 = sentAt + 1
    ) -> SignatureFault? {
        do throws(SignatureFault) {
            try MessageSigner(secrets: secrets).verifyAnswer(
                status: status, body: body, requestNonce: nonce, timestamp: timestamp,
                signatures: signatures, now: now)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a genuine answer passes, whichever of several signatures is ours`() {
        #expect(verify() == nil)
        let genuine = "v1=" + Self.answerSignature
        #expect(verify(signatures: ["v1=AAAA, \(genuine)"]) == nil)
        #expect(verify(signatures: ["v2=xyz", "v1=AAAA", genuine]) == nil)
        #expect(verify(secrets: [Self.other, Self.secret]) == nil)
    }

    @Test func `an answer that was changed in any part does not pass`() {
        #expect(verify(status: 200) == .mismatch)
        #expect(verify(body: Self.answer + [0x20]) == .mismatch)
        #expect(verify(nonce: "nonce-0002") == .mismatch)
        #expect(verify(timestamp: "1767225602") == .mismatch)
        #expect(verify(secrets: [Self.other]) == .mismatch)
        #expect(verify(body: []) == .mismatch)
    }

    @Test(arguments: [
        [], [""], ["v1="], ["v1=AAAA"], ["v2=tew7DRe4Dz2vosnEfxx64YtlFjOzJaMVPnQl8JdYt6k="],
        ["tew7DRe4Dz2vosnEfxx64YtlFjOzJaMVPnQl8JdYt6k="],
        ["v1=tew7DRe4Dz2vosnEfxx64YtlFjOzJaMVPnQl8JdYt6k"],
        ["v1=uew7DRe4Dz2vosnEfxx64YtlFjOzJaMVPnQl8JdYt6k="],
    ])
    func `a missing, shortened or altered signature does not pass`(signatures: [String]) {
        let fault = verify(signatures: signatures)
        #expect(fault == .noSignature || fault == .mismatch)
    }

    @Test func `only the first few signatures are looked at`() {
        let filler = Array(repeating: "v1=AAAA", count: 8)
        #expect(verify(signatures: filler + ["v1=" + Self.answerSignature]) == .mismatch)
    }

    @Test(arguments: [(-300, true), (300, true), (-301, false), (301, false)])
    func `the clocks may differ by 300 seconds`(seconds: Int64, passes: Bool) {
        let fault = verify(now: Self.sentAt + 1 + seconds)
        #expect(fault == (passes ? nil : .outsideWindow(seconds: seconds)))
    }

    @Test(arguments: [
        nil, "", "+1767225601", " 1767225601", "1767225601.0", "99999999999999999999",
        "-9223372036854775808",
    ])
    func `an answer needs a timestamp of plain seconds`(timestamp: String?) {
        #expect(verify(timestamp: timestamp) == .noTimestamp)
    }

    @Test func `a request sent to us is checked in the same way`() throws {
        func verify(target: String) throws {
            try MessageSigner(secrets: [Self.secret]).verifyRequest(
                method: "POST", target: target, body: Self.body, nonce: "nonce-0001",
                timestamp: "1767225600", signatures: ["v1=" + Self.requestSignature],
                now: Self.sentAt)
        }
        try verify(target: "/v1/funding-requests?x=1")
        #expect(throws: SignatureFault.mismatch) { try verify(target: "/v1/funding-requests") }
    }

    @Test func `a secret does not show itself`() {
        #expect(!"\(Self.secret)".contains("harbor"))
        #expect(!String(reflecting: Self.secret).contains("harbor"))
        var dumped = ""
        dump(Self.secret, to: &dumped)
        #expect(!dumped.contains("104"))
    }
}
