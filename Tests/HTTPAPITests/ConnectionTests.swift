import HTTPAPI
import Testing

/// What a client may do to a connection, and what happens when it does more.
struct ConnectionTests {
    @Test func `a connection takes one request after another`() async throws {
        try await ServerUnderTest.run { server in
            try await server.talk { client throws in
                for path in ["/healthz", "/nothing", "/version"] {
                    client.send(RawRequest.text("GET", path))
                    #expect(try client.answer()?.status == (path == "/nothing" ? 404 : 200))
                }
                client.send(String(repeating: RawRequest.text("GET", "/healthz"), count: 10))
                for _ in 0..<10 { #expect(try client.answer()?.status == 200) }
            }
        }
    }

    @Test func `a body that is announced too large is refused unread`() async throws {
        try await ServerUnderTest.run { server in
            try await server.talk { client throws in
                client.send(
                    RawRequest.text(
                        "POST", "/v1/partners/harbor/callbacks",
                        ["Content-Type: application/json", "Content-Length: 16385"]))
                let answer = try #require(try client.answer())
                #expect(answer.status == 413)
                #expect(answer.headers["connection"] == "close")
                #expect(try answer.json()["code"] as? String == "API-003")
                #expect(client.isClosed())
            }
        }
    }

    @Test func `a body that grows too large is refused, however long it goes on`() async throws {
        try await ServerUnderTest.run { server in
            try await server.talk { client throws in
                client.send(CallbackRouteTests.chunkedHead)
                let chunk = "1000\r\n" + String(repeating: "x", count: 4_096) + "\r\n"
                var sent = 0
                while sent < 1_000_000, client.send(chunk) { sent += 1 }
                #expect(sent < 1_000_000, "4 GiB were taken")
            }
            #expect(server.stubs.now.kept.isEmpty)
        }
    }

    @Test(arguments: [
        ("GET", "/healthz", 200), ("POST", "/nothing", 404), ("PUT", "/healthz", 405),
        ("POST", "/v1/partners/harbor/callbacks", 415),
    ])
    func `a body that nobody wants is not waited for`(method: String, path: String, status: Int)
        async throws
    {
        try await ServerUnderTest.run { server in
            for head in ["Content-Length: 1000000", "Transfer-Encoding: chunked"] {
                try await server.talk { client throws in
                    client.send(RawRequest.text(method, path, [head]) + "3\r\nabc\r\n")
                    let answer = try #require(try client.answer())
                    #expect(answer.status == status)
                    #expect(answer.headers["connection"] == "close")
                    #expect(client.isClosed())
                }
            }
        }
    }

    @Test func `a body that is slow is given up`() async throws {
        var limits = ServerLimits.patient
        limits.bodyTime = .milliseconds(300)
        // A client that is kept waiting reads its answer late.
        limits.lingeringTime = .seconds(60)
        try await ServerUnderTest.run(limits: limits) { server in
            try await server.talk { client throws in
                client.send(
                    RawRequest.text(
                        "POST", "/v1/partners/harbor/callbacks",
                        ["Content-Type: application/json", "Content-Length: 4"]) + "go")
                let answer = try #require(try client.answer())
                #expect(answer.status == 408)
                #expect(try answer.json()["code"] as? String == "API-005")
                #expect(client.isClosed())
            }
            #expect(server.stubs.now.kept.isEmpty)
        }
    }

    @Test(arguments: ["", "GET /heal", "GET /healthz HTTP/1.1\r\nHost: he"])
    func `headers that never end are given up`(beginning: String) async throws {
        var limits = ServerLimits.patient
        limits.idleSeconds = 1
        try await ServerUnderTest.run(limits: limits) { server in
            try await server.talk { client throws in
                client.send(beginning)
                #expect(client.isClosed())
            }
        }
    }

    @Test func `a body that breaks off changes nothing`() async throws {
        try await ServerUnderTest.run { server in
            try await server.talk { client throws in
                client.send(CallbackRouteTests.chunkedHead + "4\r\ngo")
                client.finish()
                _ = try client.answer()
                #expect(client.isClosed())
            }
            #expect(server.stubs.now.kept.isEmpty)
        }
    }

    static let malformed: [(String, Int, String)] = [
        ("\u{16}\u{03}\u{01}\u{02}\r\n\r\n", 400, "API-006"),
        ("GET\r\n\r\n", 400, "API-006"),
        ("GET / HTTP/9.9\r\n\r\n", 400, "API-006"),
        ("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400, "API-006"),
        ("GET / HTTP/1.1\r\nbad name: x\r\n\r\n", 400, "API-006"),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400,
            "API-006"
        ),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400, "API-006"),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 400,
            "API-006"
        ),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            400, "API-006"
        ),
        (
            "GET / HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "x", count: 20_000) + "\r\n\r\n",
            431, "API-008"
        ),
        (
            "GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 200) + "\r\n", 431,
            "API-008"
        ),
    ]

    @Test(arguments: malformed.indices)
    func `what is no HTTP is told so, and the connection ends`(index: Int) async throws {
        let (text, status, code) = Self.malformed[index]
        for before in ["", RawRequest.text("GET", "/healthz")] {
            try await ServerUnderTest.run { server in
                try await server.talk { client throws in
                    client.send(before + text)
                    if !before.isEmpty { #expect(try client.answer()?.status == 200) }
                    let answer = try #require(try client.answer(), "\(text.prefix(60))")
                    #expect(answer.status == status, "\(text.prefix(60))")
                    #expect(try answer.json()["code"] as? String == code)
                    #expect(client.isClosed())
                }
            }
        }
    }

    @Test func `a path too long is refused`() async throws {
        try await ServerUnderTest.run { server in
            let path = "/" + String(repeating: "x", count: 100_000)
            let answer = try await server.talk { client throws in
                client.send(RawRequest.text("GET", path))
                return try client.answer()
            }
            #expect([404, 414, 431].contains(answer?.status ?? 0))
        }
    }
}
