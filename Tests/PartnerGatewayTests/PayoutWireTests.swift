// What goes to the payment channel, and what its answers prove about a try.

import BusinessCalendar
import CurlTransport
import LendingRules
import Operations
import PartnerGateway
import Testing

@Suite struct PayoutWireTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let call: PayoutAnswer.Call
        let status: Int
        let state: String
        let number: Int
        let kind: String
        var testDescription: String { "\(call) \(status) \(state) \(number)" }

        init(
            _ call: PayoutAnswer.Call, _ status: Int, _ state: String, _ number: Int,
            _ kind: String
        ) {
            (self.call, self.status, self.state) = (call, status, state)
            (self.number, self.kind) = (number, kind)
        }
    }

    /// Answers about the second try.
    static let cases = [
        Case(.pay, 201, "paid", 2, "paid"), Case(.pay, 200, "paid", 1, "paid"),
        Case(.pay, 201, "failed", 2, "failed"), Case(.pay, 201, "failed", 1, "unknown"),
        Case(.pay, 201, "failed", 3, "unknown"), Case(.pay, 202, "paid", 2, "unknown"),
        Case(.pay, 409, "paid", 2, "unknown"), Case(.pay, 422, "failed", 2, "unknown"),
        Case(.pay, 503, "failed", 2, "unknown"), Case(.pay, 404, "failed", 2, "unknown"),
        Case(.pay, 201, "pending", 2, "unknown"), Case(.pay, 201, "paid", 0, "unknown"),
        Case(.ask, 200, "paid", 2, "paid"), Case(.ask, 200, "paid", 1, "paid"),
        Case(.ask, 200, "failed", 2, "failed"), Case(.ask, 200, "failed", 1, "neverSeen"),
        Case(.ask, 200, "failed", 3, "unknown"), Case(.ask, 404, "", 0, "neverSeen"),
        Case(.ask, 410, "", 0, "unknown"), Case(.ask, 401, "paid", 2, "unknown"),
        Case(.ask, 201, "paid", 2, "unknown"),
    ]

    private let payout = Payout(
        key: "LC-1.payout", loan: LoanID("LC-1"), amount: 1_000_000, currency: Samples.usd,
        number: 2, plannedOn: Samples.date)

    private func answer(_ state: String, _ number: Int) -> String {
        Samples.answer(
            key: "LC-1.payout", state: state, amount: "10000.00",
            more: ",\"try\":\(number),\"valueDate\":\"2026-01-03\",\"reference\":\"PO-1\"")
    }

    private func judge(_ call: PayoutAnswer.Call, _ status: Int, _ body: String) -> String {
        PayoutAnswer.judge(call, of: payout, status: status, body: Array(body.utf8)).kind
    }

    @Test(arguments: cases)
    func `status, state and try are judged together`(example: Case) {
        let body = answer(example.state, example.number)
        #expect(judge(example.call, example.status, body) == example.kind)
    }

    @Test(arguments: [
        "", "{", "[]", "{\"key\":\"LC-1.payout\"}",
        "{\"key\":\"LC-2.payout\",\"state\":\"paid\",\"try\":2,\"amount\":\"10000.00\","
            + "\"currency\":\"USD\"}",
        "{\"key\":\"LC-1.payout\",\"state\":\"paid\",\"try\":2}",
        "{\"key\":\"LC-1.payout\",\"state\":\"paid\",\"try\":2,\"amount\":\"9999.99\","
            + "\"currency\":\"USD\"}",
        "{\"key\":\"LC-1.payout\",\"state\":\"paid\",\"try\":2,\"amount\":\"10000.00\","
            + "\"currency\":\"EUR\"}",
        "{\"key\":\"LC-1.payout\",\"state\":\"paid\",\"amount\":\"10000.00\","
            + "\"currency\":\"USD\"}",
        "{\"key\":\"LC-1.payout\",\"state\":\"paid\",\"try\":\"2\","
            + "\"amount\":\"10000.00\",\"currency\":\"USD\"}",
        "{\"key\":\"LC-1.payout\",\"state\":\"paid\",\"try\":2,\"amount\":\"10000.00\","
            + "\"currency\":\"USD\",\"reference\":\"=cmd\"}",
        "{\"key\":\"LC-1.payout\",\"state\":\"paid\",\"try\":2,\"amount\":\"10000.00\","
            + "\"currency\":\"USD\",\"valueDate\":\"soon\"}",
    ])
    func `an answer that does not fit to the letter is unknown`(body: String) {
        #expect(judge(.pay, 201, body) == "unknown")
        #expect(judge(.ask, 200, body) == "unknown")
    }

    @Test func `the same try always gives the same bytes`() {
        #expect(
            String(decoding: payout.wireBody, as: UTF8.self)
                == "{\"key\":\"LC-1.payout\",\"loan\":\"LC-1\",\"amount\":\"10000.00\","
                + "\"currency\":\"USD\",\"valueDate\":\"2026-01-03\",\"try\":2}")
    }

    @Test func `a payout goes out once, and asking names its key`() async throws {
        let partner = ScriptedPartner(status: 200, answer("paid", 2))
        let client = try #require(partner.client())
        #expect(await client.pay(payout).kind == "paid")
        #expect(await client.ask(payout).kind == "paid")
        #expect(partner.sent.map(\.method) == [.post, .get])
        #expect(partner.sent[0].url.hasSuffix("/v1/payouts"))
        #expect(partner.sent[0].body == payout.wireBody)
        #expect(partner.sent[1].url.hasSuffix("/v1/payouts/LC-1.payout"))
    }

    @Test func `without a line nothing was sent`() async {
        let channel = ProtocolV1Partners([:]).channel(PartyID("tideway"))
        #expect(await channel.pay(payout).kind == "notSent")
        #expect(await channel.ask(payout).kind == "notSent")
    }
}

extension PayoutAnswer {
    fileprivate var kind: String {
        switch self {
        case .notSent: "notSent"
        case .paid: "paid"
        case .failed: "failed"
        case .neverSeen: "neverSeen"
        case .unknown: "unknown"
        }
    }
}
