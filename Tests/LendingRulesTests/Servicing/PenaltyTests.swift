import LendingRules
import Testing

/// Penalty on overdue principal: 400.00 × 12 % × 1.5 ÷ 365 is 19.726 cents a day.
struct PenaltyTests {
    @Test(
        arguments: [
            ("", "02-01", "0.00"), ("", "02-03", "0.00"),
            // Three nights and the fourth: the grace is over, and it counts from the due date.
            ("", "02-04", "0.79"), ("", "02-05", "0.99"), ("", "02-10", "1.97"),
            ("P1 02-04 412.00", "02-28", "0.00"), ("P1 02-02 412.00", "02-28", "0.00"),
            // What is paid within the grace owes none, the rest owes from the due date.
            ("P1 02-03 212.00", "02-03", "0.00"), ("P1 02-03 212.00", "02-04", "0.39"),
            // Paid after it: 4 days owed, and the payment is short by them.
            ("P1 02-05 412.79", "02-28", "0.00"), ("P1 02-05 0.79", "02-05", "0.20"),
            // Learned late, counted from its value date.
            ("P1 02-04>02-20 412.00", "02-19", "3.75"), ("P1 02-04>02-20 412.00", "02-20", "0.00"),
        ])
    func `grace forgives what is paid within it; after it penalty counts from the due date`(
        facts: String, date: String, penalty: String
    ) throws {
        #expect(try Story(facts).penalty(date) == penalty)
    }

    @Test(
        arguments: [
            ("", "02-01", "0.20"), ("", "02-02", "0.39"), ("P1 02-01 412.00", "02-28", "0.00"),
            ("P1 02-02 412.20", "02-28", "0.00"), ("P1 02-02 412.00", "02-02", "0.00"),
            ("P1 02-02 412.00", "02-28", "0.00"), ("", "03-01", "5.92"),
        ])
    func `without grace the night of the due date owes penalty`(
        facts: String, date: String, penalty: String
    ) throws {
        #expect(try Story(facts, grace: 0).penalty(date) == penalty)
    }

    @Test(arguments: [(0, "0.00"), (1000, "1.32"), (1300, "1.71"), (2000, "2.63")])
    func `penalty is the multiple of the contract rate`(multiple: Int64, penalty: String) throws {
        #expect(try Story(multiple: multiple).penalty("02-10") == penalty)
    }

    @Test
    func `overdue interest owes no penalty`() throws {
        #expect(try Story("P1 02-01 12.00").penalty("02-10") == "1.97")
        #expect(try Story().penalty("02-10") == "1.97")
    }

    @Test(arguments: [("02-05", "0.04"), ("02-15", "0.14"), ("02-25", "0.22")])
    func `penalty is rounded half to even, once on its cumulative`(date: String, penalty: String)
        throws
    {
        // 18.25 overdue for 5, 15 and 25 days: 4.5, 13.5 and 22.5 cents.
        #expect(try Story("P1 02-01 393.75").penalty(date) == penalty)
    }

    @Test
    func `partial payments together owe what one payment owes`() throws {
        let story = try Story("P1 02-11 113.97; P2 02-13 300.00; P3 02-13 0.30")
        #expect(try story.line("02-13") == "800.00 0.00 3.71 0.00 0.00 | 0.00 | 0")
        // 100.00 for 10 days and 300.00 for 12.
        #expect(try story.position("02-13").lenders.reduce(0) { $0 + $1.paid.penalty } == 227)
    }
}

extension Story {
    fileprivate func penalty(_ date: String) throws -> String {
        String(try line(date).split(separator: " ")[4])
    }
}
