// What goes over the wire is what was asked for, byte for byte.

import CurlTransport
import Testing

@Suite struct MessageTests {
    @Test(arguments: [ExchangeMethod.get, .post, .put])
    func `method, path, query, headers and body arrive as given`(method: ExchangeMethod) async {
        let server = RawServer { _, _ in .ok("{}") }
        let client = CurlClient()
        let outcome = await client.exchange(
            ExchangeRequest(
                method: method, url: "http://127.0.0.1:\(server.port)/v1/../a%2Fb?q=1&q=2",
                headers: [("Colend-Key", "k.1"), ("Empty", "")],
                body: method == .get ? [] : [0x00, 0x41, 0x0A]))
        #expect(outcome.kind == .answered)
        let arrival = server.arrivals.first
        #expect(arrival?.line == "\(method.rawValue) /v1/../a%2Fb?q=1&q=2 HTTP/1.1")
        #expect(arrival?.head.contains("\r\nColend-Key: k.1") == true)
        #expect(arrival?.head.contains("\r\nEmpty:") == true)
        #expect(arrival?.head.contains("Expect") == false)
        #expect(arrival?.head.contains("Content-Type") == false)
        #expect(arrival?.body == (method == .get ? "" : "\u{0}A\n"))
        await client.shutdown()
    }

    @Test func `a large body arrives whole`() async {
        let server = RawServer { arrival, _ in .ok("\(arrival.body.utf8.count)") }
        let client = CurlClient()
        let body = String(repeating: "0123456789", count: 200_000)
        #expect(await client.exchange(post(server.url, body)).text == "2000000")
        #expect(server.arrivals.first?.head.contains("Expect") == false)
        await client.shutdown()
    }

    @Test(arguments: [
        ("Colend\r\nKey", "x"), ("", "x"), ("A B", "x"), ("Key", "a\r\nb"), ("Key", "a\u{0}"),
    ])
    func `a header that would become two is not sent`(name: String, value: String) async {
        let server = RawServer { _, _ in .ok("{}") }
        let client = CurlClient()
        let outcome = await client.exchange(
            ExchangeRequest(method: .get, url: server.url, headers: [(name, value)]))
        #expect(outcome.kind == .notSent)
        #expect(outcome.evidence.cause == .malformedRequest)
        #expect(server.arrivals.isEmpty)
        await client.shutdown()
    }

    @Test func `answer headers are found whatever their case and interim ones are dropped`() async {
        let server = RawServer { _, _ in
            .answer(
                "HTTP/1.1 103 Early\r\nEarly: yes\r\n\r\n"
                    + "HTTP/1.1 201 Made\r\ncolend-signature: v1=a \r\n"
                    + "Colend-Signature:v1=b\r\nContent-Length: 0\r\n\r\n")
        }
        let client = CurlClient()
        let response = await client.exchange(get(server.url)).response
        #expect(response?.status == 201)
        #expect(response?.values(of: "COLEND-SIGNATURE") == ["v1=a", "v1=b"])
        #expect(response?.value(of: "early") == nil)
        await client.shutdown()
    }

    @Test func `one connection serves one request after the other`() async {
        let server = RawServer { _, _ in .ok("{}") }
        let client = CurlClient(limits: .patient)
        for _ in 1...20 { #expect(await client.exchange(post(server.url)).kind == .answered) }
        #expect(server.connections == 1)
        await client.shutdown()
    }
}
