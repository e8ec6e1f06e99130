import Foundation
import MockBank
import Testing

@Suite struct FundingDeskTests {
    private let path = "/v1/funding-requests/L1.harbor.1"

    @Test func `the same request is answered again and moves money once`() throws {
        let bank = try TestBank()
        let first = try bank.call("POST", "/v1/funding-requests", Sample.request())
        let again = try bank.call("POST", "/v1/funding-requests", Sample.request() + " ")
        #expect(first?.status == 201)
        #expect(again?.status == 200)
        #expect(first?.body == again?.body)
        #expect(try bank.executions("L1.harbor.1") == 1)
    }

    @Test func `other content under a known key is a conflict`() throws {
        let bank = try TestBank()
        #expect(try bank.post(Sample.request()) == "201 accepted")
        let other = Sample.request(amount: "\"6999.99\"")
        #expect(try bank.post(other, "reasonCode") == "409 key-reused")
        #expect(try bank.ask("GET", path, "", "amount") == "200 7000.00")
    }

    @Test(arguments: [
        (Sample.request(amount: "7000"), "422 malformed-amount"),
        (Sample.request(amount: "\"7000.001\""), "422 malformed-amount"),
        (Sample.request(amount: "\"-1.00\""), "422 malformed-amount"),
        (Sample.request(amount: "\"99999999999999999999\""), "422 malformed-amount"),
        (Sample.request(amount: "\"10000.01\""), "422 malformed"),
        (Sample.request(currency: "XXX"), "422 unknown-currency"),
        (Sample.request(currency: "EUR"), "422 unsupported-currency"),
        (Sample.request(method: "balloon"), "422 unsupported-terms"),
        (Sample.request(terms: ",\"tranches\":[1]"), "422 unsupported-terms"),
        (Sample.request(terms: ",\"instalmentMultiple\":1"), "422 malformed"),
        (Sample.request("a/b"), "422 malformed"),
        ("{\"key\":\"L1\",\"key\":\"L2\"}", "400 malformed"), ("", "400 malformed"),
        ("[]", "400 malformed"),
    ])
    func `a request that cannot be read changes nothing`(body: String, answer: String) throws {
        let bank = try TestBank()
        #expect(try bank.post(body, "reasonCode") == answer)
        #expect(try bank.executions("L1.harbor.1") ?? 0 == 0)
    }

    @Test func `a reversal of an unknown key refuses the late request`() throws {
        let bank = try TestBank()
        #expect(try bank.ask("POST", path + "/reversal") == "200 reversed")
        #expect(try bank.post(Sample.request(), "reasonCode") == "422 reversed")
        #expect(try bank.ask("GET", path) == "200 reversed")
        #expect(try bank.executions("L1.harbor.1") == 0)
    }

    @Test func `an accepted request is reversed once and stays reversed`() throws {
        let bank = try TestBank()
        #expect(try bank.post(Sample.request()) == "201 accepted")
        #expect(try bank.ask("POST", path + "/reversal") == "200 reversed")
        #expect(try bank.ask("POST", path + "/reversal") == "200 reversed")
        #expect(try bank.post(Sample.request(), "reasonCode") == "422 reversed")
    }

    @Test func `what was paid out cannot be reversed`() throws {
        let bank = try TestBank()
        #expect(try bank.post(Sample.request()) == "201 accepted")
        try bank.send("2026-01-31", payouts: "L1.harbor.1,L1,,7000.00,USD,2026-01-31,\n")
        #expect(try bank.ask("POST", path + "/reversal", "", "reasonCode") == "409 paid-out")
        #expect(try bank.ask("GET", path) == "200 confirmed")
    }

    @Test func `a key never seen is 404 and a forgotten one 410`() throws {
        let bank = try TestBank(extra: "keyWindowDays: 7")
        #expect(try bank.ask("GET", path, "", "reasonCode") == "404 unknown-key")
        #expect(try bank.post(Sample.request()) == "201 accepted")
        _ = try bank.call("POST", "/admin/v1/clock", "{\"businessDate\":\"2026-01-09\"}")
        #expect(try bank.ask("GET", path, "", "reasonCode") == "410 forgotten")
        #expect(try bank.post(Sample.request(), "reasonCode") == "409 forgotten")
        #expect(try bank.executions("L1.harbor.1") == 1)
    }

    @Test func `the reversal of a dropped key is a tombstone that takes nothing back`() throws {
        let bank = try TestBank(extra: "keyWindowDays: 7")
        #expect(try bank.post(Sample.request()) == "201 accepted")
        _ = try bank.call("POST", "/admin/v1/clock", "{\"businessDate\":\"2026-01-09\"}")
        #expect(try bank.ask("POST", path + "/reversal") == "200 reversed")
        #expect(try bank.ask("POST", path + "/reversal", "", "amount") == "200 -")
        let book = try bank.call("GET", "/admin/v1/book")?.body["requests"]?.elements
        #expect(book?.first?["state"]?.text == "accepted")
        #expect(try bank.executions("L1.harbor.1") == 1)
        #expect(try bank.ask("GET", path, "", "reasonCode") == "410 forgotten")
    }

