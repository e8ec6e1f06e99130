import HTTPAPI
import LendingRules
import Operations
import Testing

/// The paths there are, and what is answered about the service itself.
struct RouteTests {
    /// Every path with its methods.
    static let routes: [String: Set<String>] = [
        "/healthz": ["get"], "/readyz": ["get"], "/version": ["get"], "/metrics": ["get"],
        "/openapi.json": ["get"], "/v1/partners/{party}/callbacks": ["post"],
    ]

    @Test func `health, readiness and version are told`() async throws {
        try await ServerUnderTest.run { server in
            let expected = [
                "/healthz": "{\"status\":\"alive\"}\n", "/readyz": "{\"status\":\"ready\"}\n",
                "/version": "{\"name\":\"colend\",\"version\":\"1.2.3\"}\n",
                "/healthz?verbose=1": "{\"status\":\"alive\"}\n",
            ]
            for (path, body) in expected {
                let answer = try #require(try await server.ask("GET", path))
                #expect(answer.status == 200 && answer.text == body)
                #expect(answer.headers["content-type"] == "application/json")
                #expect(answer.headers["cache-control"] == "no-store")
            }
        }
    }

    @Test func `a store that cannot be used is not ready, and only its code is told`() async throws
    {
        try await ServerUnderTest.run { server in
            server.stubs.change { $0.failure = StubFailure(exit: .temporary) }
            let answer = try #require(try await server.ask("GET", "/readyz"))
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "5")
            #expect(try answer.json()["code"] as? String == "API-011")
            #expect(answer.text.contains("STUB-001"))
            #expect(!answer.text.contains("secret-host"))
            #expect(try await server.ask("GET", "/healthz")?.status == 200)
        }
    }

    @Test(arguments: [
        "/", "/healthz/", "//healthz", "/HEALTHZ", "/v1", "/v1/partners/harbor",
        "/v1/partners//callbacks", "/v1/partners/harbor/callbacks/", "/v1/partners/a/b/callbacks",
        "/%68ealthz", "/../healthz", "/healthz;x", "/v2/partners/harbor/callbacks",
    ])
    func `any other path is a problem`(path: String) async throws {
        try await ServerUnderTest.run { server in
            for method in ["GET", "POST"] {
                let answer = try #require(try await server.ask(method, path, [], ""))
                #expect(answer.status == 404)
                #expect(answer.headers["content-type"] == "application/problem+json")
                let problem = try answer.json()
                #expect(problem["code"] as? String == "API-001")
                #expect(problem["status"] as? Int == 404)
                #expect(problem["type"] as? String == "urn:colend:API-001")
                #expect(
                    problem["requestId"] as? String == answer.headers["x-request-id"])
            }
        }
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
    func `a wrong method is told the right ones`(method: String) async throws {
        try await ServerUnderTest.run { server in
            let answer = try #require(try await server.ask(method, "/healthz", [], ""))
            #expect(answer.status == 405)
            #expect(answer.headers["allow"] == "GET, HEAD")
            #expect(try answer.json()["code"] as? String == "API-002")
        }
    }

    @Test func `HEAD has the length and no body`() async throws {
        try await ServerUnderTest.run { server in
            try await server.talk { client throws in
                for path in ["/healthz", "/nothing", "/version"] {
                    client.send(RawRequest.text("HEAD", path))
                    let answer = try #require(try client.answer(toHead: true))
                    #expect(answer.status == (path == "/nothing" ? 404 : 200))
                    #expect(Int(answer.headers["content-length"] ?? "") ?? 0 > 10)
                }
            }
        }
    }

    @Test func `requests have ids of their own`() async throws {
        try await ServerUnderTest.run { server in
            let ids = try await server.talk { client throws in
                try (0..<20).map { _ in
                    client.send(RawRequest.text("GET", "/healthz"))
                    return try client.answer()?.headers["x-request-id"]
                }
            }
            #expect(Set(ids).count == 20)
            #expect(!ids.contains(nil))
        }
    }

    @Test func `the description is that of the routes`() async throws {
        try await ServerUnderTest.run { server in
            let document = try #require(try await server.ask("GET", "/openapi.json")).json()
            #expect((document["openapi"] as? String)?.hasPrefix("3.1") == true)
            let paths = try #require(document["paths"] as? [String: [String: Any]])
            #expect(paths.mapValues { Set($0.keys) } == Self.routes)
            for (path, methods) in paths {
                for method in methods.keys {
                    let target = path.replacing("{party}", with: "harbor")
                    let answer = try #require(
                        try await server.ask(method.uppercased(), target, [], ""))
                    #expect(![404, 405].contains(answer.status), "\(method) \(path)")
                    let operation = try #require(methods[method] as? [String: Any])
                    let responses = try #require(operation["responses"] as? [String: Any])
                    #expect(responses["\(answer.status)"] != nil, "\(method) \(path)")
                }
            }
        }
    }

    @Test func `figures tell what was answered and what the store holds`() async throws {
        try await ServerUnderTest.run { server in
            server.stubs.change { state in
                state.contradictions = [
                    Contradiction(
                        key: "K", party: PartyID("meridian"), word: .refused, sequence: 1,
                        state: .accepted)
                ]
            }
            _ = try await server.callback("good")
            _ = try await server.callback("forged", party: "ha\"r\\b")
            _ = try await server.ask("TRACE", "/nothing")
            let answer = try #require(try await server.ask("GET", "/metrics"))
            #expect(answer.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
            let lines = Set(answer.text.split(separator: "\n").map(String.init))
            for line in [
                #"colend_build_info{version="1.2.3"} 1"#, "colend_store_up 1",
                #"colend_callbacks_total{party="harbor",outcome="applied"} 1"#,
                #"colend_callbacks_total{party="unknown",outcome="bad-signature"} 1"#,
                #"colend_http_requests_total{method="other",route="none",status="404"} 1"#,
                #"colend_funding_requests{party="harbor",state="pending"} 7"#,
                #"colend_funding_requests{party="meridian",state="pending"} 0"#,
                #"colend_callback_contradictions{party="meridian"} 1"#,
            ] {
                #expect(lines.contains(line), "\(line)")
            }
            let route = "/v1/partners/{party}/callbacks"
            let count = "colend_http_request_duration_seconds_count{route=\"\(route)\"} 2"
            #expect(lines.contains(count))
        }
    }

    @Test func `figures are there without the store`() async throws {
        try await ServerUnderTest.run { server in
            server.stubs.change { $0.failure = StubFailure(exit: .inputOutput) }
            let answer = try #require(try await server.ask("GET", "/metrics"))
            #expect(answer.status == 200)
            #expect(answer.text.contains("\ncolend_store_up 0\n"))
        }
    }
}
