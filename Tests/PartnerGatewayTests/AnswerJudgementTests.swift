// Status and state together, for each of the three calls.

import BusinessCalendar
import Operations
import PartnerGateway
import Testing

@Suite struct AnswerJudgementTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let call: FundingCall
        let status: Int
        let state: String
        let kind: String
        var testDescription: String { "\(call) \(status) \(state)" }

        init(_ call: FundingCall, _ status: Int, _ state: String, _ kind: String) {
            (self.call, self.status, self.state, self.kind) = (call, status, state, kind)
        }
    }

    static let cases = [
        Case(.send, 201, "accepted", "accepted"), Case(.send, 201, "confirmed", "accepted"),
        Case(.send, 201, "pending", "unknown"), Case(.send, 201, "refused", "unknown"),
        Case(.send, 202, "pending", "pending"), Case(.send, 202, "accepted", "unknown"),
        Case(.send, 200, "accepted", "accepted"), Case(.send, 200, "refused", "refused"),
        Case(.send, 200, "pending", "pending"), Case(.send, 200, "reversed", "reversed"),
        Case(.send, 422, "refused", "refused"), Case(.send, 422, "accepted", "unknown"),
        Case(.send, 409, "accepted", "unknown"), Case(.send, 401, "refused", "unknown"),
        Case(.send, 429, "refused", "unknown"), Case(.send, 503, "refused", "unknown"),
        Case(.send, 302, "accepted", "unknown"), Case(.send, 404, "refused", "unknown"),
        Case(.send, 500, "accepted", "unknown"), Case(.send, 204, "accepted", "unknown"),
        Case(.ask, 200, "accepted", "accepted"), Case(.ask, 200, "confirmed", "accepted"),
        Case(.ask, 200, "pending", "pending"), Case(.ask, 200, "refused", "refused"),
        Case(.ask, 200, "reversing", "pending"), Case(.ask, 200, "reversed", "reversed"),
        Case(.ask, 404, "refused", "neverSeen"), Case(.ask, 410, "refused", "unknown"),
        Case(.ask, 201, "accepted", "unknown"), Case(.ask, 500, "accepted", "unknown"),
        Case(.reverse, 200, "reversed", "reversed"), Case(.reverse, 200, "accepted", "unknown"),
        Case(.reverse, 202, "reversing", "pending"), Case(.reverse, 202, "reversed", "unknown"),
        Case(.reverse, 409, "confirmed", "reversalRefused"),
        Case(.reverse, 409, "accepted", "reversalRefused"),
        Case(.reverse, 409, "reversed", "unknown"), Case(.reverse, 404, "refused", "unknown"),
        Case(.reverse, 401, "refused", "unknown"), Case(.reverse, 503, "refused", "unknown"),
    ]

    private func judge(_ call: FundingCall, _ status: Int, _ body: String) throws
        -> PartnerAnswer
    {
        AnswerJudgement.judge(
            call, of: try Samples.request(), status: status, body: Array(body.utf8))
    }

    @Test(arguments: cases)
    func `a status and a state mean one thing together, or nothing`(item: Case) throws {
        let body = Samples.answer(state: item.state)
        #expect(try judge(item.call, item.status, body).kind == item.kind)
    }

    @Test func `what the partner says of itself is handed on`() throws {
        let accepted = Samples.answer(
            state: "accepted", more: #","reference":"H-9","valueDate":"2026-01-04""#)
        #expect(
            try judge(.send, 201, accepted)
                == .accepted(reference: "H-9", valueDate: Samples.date.adding(days: 1)))
        let refused = Samples.answer(
            state: "refused", more: #","reasonCode":"limit","reason":"too much""#)
        #expect(try judge(.send, 422, refused) == .refused(code: "limit", reason: "too much"))
        let paidOut = Samples.answer(state: "confirmed", more: #","reason":"paid out yesterday""#)
        #expect(
            try judge(.reverse, 409, paidOut) == .reversalRefused(reason: "paid out yesterday"))
    }

    @Test(arguments: [
        Samples.answer(key: "LC-2.harbor.1", state: "accepted"),
        Samples.answer(state: "accepted", amount: "7000.01"),
        Samples.answer(state: "accepted", amount: "-7000.00"),
        Samples.answer(state: "accepted", currency: "CNY"),
        Samples.answer(state: "accepted", amount: nil, currency: nil),
        Samples.answer(state: "confirmed", amount: nil),
        Samples.answer(state: "accepted", amount: "7000.00", currency: nil),
        "{\"state\":\"accepted\"}", "accepted", "",
    ])
    func `an answer about another key, amount or currency is unknown, never accepted`(
        body: String
    ) throws {
        for (call, status) in [(FundingCall.send, 201), (.send, 200), (.ask, 200)] {
            let answer = try judge(call, status, body)
            #expect(answer.kind == "unknown")
            #expect(answer.evidence?.isEmpty == false)
        }
    }

    @Test(
        arguments: [
            ("6999.99", "acceptedPart"), ("0.01", "acceptedPart"), ("7000.00", "accepted"),
            ("0.00", "unknown"), ("7000.01", "unknown"), ("-1.00", "unknown"),
        ])
    func `a part is accepted where the request takes parts, and nowhere else`(
        amount: String, kind: String
    ) throws {
        for (call, status) in [(FundingCall.send, 201), (.send, 200), (.ask, 200)] {
            let body = Samples.answer(state: "accepted", amount: amount)
            let answer = AnswerJudgement.judge(
                call, of: try Samples.request(acceptsPart: true), status: status,
                body: Array(body.utf8))
            #expect(answer.kind == kind)
            #expect(try judge(call, status, body).kind == (kind == "accepted" ? kind : "unknown"))
        }
        let yuan = Samples.answer(state: "accepted", amount: "1.00", currency: "CNY")
        let answer = AnswerJudgement.judge(
            .send, of: try Samples.request(acceptsPart: true), status: 201,
            body: Array(yuan.utf8))
        #expect(answer.kind == "unknown")
    }

    @Test func `a reversal of another amount than asked for is a reversal all the same`() throws {
        let reversed = Samples.answer(state: "reversed", amount: "1.00")
        #expect(try judge(.reverse, 200, reversed) == .reversed(isTombstone: false))
        #expect(try judge(.ask, 200, reversed).kind == "unknown")
        let other = Samples.answer(key: "LC-2.harbor.1", state: "reversed", amount: "1.00")
        #expect(try judge(.reverse, 200, other).kind == "unknown")
    }

    @Test func `a refusal about another key or amount is unknown, never refused`() throws {
        let otherKey = Samples.answer(key: "LC-2.harbor.1", state: "refused")
        #expect(try judge(.send, 422, otherKey).kind == "unknown")
        let otherAmount = Samples.answer(state: "refused", amount: "1.00")
        #expect(try judge(.send, 422, otherAmount).kind == "unknown")
        let noAmount = Samples.answer(state: "refused", amount: nil, currency: nil)
        #expect(try judge(.send, 422, noAmount).kind == "refused")
    }

    @Test func `the tombstone of an unknown key names no amount and is a reversal`() throws {
        let tombstone = Samples.answer(state: "reversed", amount: nil, currency: nil)
        #expect(try judge(.reverse, 200, tombstone) == .reversed(isTombstone: true))
    }
}
