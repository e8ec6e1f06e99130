// The request's bytes, and how strictly an answer is read.

import BusinessCalendar
import LendingRules
import Monetary
import Operations
import PartnerGateway
import Testing

@Suite struct FundingWireTests {
    @Test func `a request's body is fixed to the byte`() throws {
        #expect(
            String(decoding: try Samples.request().wireBody, as: UTF8.self)
                == #"{"key":"LC-1.harbor.1","loan":"LC-1","lender":"harbor","amount":"7000.00","#
                + #""currency":"USD","loanAmount":"10000.00","valueDate":"2026-01-03","#
                + #""expiresAt":"2026-01-05T00:00:00Z","borrowerRef":"B-17","terms":{"#
                + #""principal":"10000.00","currency":"USD","annualRatePercent":"12.00","#
                + #""method":"equal-instalment","instalments":36,"#
                + #""every":{"count":1,"unit":"months"},"disbursedOn":"2026-01-03","#
                + #""dayCount":"30/360","rounding":"half-even","instalmentRounding":"up"}}"#)
    }

    @Test func `text from outside cannot break out of the body`() throws {
        let body = try Samples.request(borrower: "x\",\"amount\":\"1.00").wireBody
        let json = try JSONReader.read(body)
        #expect(json["borrowerRef"]?.text == "x\",\"amount\":\"1.00")
        #expect(json["amount"]?.text == "7000.00")
    }

    private func text(_ change: (inout ScheduleTerms) throws -> Void) throws -> String {
        let request = try Samples.request()
        var terms = request.terms
        try change(&terms)
        let changed = FundingRequest(
            key: request.key, loan: request.loan, party: request.party, amount: request.amount,
            currency: request.currency, loanAmount: request.loanAmount,
            valueDate: request.valueDate, expiresAt: request.expiresAt,
            borrowerRef: request.borrowerRef, terms: terms)
        return String(decoding: changed.wireBody, as: UTF8.self)
    }

    @Test func `an optional first due date and a multiple are spelt out`() throws {
        let text = try text {
            $0.firstDueOn = $0.disbursedOn.adding(days: 40)
            $0.instalmentMultiple = 100
        }
        let json = try JSONReader.read(Array(text.utf8))["terms"]
        #expect(json?["firstDueOn"]?.text == "2026-02-12")
        #expect(json?["instalmentMultiple"]?.text == "1.00")
    }

    @Test func `conventions that are not the usual ones are spelt out`() throws {
        let text = try text {
            $0.principalGrace = 2
            $0.interestGrace = 1
            $0.monthEnd = .nextMonth
            $0.holidays = HolidayShift(
                calendar: HolidayCalendar(name: "US", weekend: [6, 7], holidays: []),
                rule: .following)
            $0.fees = [
                LoanFee(
                    name: "set-up", value: .share(try Share("1.5%"), of: .principal),
                    moment: .upfront),
                LoanFee(
                    name: "third", value: .share(try Share("1/3"), of: .instalment), moment: .each),
                LoanFee(name: "account", value: .amount(250), moment: .each),
            ]
        }
        let expected = [
            #""instalmentRounding":"up","principalGrace":2,"interestGrace":1,"#,
            #""monthEnd":"next-month","holidays":{"calendar":"US","rule":"following"},"#,
            #""fees":[{"name":"set-up","value":"1.5%","of":"principal","#,
            #""when":"upfront"},"#,
            #"{"name":"third","value":"1/3","of":"instalment","when":"each"},"#,
            #"{"name":"account","value":"2.50","when":"each"}]}}"#,
        ].joined()
        #expect(text.hasSuffix(expected))
    }

    @Test func `an answer is read whole`() throws {
        let text = Samples.answer(
            state: "accepted",
            more:
                #","reference":"H-9","valueDate":"2026-01-04","reason":null,"sequence":3,"new":{}"#)
        let answer = try FundingAnswer(Array(text.utf8))
        #expect(answer.state == .accepted)
        #expect(answer.money?.minorUnits == 700_000)
        #expect(answer.reference == "H-9")
        #expect(answer.valueDate?.description == "2026-01-04")
        #expect(answer.reason == "")
    }

    @Test(arguments: [
        ("", "not JSON"), ("{", "not JSON"), (#"{"key":"LC-1.harbor.1","state":"acc"#, "not JSON"),
        ("[]", "an array"), ("{}", "names no key"), (#"{"key":""}"#, "names no key"),
        (#"{"key":1,"state":"accepted"}"#, "'key' is a number"),
        (#"{"key":"k"}"#, "no known state"), (#"{"key":"k","state":"ACCEPTED"}"#, "no known state"),
        (#"{"key":"k","state":"done"}"#, "no known state"),
        (#"{"key":"k","state":"refused","state":"accepted"}"#, "stands twice"),
        (
            #"{"key":"k","state":"accepted","amount":70.00,"currency":"USD"}"#,
            "'amount' is a number"
        ),
        (#"{"key":"k","state":"accepted","amount":"70.00"}"#, "without a known currency"),
        (#"{"key":"k","state":"accepted","amount":"70","currency":"usd"}"#, "known currency"),
        (#"{"key":"k","state":"accepted","amount":"70.001","currency":"USD"}"#, "not an amount"),
        (#"{"key":"k","state":"accepted","amount":"7e1","currency":"USD"}"#, "not an amount"),
        (#"{"key":"k","state":"accepted","valueDate":"2026-02-30"}"#, "no date"),
        (#"{"key":"k","state":"refused","reasonCode":7}"#, "'reasonCode' is a number"),
    ])
    func `an answer that is not to the letter is refused`(text: String, what: String) {
        let fault = #expect(throws: AnswerFault.self) { try FundingAnswer(Array(text.utf8)) }
        #expect(fault?.what.contains(what) == true, "\(fault?.what ?? "")")
    }
}
