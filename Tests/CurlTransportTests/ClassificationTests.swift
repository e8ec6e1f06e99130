// Every way an exchange can end, and which of the three outcomes it is.

import CurlTransport
import Testing

@Suite(.timeLimit(.minutes(10))) struct ClassificationTests {
    struct Reply: Sendable, CustomTestStringConvertible {
        let name: String
        let reaction: Reaction
        let kind: OutcomeKind
        var testDescription: String { name }
    }

    static let replies = [
        Reply(name: "complete", reaction: .ok("{}"), kind: .answered),
        Reply(
            name: "chunked",
            reaction: .answer(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
            kind: .answered),
        Reply(
            name: "interim answer first",
            reaction: .answer(
                "HTTP/1.1 103 Early\r\nLink: a\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), kind: .answered),
        Reply(
            name: "server error",
            reaction: .answer("HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n"),
            kind: .answered),
        Reply(
            name: "body cut short",
            reaction: .last("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"key\""),
            kind: .unknown),
        Reply(
            name: "chunk cut short",
            reaction: .last("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"k"),
            kind: .unknown),
        Reply(
            name: "header cut short", reaction: .last("HTTP/1.1 200 OK\r\nConte"),
            kind: .unknown),
        Reply(name: "garbage", reaction: .last("\u{1}\u{2}what?\r\n\r\n"), kind: .unknown),
        Reply(name: "HTTP/0.9", reaction: .last("{\"state\":\"accepted\"}"), kind: .unknown),
        Reply(name: "another HTTP", reaction: .last("HTTP/7.3 200 OK\r\n\r\n"), kind: .unknown),
        Reply(name: "closed without a byte", reaction: .drop, kind: .unknown),
        Reply(name: "reset", reaction: .reset, kind: .unknown),
    ]

    @Test(arguments: replies)
    func `a reply is judged by what was sent, never by the code alone`(reply: Reply) async {
        let server = RawServer { _, _ in reply.reaction }
        let client = CurlClient()
        let outcome = await client.exchange(post(server.url))
        #expect(outcome.kind == reply.kind, "\(outcome)")
        #expect(outcome.evidence.prereqCalls >= 1)
        #expect(server.arrivals.count == 1)
        await client.shutdown()
    }

    @Test func `a body whose end is only the end of the connection says so`() async {
        let server = RawServer { arrival, _ in
            arrival.body == "open" ? .last("HTTP/1.1 200 OK\r\n\r\n{\"key\"") : .ok("{}")
        }
        let client = CurlClient()
        #expect(await client.exchange(post(server.url)).response?.hasDelimitedBody == true)
        let open = await client.exchange(post(server.url, "open")).response
        #expect(open?.hasDelimitedBody == false)
        await client.shutdown()
    }

    @Test(arguments: [
        "http://127.0.0.1:\(unusedPort())/", "https://127.0.0.1:\(unusedPort())/",
        "http://no-such-host.invalid/", "file:///etc/passwd", "ftp://127.0.0.1/x",
        "http://127.0.0.1/a b", "http://127.0.0.1/\u{0}", "", "://",
        "http://[::1",
    ])
    func `what never left the process is not sent`(url: String) async {
        let client = CurlClient()
        let outcome = await client.exchange(post(url))
        #expect(outcome.kind == .notSent, "\(outcome)")
        #expect(outcome.evidence.prereqCalls == 0)
        #expect(!outcome.evidence.message.isEmpty)
        await client.shutdown()
    }

    @Test func `an address that carries a password is not sent`() async {
        let server = RawServer { _, _ in .ok("{}") }
        let client = CurlClient()
        let outcome = await client.exchange(post("http://user:secret@127.0.0.1:\(server.port)/"))
        #expect(outcome.kind == .notSent)
        #expect(server.arrivals.isEmpty)
        await client.shutdown()
    }

    @Test func `a server without TLS behind an https address has received no request`() async {
        let server = RawServer { _, _ in .ok("{}") }
        let client = CurlClient()
        let url = "https://127.0.0.1:\(server.port)/"
        let outcome = await client.exchange(post(url, totalMilliseconds: 1_000))
        #expect(outcome.kind == .notSent)
        #expect(server.arrivals.isEmpty)
        await client.shutdown()
    }

    @Test func `silence after reading is unknown when the time is over`() async {
        let server = RawServer { _, _ in .silence }
        let client = CurlClient()
        let outcome = await client.exchange(post(server.url, totalMilliseconds: 200))
        #expect(outcome.kind == .unknown)
        #expect(outcome.evidence.curlCode == 28)
        #expect((150...5_000).contains(outcome.evidence.milliseconds))
        await client.shutdown()
    }

    @Test func `an answer beyond the limit is unknown and says why`() async {
        let server = RawServer { _, _ in .ok(String(repeating: "x", count: 1_001)) }
        let client = CurlClient()
        let outcome = await client.exchange(post(server.url, maximumBodyBytes: 1_000))
        #expect(outcome.kind == .unknown)
        #expect(outcome.evidence.cause == .bodyTooLarge)
        #expect(outcome.evidence.responseStatus == 200)
        await client.shutdown()
    }

    @Test func `an answer header beyond the limit is unknown and says why`() async {
        let server = RawServer { _, _ in
            let line = "X-Filler: " + String(repeating: "x", count: 900) + "\r\n"
            let filler = String(repeating: line, count: 20)
            return .answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\(filler)\r\n")
        }
        let client = CurlClient(limits: ClientLimits { $0.maximumHeaderBytes = 10_000 })
        let outcome = await client.exchange(post(server.url))
        #expect(outcome.kind == .unknown)
        #expect(outcome.evidence.cause == .headersTooLarge)
        await client.shutdown()
    }

    @Test func `a redirect is an answer and is not followed`() async {
        let server = RawServer { _, _ in
            .answer("HTTP/1.1 302 Go\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")
        }
        let client = CurlClient()
        let outcome = await client.exchange(post(server.url))
        #expect(outcome.response?.status == 302)
        #expect(server.arrivals.count == 1)
        await client.shutdown()
    }
}
