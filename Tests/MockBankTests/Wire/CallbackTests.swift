import Foundation
import MockBank
import Testing

@Suite struct CallbackTests {
    private let signer = Signer(secrets: [Array(WireBank.secret.utf8)])

    private func bank(
        _ listener: Listener, _ fault: String = "", _ extra: String = ""
    ) async throws -> WireBank {
        try await WireBank(
            """
            pending: {probability: 1, queries: 0}
            callbacks:
              url: "http://127.0.0.1:\(listener.port)"
              retryMilliseconds: 20
              attempts: 10000
            faults: {money: [\(fault.isEmpty ? "" : "{\(fault), probability: 1}")]}
            \(extra)
            """)
    }

    /// A request that is pending, and shows its decision when it is asked about.
    private func decide(_ bank: WireBank, _ number: Int = 1) throws {
        #expect(try bank.fund(number).status == 202)
        #expect(try bank.query(number).body.contains("accepted"))
    }

    private func isSigned(_ message: Listener.Message) -> Bool {
        let target = message.text.split(separator: " ")[1]
        let request = WireRequest(
            method: "POST", target: String(target), headers: [], body: Array(message.body.utf8))
        let text = Signer.requestText(
            request, stamp: message.header("Colend-Timestamp") ?? "",
            nonce: message.header("Colend-Nonce") ?? "")
        return message.header("Colend-Signature") == signer.signature(text)
    }

    private func states(_ messages: [Listener.Message]) -> [String] {
        messages.map { message in
            let json = (try? JSON.parse(Array(message.body.utf8))) ?? .null
            return "\(json["key"]?.text ?? "") \(json["state"]?.text ?? "") "
                + "\(json["sequence"]?.integer ?? 0)"
        }
    }

    @Test func `a decision is called back, signed, until it is taken`() async throws {
        let listener = try Listener(statuses: [500, 503])
        defer { listener.end() }
        let bank = try await bank(listener)
        try decide(bank)
        let messages = try await listener.wait(for: 3)
        #expect(states(messages) == Array(repeating: "K1 accepted 2", count: 3))
        #expect(messages.allSatisfy(isSigned))
        #expect(messages[0].text.hasPrefix("POST /v1/partners/harbor/callbacks HTTP/1.1"))
        #expect(Set(messages.map { $0.header("Colend-Nonce") }).count == 3)
        _ = try bank.call("POST", "/v1/funding-requests/K1/reversal")
        #expect(states(try await listener.wait(for: 4)).last == "K1 reversed 3")
    }

    @Test func `doubled: the same state twice`() async throws {
        let listener = try Listener()
        defer { listener.end() }
        let bank = try await bank(listener, "kind: callback-doubled, times: 3")
        try decide(bank)
        let messages = try await listener.wait(for: 3)
        #expect(states(messages) == Array(repeating: "K1 accepted 2", count: 3))
        #expect(try bank.executions() == 1)
    }

    @Test func `forged: one that the bank did not sign goes ahead`() async throws {
        let listener = try Listener()
        defer { listener.end() }
        let bank = try await bank(listener, "kind: callback-forged")
        try decide(bank)
        let messages = try await listener.wait(for: 2)
        #expect(Set(states(messages)) == ["K1 refused 3", "K1 accepted 2"])
        for message in messages {
            #expect(isSigned(message) == message.body.contains("accepted"))
        }
        #expect(try bank.executions() == 1)
    }

    @Test func `reordered: the later one arrives first`() async throws {
        let listener = try Listener()
        defer { listener.end() }
        let bank = try await bank(
            listener,
            "kind: callback-reordered, delayMilliseconds: 600000, match: {body: {state: accepted}}")
        try decide(bank)
        _ = try bank.call("POST", "/v1/funding-requests/K1/reversal")
        let messages = try await listener.wait(for: 2)
        #expect(states(messages) == ["K1 reversed 3", "K1 accepted 2"])
        #expect(try bank.query().body.contains("reversed"))
    }

    @Test func `late, and lost`() async throws {
        let listener = try Listener()
        defer { listener.end() }
        let bank = try await bank(
            listener, "kind: callback-late, delayMilliseconds: 300, match: {key: K1}")
        try decide(bank)
        try decide(bank, 2)
        #expect(states(try await listener.wait(for: 2)) == ["K2 accepted 2", "K1 accepted 2"])
        #expect(try bank.executions(2) == 1)
        let other = try Listener()
        defer { other.end() }
        let loser = try await self.bank(other, "kind: callback-lost, match: {key: K1}")
        try decide(loser)
        try decide(loser, 2)
        #expect(states(try await other.wait(for: 1)) == ["K2 accepted 2"])
        #expect(try loser.json("GET", "/admin/v1/callbacks")["waiting"]?.elements?.isEmpty == true)
    }

    @Test func `a callback that was not taken survives a kill`() async throws {
        let listener = try Listener()
        defer { listener.end() }
        let bank = try await bank(try Listener(isDeaf: true))
        try decide(bank)
        #expect(try bank.json("GET", "/admin/v1/callbacks")["waiting"]?.elements?.count == 1)
        try await bank.killAndRestart()
        let url = "{\"url\":\"http://127.0.0.1:\(listener.port)\"}"
        #expect(try bank.call("PUT", "/admin/v1/callbacks", url).status == 200)
        #expect(states(try await listener.wait(for: 1)) == ["K1 accepted 2"])
        #expect(try bank.executions() == 1)
    }

    @Test func `a pending decision shows by itself, also after a kill`() async throws {
        let listener = try Listener()
        defer { listener.end() }
        let bank = try await WireBank(
            """
            pending: {probability: 1, queries: 1000, afterMilliseconds: 200}
            callbacks: {url: "http://127.0.0.1:\(listener.port)"}
            """)
        #expect(try bank.fund().status == 202)
        try await bank.killAndRestart()
        #expect(states(try await listener.wait(for: 1)) == ["K1 accepted 2"])
        #expect(try bank.executions() == 1)
    }

    @Test(arguments: ["{}", "{\"url\":\"ftp://x\"}", "{\"url\":\"http://:80\"}", "no"])
    func `a destination that is none is refused`(body: String) throws {
        let bank = try TestBank()
        #expect(try bank.call("PUT", "/admin/v1/callbacks", body)?.status == 400)
    }
}
