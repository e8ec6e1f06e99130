// Callbacks: who sent them is proven, and what they say is read to the letter.

import LendingRules
import Monetary
import Operations
import PartnerGateway
import TestSupport
import Testing

@Suite struct CallbackTests {
    static let path = "/v1/partners/harbor/callbacks"
    static let sentAt: Int64 = 1_767_225_600
    static let secrets = [PartyID("harbor"): "harbor-secret", PartyID("meridian"): "other-secret"]
    static let body =
        #"{"key":"L1.harbor.1","state":"accepted","amount":"700.00","currency":"USD","#
        + #""reference":"HB-1","valueDate":"2026-01-01","sequence":3}"#

    private static func signer(_ party: String) -> MessageSigner {
        let secret = secrets[PartyID(party)] ?? "nobody's"
        return MessageSigner(secrets: [SigningSecret(Array(secret.utf8))])
    }

    private static let verifier = ProtocolV1Callbacks(
        IncomingVerifier([
            "harbor": (party: PartyID("harbor"), signer: signer("harbor")),
            "meridian": (party: PartyID("meridian"), signer: signer("meridian")),
        ]))

    /// A call that a party has signed; parts of it can be changed afterwards.
    struct Call {
        var party = "harbor"
        var method = "POST"
        var target = CallbackTests.path
        var headers: [(name: String, value: String)]
        var body: [UInt8]

        init(
            _ body: String = CallbackTests.body, by party: String = "harbor",
            nonce: String = "nonce-0001", at time: Int64 = CallbackTests.sentAt
        ) throws {
            self.body = Array(body.utf8)
            let text = SignedText.request(
                method: "POST", target: CallbackTests.path, timestamp: time, nonce: nonce,
                body: self.body)
            let signed = try CallbackTests.signer(party).signatures(of: text, now: time)
            headers = [
                ("Colend-Key", party), ("colend-timestamp", "\(time)"), ("COLEND-NONCE", nonce),
                ("Colend-Signature", signed),
            ]
        }

        func verified(now: Int64 = CallbackTests.sentAt) -> Result<
            PartnerCallback, CallbackRefusal
        > {
            let call = IncomingCall(
                party: party, method: method, target: target, headers: headers, body: body)
            do throws(CallbackRefusal) {
                return .success(try CallbackTests.verifier.verify(call, now: now))
            } catch {
                return .failure(error)
            }
        }
    }

    @Test func `a genuine call is read, and its proof kept`() throws {
        let callback = try Call().verified().get()
        #expect(callback.party == PartyID("harbor"))
        #expect(callback.key == "L1.harbor.1")
        #expect(callback.word == .accepted)
        #expect(callback.sequence == 3)
        #expect(callback.money?.minorUnits == 70_000)
        #expect(callback.reference == "HB-1")
        #expect(callback.proof.nonce == "nonce-0001")
        #expect(callback.proof.expiresAt == Self.sentAt + 300)
        #expect(callback.proof.content == Self.body)
        #expect(callback.proof.digest.count == 64)
        #expect(callback.proof.signature.hasPrefix("1767225600 v1="))
    }

    @Test func `a word that is repeated in another shape has the same digest`() throws {
        let digest = try Call().verified().get().proof.digest
        let again =
            #"{"sequence":3, "note":"again","currency":"USD","amount":"700.00","#
            + #""state":"accepted","key":"L1.harbor.1"}"#
        #expect(try Call(again).verified().get().proof.digest == digest)
        for (old, new) in [("accepted", "confirmed"), ("700.00", "700.01"), ("USD", "EUR")] {
            let other = again.replacing(old, with: new)
            #expect(try Call(other).verified().get().proof.digest != digest)
        }
    }

    @Test(arguments: [-300, 0, 300] as [Int64])
    func `a clock may be 300 seconds apart`(seconds: Int64) throws {
        #expect((try? Call().verified(now: Self.sentAt + seconds).get()) != nil)
        let beyond = Self.sentAt + seconds + (seconds < 0 ? -1 : 301)
        #expect(try Call().verified(now: beyond) == .failure(.unproven("outside-window")))
    }

