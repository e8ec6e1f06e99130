// The client over a scripted wire: what it sends, and what it makes of every end.

import CurlTransport
import LendingRules
import Operations
import PartnerGateway
import Testing

@Suite struct ProtocolV1ClientTests {
    @Test func `a request goes out once, signed over what is sent`() async throws {
        let partner = ScriptedPartner(status: 201, Samples.answer(state: "accepted"))
        let client = try #require(partner.client(baseURL: "http://127.0.0.1:9001/bank/"))
        let request = try Samples.request()
        #expect(await client.send(request).kind == "accepted")
        #expect(partner.sent.count == 1)
        let sent = try #require(partner.sent.first)
        #expect(sent.method == .post)
        #expect(sent.url == "http://127.0.0.1:9001/bank/v1/funding-requests")
        #expect(sent.body == request.wireBody)
        let headers = Dictionary(uniqueKeysWithValues: sent.headers.map { ($0.name, $0.value) })
        #expect(headers["Colend-Key"] == "platform")
        #expect(headers["Content-Type"] == "application/json")
        try MessageSigner(secrets: [Samples.secret]).verifyRequest(
            method: "POST", target: "/bank/v1/funding-requests", body: sent.body,
            nonce: headers["Colend-Nonce"] ?? "", timestamp: headers["Colend-Timestamp"],
            signatures: [headers["Colend-Signature"] ?? ""], now: Samples.now)
    }

    @Test func `asking and reversing name the key in the path`() async throws {
        let partner = ScriptedPartner(status: 200, Samples.answer(state: "reversed"))
        let client = try #require(partner.client())
        #expect(await client.ask(try Samples.request()) == .reversed(isTombstone: false))
        #expect(await client.reverse(try Samples.request()) == .reversed(isTombstone: false))
        #expect(partner.sent.map(\.method) == [.get, .post])
        #expect(partner.sent[0].url.hasSuffix("/v1/funding-requests/LC-1.harbor.1"))
        #expect(partner.sent[1].url.hasSuffix("/v1/funding-requests/LC-1.harbor.1/reversal"))
    }

    @Test func `the wire's own ends keep their meaning and their evidence`() async throws {
        let evidence = Evidence(
            cause: .resendStopped, curlCode: 42, message: "stopped", prereqCalls: 2,
            requestBytes: 900, milliseconds: 12)
        let doubtful = try #require(ScriptedPartner { _ in .unknown(evidence) }.client())
        let answer = await doubtful.send(try Samples.request())
        #expect(answer.kind == "unknown")
        #expect(
            answer.evidence
                == "resendStopped: stopped (sends 2, curl 42, 900 bytes out, 12 ms)")
        let refused = Evidence(cause: .failed, curlCode: 7, message: "no connection")
        let unsent = try #require(ScriptedPartner { _ in .notSent(refused) }.client())
        #expect(await unsent.send(try Samples.request()).kind == "notSent")
        #expect(await unsent.ask(try Samples.request()).kind == "notSent")
        #expect(await unsent.reverse(try Samples.request()).kind == "notSent")
    }

    @Test func `an answer without the partner's own signature is unknown`() async throws {
        let body = Samples.answer(state: "accepted")
        let forged = SigningSecret(Array("forged".utf8))
        let partners = [
            ScriptedPartner { _ in ScriptedPartner.answered(201, body, []) },
            ScriptedPartner { ScriptedPartner.signed(201, body, for: $0, by: forged) },
            ScriptedPartner { request in
                // A genuine answer to some other request.
                let other = ExchangeRequest(
                    method: .get, url: request.url, headers: [("Colend-Nonce", "nonce-0002")])
                return ScriptedPartner.signed(201, body, for: other)
            },
        ]
        for partner in partners {
            let client = try #require(partner.client())
            let answer = await client.send(try Samples.request())
            #expect(answer.kind == "unknown")
            #expect(answer.evidence?.contains("not trusted") == true)
        }
    }

    @Test func `an unsigned 404 is no proof that the key was never seen`() async throws {
        let unsigned = ScriptedPartner { _ in ScriptedPartner.answered(404, "", []) }
        #expect(await unsigned.client()?.ask(try Samples.request()).kind == "unknown")
        let signed = ScriptedPartner(status: 404, "")
        #expect(await signed.client()?.ask(try Samples.request()).kind == "neverSeen")
    }

    @Test(arguments: [
        (200, FileAnswer.stored), (201, .stored), (409, .conflict("digest differs")),
        (422, .unavailable(.init("status 422: digest differs"))),
    ])
    func `putting a file ends as its status says`(status: Int, expected: FileAnswer) async throws {
        let partner = ScriptedPartner(status: status, #"{"reason":"digest differs"}"#)
        let client = try #require(partner.client())
        let file = FileContent(name: "repayments.csv", bytes: [0x61])
        #expect(await client.put(file, on: Samples.date) == expected)
        #expect(partner.sent[0].method == .put)
        #expect(partner.sent[0].url.hasSuffix("/v1/files/2026-01-03/repayments.csv"))
        #expect(partner.sent[0].headers.contains { $0 == ("Content-Type", "text/csv") })
    }

    @Test func `getting a file brings its bytes, or says that it is not there`() async throws {
        let there = try #require(ScriptedPartner(status: 200, "a,b\n").client())
        #expect(
            await there.get("x.csv", on: Samples.date) == .content(Array("a,b\n".utf8)))
        let absent = try #require(ScriptedPartner(status: 404, "").client())
        #expect(await absent.get("x.csv", on: Samples.date) == .absent)
        let unsigned = ScriptedPartner { _ in ScriptedPartner.answered(200, "a,b\n", []) }
        let answer = await unsigned.client()?.get("x.csv", on: Samples.date)
        guard case .unavailable? = answer else {
            Issue.record("a file nobody signed was taken: \(String(describing: answer))")
            return
        }
    }

    @Test func `each party has its own line and an unknown party none`() async throws {
        let partner = ScriptedPartner(status: 202, Samples.answer(state: "pending"))
        let client = try #require(partner.client())
        let partners = ProtocolV1Partners([Samples.harbor: client])
        #expect(await partners.send(Samples.held(try Samples.request())) == .pending)
        let nobody = ProtocolV1Partners([:])
        #expect(await nobody.send(Samples.held(try Samples.request())).kind == "notSent")
        #expect(
            await nobody.get("x.csv", from: Samples.harbor, on: Samples.date)
                == .unavailable(.init("no endpoint is configured for party harbor")))
    }

    @Test(arguments: [
        "", "127.0.0.1:9001", "ftp://bank", "http://", "http:///x", "https://bank/x?y=1",
        "https://bank#x", "http://a b",
    ])
    func `an address that is no http base is refused`(address: String) {
        let signer = MessageSigner(secrets: [Samples.secret])
        #expect(PartnerEndpoint(baseURL: address, keyID: "p", signer: signer) == nil)
    }
}