    @Test(arguments: [
        ("amountAbove: \"6999.99\"", "422 rule"), ("amountAbove: \"7000.00\"", "201 -"),
        ("instalmentsAbove: 11", "422 rule"), ("rateAbove: \"11.99\"", "422 rule"),
        ("rateAbove: \"12\"", "201 -"), ("probability: \"100%\"", "422 rule"),
        ("amountAbove: \"1.00\", rateAbove: \"20\"", "201 -"),
    ])
    func `rules refuse with their code`(rule: String, answer: String) throws {
        let bank = try TestBank(
            extra: "refuse: [{\(rule), reasonCode: rule, reason: Because.}]")
        #expect(try bank.post(Sample.request(), "reasonCode") == answer)
        #expect(try bank.executions("L1.harbor.1") == (answer == "201 -" ? 1 : 0))
    }

    @Test func `one loan has one live request`() throws {
        let bank = try TestBank()
        #expect(try bank.post(Sample.request()) == "201 accepted")
        let second = Sample.request("L1.harbor.2")
        #expect(try bank.post(second, "reasonCode") == "422 duplicate-loan")
        #expect(try bank.ask("POST", path + "/reversal") == "200 reversed")
        #expect(try bank.post(Sample.request("L1.harbor.3")) == "201 accepted")
    }

    @Test func `pending becomes the decision after the queries of the scenario`() throws {
        let bank = try TestBank(extra: "pending: {probability: 1, queries: 1}")
        #expect(try bank.post(Sample.request()) == "202 pending")
        #expect(try bank.executions("L1.harbor.1") == 0)
        #expect(try bank.ask("GET", path) == "200 pending")
        #expect(try bank.ask("GET", path) == "200 accepted")
        #expect(try bank.executions("L1.harbor.1") == 1)
    }

    @Test func `a batch answers each line with its own status`() throws {
        let bank = try TestBank()
        let lines = [
            Sample.request("A.harbor.1", loan: "A"), "nonsense",
            Sample.request("A.harbor.1", loan: "A"), Sample.request("B.h.1", method: "balloon"),
        ]
        let answer = try bank.call(
            "POST", "/v1/funding-requests:batch", lines.joined(separator: "\n"))
        let statuses = try answer?.text.split(separator: "\n").map {
            try JSON.parse(Array($0.utf8))["status"]?.integer ?? 0
        }
        #expect(answer?.status == 200)
        #expect(statuses == [201, 400, 200, 422])
    }
}

@Suite struct SignatureTests {
    private let path = "/v1/funding-requests/L1.harbor.1"

    @Test func `a nonce is taken once and the second use is in the journal`() throws {
        let bank = try TestBank()
        let nonce = "the-very-same-nonce"
        let first = try bank.call(
            "POST", "/v1/funding-requests", Sample.request(), nonce: nonce)
        let second = try bank.call(
            "POST", "/v1/funding-requests", Sample.request(), nonce: nonce)
        #expect(first?.status == 201)
        #expect(second?.status == 401)
        let replay = try bank.journal().last
        #expect(replay?["event"]?.text == "replayed-nonce")
        #expect(replay?["key"]?.text == "L1.harbor.1")
        try bank.reopen()
        let third = try bank.call("GET", path, nonce: nonce)
        #expect(third?.status == 401)
    }

    @Test(arguments: [Int64(-301), 301])
    func `a time stamp outside the window is refused`(offset: Int64) throws {
        let bank = try TestBank()
        let answer = try bank.call(
            "POST", "/v1/funding-requests", Sample.request(),
            timestamp: TestBank.now + offset)
        #expect(answer?.status == 401)
        #expect(try bank.ask("GET", path, "", "reasonCode") == "404 unknown-key")
    }

    @Test func `a wrong signature changes nothing`() throws {
        let bank = try TestBank()
        let answer = try bank.call(
            "POST", "/v1/funding-requests", Sample.request(), tampered: true)
        #expect(answer?.status == 401)
        #expect(try bank.journal().last?["event"]?.text == "refused-signature")
        #expect(try bank.ask("GET", path, "", "reasonCode") == "404 unknown-key")
    }

    @Test func `either secret is taken while they rotate, and both sign`() throws {
        let old = Signer(secrets: [Array("old".utf8)])
        let both = Signer(secrets: [Array("new".utf8), Array("old".utf8)])
        #expect(both.signature("text").contains(old.signature("text")))
    }

    @Test func `the signature is that of the protocol`() {
        // printf 'GET\n/v1/x\n1\nn\n%s' "$(printf '' | sha256sum | cut -d' ' -f1)" |
        //     openssl dgst -sha256 -hmac key -binary | base64
        let request = WireRequest(method: "GET", target: "/v1/x", headers: [], body: [])
        let text = Signer.requestText(request, stamp: "1", nonce: "n")
        let value = Signer(secrets: [Array("key".utf8)]).signature(text)
        #expect(value == "v1=aoZ7b8YO7H9ghogTV89yuUwwEmYxMwOy90M/kkP3tcE=")
    }
}