    static let forgeries: [(String, String, @Sendable (inout Call) -> Void)] = [
        ("another body", "bad-signature", { $0.body[20] ^= 1 }),
        ("another path", "bad-signature", { $0.target += "?x=1" }),
        ("a line break in the path", "bad-signature", { $0.target = "/a\nb" }),
        ("another method", "bad-signature", { $0.method = "PUT" }),
        ("another nonce", "bad-signature", { $0.headers[2].value = "nonce-0002" }),
        ("another time", "bad-signature", { $0.headers[1].value = "1767225601" }),
        ("another party in the path", "unknown-key", { $0.party = "meridian" }),
        ("an unknown party", "unknown-key", { ($0.party, $0.headers[0].value) = ("x", "x") }),
        ("another's key", "bad-signature", { $0.headers[0].value = "meridian" }),
        (
            "another's name throughout", "bad-signature",
            { ($0.party, $0.headers[0].value) = ("meridian", "meridian") }
        ),
        ("no key", "missing-header", { $0.headers.remove(at: 0) }),
        ("no time", "missing-header", { $0.headers.remove(at: 1) }),
        ("no nonce", "missing-header", { $0.headers.remove(at: 2) }),
        ("no signature", "missing-header", { $0.headers.remove(at: 3) }),
        ("two keys", "malformed-header", { $0.headers.append(("colend-key", "harbor")) }),
        ("two nonces", "malformed-header", { $0.headers.append(("Colend-Nonce", "nonce-0001")) }),
        ("a short nonce", "malformed-header", { $0.headers[2].value = "short" }),
        (
            "an endless nonce", "malformed-header",
            { $0.headers[2].value = String(repeating: "n", count: 129) }
        ),
        ("a time of words", "malformed-header", { $0.headers[1].value = "today" }),
        ("a negative time", "malformed-header", { $0.headers[1].value = "-1" }),
        ("an endless time", "outside-window", { $0.headers[1].value = "9223372036854775807" }),
        ("signed by nobody", "malformed-header", { $0.headers[3].value = "v2=abc" }),
        ("garbage signed", "bad-signature", { $0.headers[3].value = "v1=%%%" }),
    ]

    @Test(arguments: forgeries.indices)
    func `whatever was changed after signing is unproven`(index: Int) throws {
        let (what, reason, change) = Self.forgeries[index]
        var call = try Call()
        change(&call)
        #expect(call.verified() == .failure(.unproven(reason)), "\(what)")
    }

    @Test(arguments: [
        "", "null", "[]", "{", #"{"key":"K"}"#, #"{"key":"","state":"accepted","sequence":1}"#,
        #"{"key":"K","state":"paid","sequence":1}"#, #"{"key":"K","state":"refused"}"#,
        #"{"key":"K","state":"refused","sequence":-1}"#,
        #"{"key":"K","state":"refused","sequence":1.5}"#,
        #"{"key":"K","state":"refused","sequence":"1"}"#,
        #"{"key":"K","state":"refused","sequence":1e3}"#,
        #"{"key":"K","state":"refused","sequence":9223372036854775808}"#,
        #"{"key":"K","state":"refused","sequence":1,"sequence":2}"#,
        #"{"key":7,"state":"refused","sequence":1}"#,
        #"{"key":"K\u0000","state":"refused","sequence":1}"#,
        #"{"key":"K\n","state":"refused","sequence":1}"#,
        #"{"key":"K","state":"accepted","amount":7,"currency":"USD","sequence":1}"#,
        #"{"key":"K","state":"accepted","amount":"7.001","currency":"USD","sequence":1}"#,
        #"{"key":"K","state":"accepted","amount":"7.00","sequence":1}"#,
        #"{"key":"K","state":"accepted","amount":"7.00","currency":"???","sequence":1}"#,
        #"{"key":"K","state":"refused","reference":"=1+1","sequence":1}"#,
        #"{"key":"K","state":"refused","valueDate":"2026-02-30","sequence":1}"#,
    ])
    func `a proven body that is not to the letter is unreadable`(body: String) throws {
        guard case .failure(.unreadable(let what)) = try Call(body).verified() else {
            Issue.record("\(body) was read")
            return
        }
        #expect(!what.isEmpty)
    }

    @Test func `a key too long to be ours is unreadable`() throws {
        let key = String(repeating: "k", count: 301)
        let body = #"{"key":"\#(key)","state":"refused","sequence":1}"#
        #expect(try Call(body).verified() == .failure(.unreadable("'key' is no key of ours")))
    }

    @Test func `bytes that are no text are unreadable`() throws {
        var call = try Call()
        call.body = [0x22, 0xFF, 0xFE, 0x22]
        let text = SignedText.request(
            method: "POST", target: Self.path, timestamp: Self.sentAt, nonce: "nonce-0001",
            body: call.body)
        call.headers[3].value = try Self.signer("harbor").signatures(of: text, now: Self.sentAt)
        guard case .failure(.unreadable) = call.verified() else {
            Issue.record("it was read")
            return
        }
    }

    @Test func `a thousand random changes never pass and never crash`() throws {
        for seed in UInt64(1)...1_000 {
            var generator = SeededGenerator(seed: seed)
            var call = try Call()
            if generator.isOne(in: 2) {
                call.body[generator.pick(0...call.body.count - 1)] ^= UInt8(
                    generator.pick(1...255))
            } else {
                let place = generator.pick(0...3)
                var bytes = Array(call.headers[place].value.utf8)
                bytes[generator.pick(0...bytes.count - 1)] ^= UInt8(generator.pick(1...127))
                call.headers[place].value = String(decoding: bytes, as: UTF8.self)
            }
            guard case .failure(.unproven) = call.verified() else {
                Issue.record("seed \(seed) passed")
                return
            }
        }
    }
}
