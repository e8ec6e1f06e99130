import BusinessCalendar
import LendingRules
import Monetary
import Testing

/// A reversed payment is as if it had never come; a late one as if it had come in time.
struct ReversalTests {
    @Test(
        arguments: [
            ("P1 02-01 412.00; -P1 02-10", "02-09", "800.00 0.00 2.57 0.00 0.00 | 0.00 | 0"),
            ("P1 02-01 412.00; -P1 02-10", "02-10", "800.00 400.00 2.86 12.00 1.97 | 0.00 | 9"),
            (
                "P1 02-01 412.00; P2 02-05 10.00; -P1 02-10", "02-10",
                "800.00 400.00 2.86 2.79 1.18 | 0.00 | 9"
            ),
            // Announced for a later date, it counts from then.
            ("P1 02-01 412.00; -P1 02-12>02-10", "02-11", "800.00 0.00 3.14 0.00 0.00 | 0.00 | 0"),
            (
                "P1 02-01 412.00; -P1 02-12>02-10", "02-12",
                "800.00 400.00 3.43 12.00 2.37 | 0.00 | 11"
            ),
        ])
    func `a reversal undoes a payment from its value date`(
        facts: String, date: String, expected: String
    ) throws {
        #expect(try Story(facts).line(date) == expected)
    }

    @Test(
        arguments: [
            ("P1 02-01 412.00; P2 02-20 50.00; -P1 02-25", "P2 02-20 50.00"),
            ("P1 01-15 900.00; -P1 03-10; P2 03-11 900.00", "P2 03-11 900.00"),
            ("P1 02-01 412.00; -P1 02-05; P2 02-05 412.00; -P2 02-06", ""),
        ])
    func `the position equals that without the payment`(facts: String, rest: String) throws {
        let (story, other) = (try Story(facts), try Story(rest))
        for date in ["03-12", "04-01", "06-30"] {
            #expect(try story.line(date) == other.line(date))
            #expect(try story.position(date).lenders == other.position(date).lenders)
        }
    }

    @Test(
        arguments: [
            ["P1 02-01 412.00", "P2 03-01 408.00", "P3 04-01 404.00"],
            ["P1 02-01>02-27 412.00", "P2 02-14>02-20 100.00", "P3 02-10>02-28 7.77"],
            ["P1 01-05>03-15 800.00", "P2 03-20 30.00", "-P1 03-25"],
        ])
    func `the order of arrival changes no final position`(facts: [String]) throws {
        let story = try Story(facts.joined(separator: ";"))
        let expected = try story.position("05-15")
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let arrived = Story(contract: story.contract, facts: order.map { story.facts[$0] })
            #expect(try arrived.position("05-15") == expected)
        }
        // Whatever the day on which each was learned.
        let prompt = Story(
            contract: story.contract,
            facts: story.facts.map {
                LoanFact(
                    id: $0.id, kind: $0.kind, valueDate: $0.valueDate, bookingDate: $0.valueDate,
                    instant: $0.instant)
            })
        #expect(try prompt.position("05-15") == expected)
    }

    @Test(
        arguments: [
            ("P1 12-31 1.00", nil), ("P1 01-01 0.00", ServicingError.unusablePayment(id: "P1")),
            ("-P9 02-01", .unknownPayment(id: "P9", reversal: "-P9")),
            ("P1 02-01 1.00; -P1 02-02; -P1 02-03", .reversedTwice(id: "P1", reversal: "-P1")),
        ])
    func `facts that cannot be are named`(facts: String, error: ServicingError?) throws {
        let story = try Story(facts)
        guard let error else {
            #expect(throws: Never.self) { try story.position("12-31") }
            return
        }
        #expect(throws: error) { try story.position("12-31") }
    }

    @Test
    func `a payment before the disbursement is refused`() throws {
        let story = try Story("P1 01-01 1.00")
        let early = LoanFact(
            id: "P0", kind: .repayment(amount: 1),
            valueDate: story.contract.disbursedOn.adding(days: -1),
            bookingDate: story.contract.disbursedOn, instant: 0)
        #expect(throws: ServicingError.beforeDisbursement(id: "P0")) {
            try story.contract.position(facts: [early], at: Story.date("02-01"))
        }
    }

    @Test
    func `payments beyond 64 bits are an overflow`() throws {
        let story = try Story()
        let facts = ["P1", "P2"].map {
            LoanFact(
                id: $0, kind: .repayment(amount: .max), valueDate: Story.date("02-01"),
                bookingDate: Story.date("02-01"), instant: 0)
        }
        #expect(throws: ServicingError.amount(.overflow)) {
            try story.contract.position(facts: facts, at: Story.date("02-01"))
        }
    }
}

extension Story {
    init(contract: LoanContract, facts: [LoanFact]) {
        (self.contract, self.facts) = (contract, facts)
    }
}
