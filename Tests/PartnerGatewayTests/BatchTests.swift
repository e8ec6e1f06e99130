// Many requests in one exchange: every outcome is one key's own.

import CurlTransport
import LendingRules
import Operations
import PartnerGateway
import Testing

@Suite struct BatchTests {
    private static let requests = (try? (1...4).map { try Samples.request(number: $0) }) ?? []

    private static func line(_ number: Int, _ status: Int = 201, _ state: String = "accepted")
        -> String
    {
        Samples.answer(
            key: "LC-\(number).harbor.1", state: state,
            more: ",\"status\":\(status),\"reference\":\"R\(number)\"")
    }

    private static func kinds(_ lines: String, status: Int = 200) -> [String] {
        BatchAnswers.judge(requests, status: status, body: Array(lines.utf8)).map(\.kind)
    }

    private static let good = (1...4).map { line($0) }

    @Test func `one signed call carries the lines, and each answer finds its key`() async throws {
        let partner = ScriptedPartner(status: 200, Self.good.joined(separator: "\n") + "\n")
        let client = try #require(partner.client())
        let answers = await client.send(Self.requests)
        #expect(
            answers == (1...4).map { .accepted(reference: "R\($0)", valueDate: nil) })
        let sent = try #require(partner.sent.first)
        #expect(partner.sent.count == 1)
        #expect(sent.url.hasSuffix("/v1/funding-requests:batch"))
        #expect(sent.headers.contains { $0 == ("Content-Type", "application/x-ndjson") })
        let lines = sent.body.split(separator: UInt8(ascii: "\n")).map(Array.init)
        #expect(lines == Self.requests.map(\.wireBody))
        let headers = Dictionary(uniqueKeysWithValues: sent.headers.map { ($0.name, $0.value) })
        try MessageSigner(secrets: [Samples.secret]).verifyRequest(
            method: "POST", target: "/v1/funding-requests:batch", body: sent.body,
            nonce: headers["Colend-Nonce"] ?? "", timestamp: headers["Colend-Timestamp"],
            signatures: [headers["Colend-Signature"] ?? ""], now: Samples.now)
    }

    @Test func `each line has a status of its own`() {
        let lines = [
            Self.line(1, 202, "pending"), Self.line(2, 422, "refused"),
            Self.line(3, 200, "confirmed"), Self.line(4),
        ]
        #expect(
            Self.kinds(lines.joined(separator: "\n"))
                == ["pending", "refused", "accepted", "accepted"])
    }

    @Test(arguments: [401, 409, 429, 500, 503])
    func `a line that settles nothing leaves its own key in doubt`(status: Int) {
        let lines = Self.good[..<2] + [Self.line(3, status, "refused"), Self.good[3]]
        #expect(
            Self.kinds(lines.joined(separator: "\n"))
                == ["accepted", "accepted", "unknown", "accepted"])
    }

    @Test(arguments: [201, 202, 204, 401, 404, 413, 429, 500, 503])
    func `anything but 200 of the whole settles no key`(status: Int) {
        let lines = Self.good.joined(separator: "\n")
        #expect(Self.kinds(lines, status: status) == Array(repeating: "unknown", count: 4))
    }

    /// Bodies that are wrong in one place, and the keys that stay unanswered because of it.
    private static let faults: [(String, String, Set<Int>)] = [
        ("nothing", "", [1, 2, 3, 4]),
        ("blank lines", "\n\n\n", [1, 2, 3, 4]),
        ("a line missing", [good[0], good[2], good[3]].joined(separator: "\n"), [2]),
        ("in another order", good.reversed().joined(separator: "\n"), []),
        ("blank lines between", good.joined(separator: "\n\n") + "\n\n", []),
        ("lines that end as elsewhere", good.joined(separator: "\r\n"), []),
        ("the same line twice", (good + [good[1]]).joined(separator: "\n"), []),
        (
            "two lines that differ",
            (good + [line(2, 422, "refused")]).joined(separator: "\n"), [2]
        ),
        (
            "three lines of which two agree",
            (good + [line(2, 422, "refused"), good[1]]).joined(separator: "\n"), [2]
        ),
        ("a key nobody asked about", ([line(9)] + good).joined(separator: "\n"), []),
        (
            "such a key in another's place",
            [good[0], line(9), good[2], good[3]].joined(separator: "\n"), [2]
        ),
        ("cut off inside a line", String(good.joined(separator: "\n").dropLast(9)), [4]),
        (
            "cut off behind a line",
            good[..<2].joined(separator: "\n") + "\n", [3, 4]
        ),
        ("garbage in a line", [good[0], "?", good[2], good[3]].joined(separator: "\n"), [2]),
        ("an array for a line", [good[0], "[]", good[2], good[3]].joined(separator: "\n"), [2]),
        ("two objects in a line", good[0] + good[1] + "\n" + good[2] + "\n" + good[3], [1, 2]),
        ("all in one array", "[" + good.joined(separator: ",") + "]", [1, 2, 3, 4]),
        (
            "a line without a status",
            [
                Samples.answer(key: "LC-1.harbor.1", state: "accepted"), good[1], good[2], good[3],
            ].joined(separator: "\n"), [1]
        ),
        (
            "a status that is a text",
            [
                Samples.answer(
                    key: "LC-1.harbor.1", state: "accepted", more: #","status":"201""#),
                good[1], good[2], good[3],
            ].joined(separator: "\n"), [1]
        ),
        (
            "a key that is a number",
            [#"{"key":1,"status":201,"state":"accepted"}"#, good[1], good[2], good[3]]
                .joined(separator: "\n"), [1]
        ),
        (
            "a cent off",
            [
                Samples.answer(
                    key: "LC-1.harbor.1", state: "accepted", amount: "7000.01",
                    more: ",\"status\":201"), good[1], good[2], good[3],
            ].joined(separator: "\n"), [1]
        ),
        (
            "a state that its status rules out",
            [line(1, 202, "accepted"), good[1], good[2], good[3]].joined(separator: "\n"), [1]
        ),
    ]

    @Test(arguments: faults.indices)
    func `what is wrong with the answer leaves the unanswered keys in doubt and no other`(
        fault: Int
    ) {
        let (name, body, unanswered) = Self.faults[fault]
        let expected = (1...4).map { unanswered.contains($0) ? "unknown" : "accepted" }
        #expect(Self.kinds(body) == expected, "\(name)")
    }

    @Test func `whatever ends the exchange ends it for every line`() async throws {
        let evidence = Evidence(cause: .failed, curlCode: 56, message: "reset", prereqCalls: 1)
        let lost = try #require(ScriptedPartner { _ in .unknown(evidence) }.client())
        #expect(await lost.send(Self.requests).map(\.kind) == Array(repeating: "unknown", count: 4))
        let unsent = try #require(ScriptedPartner { _ in .notSent(evidence) }.client())
        #expect(
            await unsent.send(Self.requests).map(\.kind) == Array(repeating: "notSent", count: 4))
        let body = Self.good.joined(separator: "\n")
        let unsigned = ScriptedPartner { _ in ScriptedPartner.answered(200, body, []) }
        let answers = try #require(unsigned.client())
        #expect(
            await answers.send(Self.requests).map(\.kind) == Array(repeating: "unknown", count: 4))
    }

    @Test(arguments: [(1, 4), (2, 2), (3, 2), (4, 1), (0, 4)])
    func `more lines than a call holds go out in several`(lines: Int, calls: Int) async throws {
        let partner = ScriptedPartner(status: 200, Self.good.joined(separator: "\n"))
        let client = try #require(partner.client { $0.lines = lines })
        #expect(
            await client.send(Self.requests).map(\.kind) == Array(repeating: "accepted", count: 4))
        #expect(partner.sent.count == calls)
        #expect(partner.sent.flatMap(\.body) == Self.requests.flatMap { $0.wireBody + [10] })
    }

    @Test func `so do more bytes, and a line longer than a call goes alone`() async throws {
        let length = Self.requests[0].wireBody.count + 1
        for (bytes, calls) in [(length * 2, 2), (length * 2 - 1, 4), (1, 4), (length * 9, 1)] {
            let partner = ScriptedPartner(status: 200, Self.good.joined(separator: "\n"))
            let client = try #require(partner.client { $0.bytes = bytes })
            #expect(
                await client.send(Self.requests).map(\.kind)
                    == Array(repeating: "accepted", count: 4))
            #expect(partner.sent.count == calls)
        }
    }

    @Test func `once a call has not left, those behind it are not tried`() async throws {
        let evidence = Evidence(cause: .failed, curlCode: 7, message: "no connection")
        let body = Self.good.joined(separator: "\n")
        let partner = ScriptedPartner { request in
            request.body.starts(with: Self.requests[1].wireBody)
                ? .notSent(evidence) : ScriptedPartner.signed(200, body, for: request)
        }
        let client = try #require(partner.client { $0.lines = 1 })
        #expect(
            await client.send(Self.requests).map(\.kind)
                == ["accepted", "notSent", "notSent", "notSent"])
        #expect(partner.sent.count == 2)
    }

    @Test func `nothing to send is no call, and a party without a line has sent nothing`()
        async throws
    {
        let partner = ScriptedPartner(status: 200, "")
        #expect(await partner.client()?.send([]) == [])
        #expect(partner.sent.isEmpty)
        let nobody = ProtocolV1Partners([:])
        let held = Self.requests.map { Samples.held($0) }
        #expect(await nobody.send(held).map(\.kind) == Array(repeating: "notSent", count: 4))
        #expect(await nobody.send([HeldRequest]()) == [])
    }
}
