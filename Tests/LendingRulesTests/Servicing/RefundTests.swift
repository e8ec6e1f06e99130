import LendingRules
import Monetary
import Testing

/// Cash that waits goes back to the borrower, who has it then, come what may.
struct RefundTests {
    @Test(
        arguments: [
            ("P1 01-20 500.00; F1 01-25 refund 88.00", "01-25", "412.00", 0),
            // What is left meets the due date.
            ("P1 01-20 500.00; F1 01-25 refund 100.00", "02-01", "0.00", 0),
            ("P1 01-20 5.00; P2 01-21 5.00; F1 01-25 refund 7.00", "01-25", "3.00", 0),
            ("P1 01-20 5.00; F1 01-25 refund 7.00", "01-25", "-2.00", 200),
            ("F1 01-25 refund 7.00", "01-25", "-7.00", 700),
            // The payment is taken back after its rest was refunded: the borrower owes it.
            ("P1 02-01 500.00; F1 02-02 refund 88.00; -P1 02-05", "02-05", "-88.00", 8800),
            ("P1 01-20 5.00; F1 01-25 refund 7.00; P2 01-27 9.00", "01-28", "7.00", 200),
        ])
    func `a refund takes waiting cash, the oldest first`(
        facts: String, date: String, unallocated: String, shortfall: Int64
    ) throws {
        let position = try Story(facts).position(date)
        #expect(Story.text(position.unallocated) == unallocated)
        #expect(position.shortfall == shortfall)
    }

    @Test
    func `what was refunded pays no instalment`() throws {
        let story = try Story("P1 01-20 500.00; F1 01-25 refund 100.00")
        #expect(try story.line("02-01") == "800.00 12.00 0.29 0.00 0.00 | 0.00 | 0")
    }

    @Test
    func `a refund books cash against what waited`() throws {
        let story = try Story("P1 01-20 500.00; F1 01-25 refund 88.00")
        #expect(
            try story.entries("01-25", of: "refund", "repayment") == [
                "refund platform 2010 88.00", "refund platform 1010 -88.00",
            ])
    }
}
