import MockBank
import Testing

@Suite struct MoneyFaultTests {
    private let path = "/v1/funding-requests/L1.harbor.1"

    private func bank(_ fault: String, _ extra: String = "") throws -> TestBank {
        try TestBank(extra: "faults: {money: [{\(fault)}]}\n" + extra)
    }

    private func booked(_ bank: TestBank, _ member: String) throws -> String? {
        try bank.call("GET", "/admin/v1/book")?.body["requests"]?.elements?.first?[member]?.text
    }

    @Test func `duplicate execution: one answer, money twice`() throws {
        let bank = try bank("kind: duplicate-execution, probability: 1")
        #expect(try bank.post(Sample.request()) == "201 accepted")
        #expect(try bank.executions("L1.harbor.1") == 2)
        try bank.reopen()
        #expect(try bank.executions("L1.harbor.1") == 2)
        #expect(try bank.journal().contains { $0["fault"]?.text == "duplicate-execution" })
        // Its own files do not hide it, whether or not the loan is ever paid out.
        try bank.send("2026-01-31")
        let row = "L1.harbor.1,L1,7000.00,USD"
        #expect(try bank.offered("2026-01-31", "in-flight.csv") == [row, row])
    }

    @Test(arguments: [
        ("kind: cent-off", "6999.99 USD", "6999.99 USD", "6999.99 USD"),
        ("kind: cent-off, minorUnits: 2", "7000.02 USD", "7000.02 USD", "7000.02 USD"),
        ("kind: cent-off, in: answer", "6999.99 USD", "7000.00 USD", "7000.00 USD"),
        ("kind: wrong-currency", "7000.00 EUR", "7000.00 EUR", "7000.00 EUR"),
        (
            "kind: wrong-currency, currency: GBP, in: answer", "7000.00 GBP", "7000.00 USD",
            "7000.00 USD"
        ),
        ("kind: partial-funding", "3500.00 USD", "3500.00 USD", "3500.00 USD"),
        ("kind: partial-funding, percent: 99", "6930.00 USD", "6930.00 USD", "6930.00 USD"),
    ])
    func `wrong money stands where the fault puts it`(
        fault: String, answered: String, queried: String, inBook: String
    ) throws {
        let bank = try bank(fault + ", probability: 1")
        let answer = try bank.call("POST", "/v1/funding-requests", Sample.request())?.body
        func text(_ json: JSON?) -> String {
            "\(json?["amount"]?.text ?? "-") \(json?["currency"]?.text ?? "-")"
        }
        #expect(text(answer) == answered)
        #expect(text(try bank.call("GET", path)?.body) == queried)
        try bank.reopen()
        #expect(text(try bank.call("GET", path)?.body) == queried)
        let book = [try booked(bank, "amount"), try booked(bank, "currency")]
        #expect(book.compactMap(\.self).joined(separator: " ") == inBook)
    }

    @Test func `executed, and unknown for a while`() throws {
        let bank = try bank("kind: unknown-for-a-while, queries: 2, probability: 1")
        #expect(try bank.post(Sample.request()) == "201 accepted")
        #expect(try bank.executions("L1.harbor.1") == 1)
        #expect(try bank.ask("GET", path, "", "reasonCode") == "404 unknown-key")
        try bank.reopen()
        #expect(try bank.ask("GET", path, "", "reasonCode") == "404 unknown-key")
        #expect(try bank.ask("GET", path) == "200 accepted")
    }

    @Test func `a forgotten key is 410 at once, and not executed again`() throws {
        let bank = try bank("kind: forgotten-key, probability: 1")
        #expect(try bank.post(Sample.request()) == "201 accepted")
        #expect(try bank.ask("GET", path, "", "reasonCode") == "410 forgotten")
        #expect(try bank.post(Sample.request(), "reasonCode") == "409 forgotten")
        #expect(try bank.executions("L1.harbor.1") == 1)
    }

    @Test func `a held request is unknown, then executed`() throws {
        let bank = try bank("kind: held-request, queries: 1, probability: 1")
        #expect(try bank.post(Sample.request()) == "closed")
        #expect(try bank.executions("L1.harbor.1") == nil)
        #expect(try bank.ask("GET", path, "", "reasonCode") == "404 unknown-key")
        try bank.reopen()
        #expect(try bank.ask("GET", path) == "200 accepted")
        #expect(try bank.executions("L1.harbor.1") == 1)
    }

