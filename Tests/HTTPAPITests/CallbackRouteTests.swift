import HTTPAPI
import LendingRules
import Operations
import Testing

/// Callbacks through the door: what is taken, what is refused, and what the caller learns.
struct CallbackRouteTests {
    @Test func `a proven callback is kept before it is answered`() async throws {
        try await ServerUnderTest.run { server in
            let answer = try #require(try await server.callback("good"))
            #expect(answer.status == 200)
            #expect(answer.text == "{\"key\":\"K1\",\"outcome\":\"applied\"}\n")
            #expect(server.stubs.now.kept.map(\.callback.key) == ["K1"])
            #expect(server.log.all.contains { $0.contains("callback") && $0.contains("key=K1") })
        }
    }

    struct Refused: Sendable {
        let body: String
        var party = "harbor"
        var failure: (any Error)?
        var isOvertaken = false
        let status: Int
        let code: String
        var retryAfter: String?
    }

    static let refusals = [
        Refused(body: "forged", status: 401, code: "API-007"),
        Refused(body: "nonsense", status: 400, code: "API-006"),
        Refused(body: "", status: 400, code: "API-006"),
        Refused(body: "good K2", status: 404, code: "FUND-001"),
        Refused(body: "good", party: "meridian", status: 404, code: "FUND-001"),
        Refused(
            body: "good", isOvertaken: true, status: 503, code: "FUND-002", retryAfter: "1"),
        Refused(
            body: "good", failure: StubFailure(exit: .temporary), status: 503, code: "API-009",
            retryAfter: "2"),
        Refused(
            body: "good", failure: StubFailure(exit: .inputOutput), status: 503,
            code: "API-009", retryAfter: "30"),
        Refused(
            body: "good", failure: StubFailure(exit: .failed), status: 500, code: "API-010"),
        Refused(body: "good", failure: UncodedFailure(), status: 500, code: "API-010"),
    ]

    @Test(arguments: refusals.indices)
    func `what is not taken says why and changes nothing`(index: Int) async throws {
        let refused = Self.refusals[index]
        try await ServerUnderTest.run { server in
            server.stubs.change {
                ($0.failure, $0.isOvertaken) = (refused.failure, refused.isOvertaken)
            }
            let answer = try #require(
                try await server.callback(refused.body, party: refused.party))
            #expect(answer.status == refused.status)
            #expect(try answer.json()["code"] as? String == refused.code)
            #expect(answer.headers["retry-after"] == refused.retryAfter)
            #expect((answer.headers["www-authenticate"] != nil) == (refused.status == 401))
            #expect(server.stubs.now.kept.isEmpty)
            #expect(!answer.text.contains("secret-host"), "\(answer.text)")
            if refused.status == 500 || refused.code == "API-009" {
                #expect(server.log.all.contains { $0.hasPrefix("error") })
            }
        }
    }

    @Test(arguments: [
        [String](), ["Content-Type: text/plain"], ["Content-Type: application/jsonp"],
        ["Content-Type:"],
    ])
    func `another media type is refused`(headers: [String]) async throws {
        try await ServerUnderTest.run { server in
            let path = "/v1/partners/harbor/callbacks"
            let answer = try #require(try await server.ask("POST", path, headers, "good"))
            #expect(answer.status == 415)
            #expect(try answer.json()["code"] as? String == "API-004")
            #expect(server.stubs.now.kept.isEmpty)
        }
    }

    @Test(arguments: [
        "application/json", "Application/JSON", "application/json; charset=utf-8",
    ])
    func `JSON is taken however it is written`(type: String) async throws {
        try await ServerUnderTest.run { server in
            let path = "/v1/partners/harbor/callbacks"
            let answer = try await server.ask("POST", path, ["Content-Type: \(type)"], "good")
            #expect(answer?.status == 200)
        }
    }

    @Test func `a body in chunks is the same body`() async throws {
        try await ServerUnderTest.run { server in
            let status = try await server.talk { client throws in
                client.send(Self.chunkedHead + "2\r\ngo\r\n")
                client.send("2;x=1\r\nod\r\n0\r\n\r\n")
                return try client.answer()?.status
            }
            #expect(status == 200)
            #expect(server.stubs.now.kept.map(\.callback.proof.content) == ["good"])
        }
    }

    static let chunkedHead =
        "POST /v1/partners/harbor/callbacks HTTP/1.1\r\nHost: here\r\n"
        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test func `what a caller sends is in no line of the log`() async throws {
        try await ServerUnderTest.run { server in
            let marker = "QxMarker"
            _ = try await server.ask(
                "POST", "/v1/partners/\(marker)/callbacks?\(marker)",
                ["Content-Type: application/json", "Colend-Signature: v1=\(marker)"],
                "forged \(marker)")
            _ = try await server.ask("GET", "/\(marker)", ["X-Request-Id: \(marker)"])
            _ = try await server.ask("\(marker.uppercased())", "/healthz")
            #expect(!server.log.all.isEmpty)
            #expect(!server.log.all.contains { $0.lowercased().contains("qxmarker") })
        }
    }
}
