// The way through a proxy: only when it is configured, as a tunnel, and never by the environment.

import CurlTransport
import Foundation
import Testing

@Suite(.timeLimit(.minutes(10))) struct ProxyTests {
    @Test(arguments: ["http", "socks5h"])
    func `a request goes through the tunnel and arrives as if there were none`(scheme: String)
        async
    {
        let server = RawServer { _, _ in .ok("served") }
        let proxy = TunnelServer(to: server.port)
        let client = CurlClient()
        let pool = client.pool(rules(Proxy(url: "\(scheme)://127.0.0.1:\(proxy.port)")))
        let outcome = await pool.exchange(post("http://bank.invalid:8080/v1/x", "fund"))
        #expect(outcome.text == "served")
        #expect(outcome.evidence.prereqCalls == 1)
        // The name was not looked up here.
        #expect(proxy.targets == ["bank.invalid:8080"])
        #expect(server.arrivals.map(\.line) == ["POST /v1/x HTTP/1.1"])
        #expect(server.arrivals.first?.head.contains("Proxy") == false)
        await client.shutdown()
    }

    @Test(arguments: ["http", "socks5h"])
    func `user and password are shown to the proxy and to nobody else`(scheme: String) async {
        let server = RawServer { _, _ in .ok("served") }
        let proxy = TunnelServer(to: server.port, user: "colend", password: "sesame")
        let client = CurlClient()
        var way = Proxy(url: "\(scheme)://127.0.0.1:\(proxy.port)")
        way.user = "colend"
        way.password = Password("sesame")
        #expect(await client.pool(rules(way)).exchange(post(Self.url)).text == "served")
        #expect(server.arrivals.first?.head.contains("Authorization") == false)
        way.password = Password("wrong-word")
        let refused = await client.pool(rules(way)).exchange(post(Self.url))
        #expect(refused.kind == .notSent)
        #expect(!"\(refused)".contains("wrong-word"))
        #expect(server.arrivals.count == 1)
        await client.shutdown()
    }

    @Test(arguments: ["http", "socks5h"])
    func `a proxy that is down or refuses has let nothing out`(scheme: String) async {
        let server = RawServer { _, _ in .ok("served") }
        let client = CurlClient()
        let down = Proxy(url: "\(scheme)://127.0.0.1:\(unusedPort())")
        #expect(await client.pool(rules(down)).exchange(post(Self.url)).kind == .notSent)
        let closed = TunnelServer(to: server.port, user: "colend", password: "sesame")
        let refusing = Proxy(url: "\(scheme)://127.0.0.1:\(closed.port)")
        #expect(await client.pool(rules(refusing)).exchange(post(Self.url)).kind == .notSent)
        #expect(server.arrivals.isEmpty)
        await client.shutdown()
    }

    @Test(arguments: [
        Reaction.last("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"),
        .last("HTTP/1.1 502 Away\r\nContent-Length: 4\r\n\r\naway"),
        .last("HTTP/1.1 503 Later\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n"),
        .last("HTTP/1.1 200"), .last("what?\r\n\r\n"), .drop, .reset, .silence,
    ])
    func `whatever a proxy says instead of opening its tunnel, nothing was sent`(
        reaction: Reaction
    ) async {
        let proxy = RawServer { _, ordinal in ordinal == 1 ? reaction : .drop }
        let client = CurlClient()
        let pool = client.pool(rules(Proxy(url: "http://127.0.0.1:\(proxy.port)")))
        for url in [Self.url, "https://bank.invalid/v1/x"] {
            let outcome = await pool.exchange(post(url, "fund", totalMilliseconds: 300))
            #expect(outcome.kind == .notSent, "\(outcome)")
            #expect(outcome.evidence.prereqCalls == 0)
            #expect(outcome.response == nil)
        }
        #expect(proxy.arrivals.allSatisfy { $0.line.hasPrefix("CONNECT bank.invalid:") })
        #expect(proxy.arrivals.allSatisfy { !$0.body.contains("fund") })
        await client.shutdown()
    }

    @Test func `a pool without a proxy goes straight, whatever another does`() async {
        let server = RawServer { _, _ in .ok("served") }
        let proxy = TunnelServer(to: server.port)
        let client = CurlClient()
        let through = client.pool(rules(Proxy(url: "http://127.0.0.1:\(proxy.port)")))
        #expect(await through.exchange(post(server.url)).text == "served")
        #expect(await client.pool(rules(nil)).exchange(post(server.url)).text == "served")
        #expect(proxy.targets == ["127.0.0.1:\(server.port)"])
        await client.shutdown()
    }

    private static let url = "http://bank.invalid:8080/v1/x"

    private func rules(_ proxy: Proxy?) -> PoolRules {
        var rules = PoolRules(name: "harbor")
        rules.proxy = proxy
        return rules
    }
}