    @Test func `a held request is executed when it is sent again, once`() throws {
        let bank = try bank("kind: held-request, probability: 1")
        #expect(try bank.post(Sample.request()) == "closed")
        #expect(try bank.post(Sample.request()) == "200 accepted")
        #expect(try bank.executions("L1.harbor.1") == 1)
    }

    @Test func `a held request is executed when the next date begins`() throws {
        let bank = try bank("kind: held-request, queries: 9, probability: 1")
        #expect(try bank.post(Sample.request()) == "closed")
        _ = try bank.call("POST", "/admin/v1/clock", "{\"businessDate\":\"2026-01-02\"}")
        #expect(try bank.ask("GET", path) == "200 accepted")
    }

    @Test(arguments: [(true, "200 reversed", 0), (false, "200 accepted", 1)])
    func `a reversal overtakes the request; only a good bank honours it`(
        honours: Bool, state: String, executions: Int
    ) throws {
        let bank = try bank(
            "kind: held-request, queries: 0, honoursReversal: \(honours), probability: 1")
        #expect(try bank.post(Sample.request()) == "closed")
        #expect(try bank.ask("POST", path + "/reversal") == "200 reversed")
        #expect(try bank.ask("GET", path) == state)
        try bank.reopen()
        #expect(try bank.ask("GET", path) == state)
        #expect(try bank.executions("L1.harbor.1") == executions)
    }

    @Test func `a line of a batch takes faults of money too`() throws {
        let bank = try bank("kind: cent-off, match: {loan: B}")
        let lines = ["A", "B"].map { Sample.request($0, loan: $0) }.joined(separator: "\n")
        let answer = try bank.call("POST", "/v1/funding-requests:batch", lines)
        let amounts = try answer?.text.split(separator: "\n").map {
            try JSON.parse(Array($0.utf8))["amount"]?.text
        }
        #expect(amounts == ["7000.00", "6999.99"])
    }

    @Test func `what the bank lost on the way it has booked: both kinds together`() throws {
        let bank = try TestBank(
            extra: """
                faults:
                  transport: [{kind: drop-after-commit, sequence: {first: 1}}]
                  money: [{kind: unknown-for-a-while, queries: 1, probability: 1}]
                """)
        #expect(try bank.post(Sample.request()) == "closed")
        #expect(try bank.ask("GET", path, "", "reasonCode") == "404 unknown-key")
        #expect(try bank.ask("GET", path) == "200 accepted")
        #expect(try bank.post(Sample.request()) == "200 accepted")
        #expect(try bank.executions("L1.harbor.1") == 1)
    }
}

@Suite struct BankCalendarTests {
    @Test(arguments: [
        ("holidays: [2026-01-31]", "00:00", "422 holiday"),
        ("holidays: [2026-02-01]", "00:00", "201 -"),
        ("weekend: [sat, sun]", "00:00", "422 holiday"),
        ("weekend: [sun]", "00:00", "201 -"), ("cutOff: \"17:00\"", "16:59", "201 -"),
        ("cutOff: \"17:00\"", "17:00", "422 cut-off"),
    ])
    func `days off and the cut-off refuse`(
        calendar: String, time: String, answer: String
    ) throws {
        let bank = try TestBank(extra: "startDate: 2026-01-31\ncalendar: {\(calendar)}")
        let body = "{\"businessDate\":\"2026-01-31\",\"time\":\"\(time)\"}"
        #expect(try bank.call("POST", "/admin/v1/clock", body)?.status == 200)
        try bank.reopen()
        #expect(try bank.post(Sample.request(), "reasonCode") == answer)
        #expect(try bank.executions("L1.harbor.1") == (answer == "201 -" ? 1 : 0))
    }

    @Test func `a date that is over is past the cut-off`() throws {
        let bank = try TestBank(extra: "startDate: 2026-02-01\ncalendar: {cutOff: \"17:00\"}")
        #expect(try bank.post(Sample.request(), "reasonCode") == "422 cut-off")
    }

    @Test(arguments: ["25:00", "7:00", "noon"])
    func `a time that is none is refused`(time: String) throws {
        let bank = try TestBank()
        let body = "{\"businessDate\":\"2026-01-01\",\"time\":\"\(time)\"}"
        #expect(try bank.call("POST", "/admin/v1/clock", body)?.status == 400)
    }
}
