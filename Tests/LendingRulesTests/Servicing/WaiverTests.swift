import LendingRules
import Monetary
import Testing

/// Claims given up: from the front of what is left, at their holders' or one party's cost.
struct WaiverTests {
    @Test(
        arguments: [
            // 9 days of penalty on 400.00 are waived; a tenth runs on the 300.00 that is left.
            (
                "W1 02-10 waiver 100.00/12.00/1.78", "02-10",
                "800.00 300.00 2.86 0.00 0.14 | 0.00 | 9"
            ),
            // On the due date it is not overdue yet.
            (
                "W1 02-01 waiver 400.00/12.00/0.00", "02-01",
                "800.00 0.00 0.29 0.00 0.00 | 0.00 | 0"
            ),
            // Oldest first, over two instalments.
            (
                "W1 03-05 waiver 500.00/15.00/0.00", "03-05",
                "400.00 300.00 0.65 5.00 7.25 | 0.00 | 4"
            ),
            // A payment after it goes to what is left.
            (
                "W1 02-10 waiver 100.00/12.00/1.78; P1 02-10 300.00", "02-10",
                "800.00 0.00 2.86 0.00 0.00 | 0.00 | 0"
            ),
            // Only the penalty is left; it is paid before the next instalment.
            (
                "W1 02-10 waiver 400.00/12.00/0.00; P1 02-11 1.00; P2 02-12 1.00", "02-12",
                "800.00 0.00 3.43 0.00 0.00 | 0.22 | 0"
            ),
        ])
    func `a waiver takes from the oldest claims that are due`(
        facts: String, date: String, expected: String
    ) throws {
        #expect(try Story(facts).line(date) == expected)
    }

    @Test
    func `each holder bears its own`() throws {
        #expect(
            try Story("W1 02-10 waiver 100.00/12.00/1.78").entries("02-10", of: "waiver") == [
                "waiver platform 1120 -30.00", "waiver platform 1140 -3.60",
                "waiver platform 1150 -0.53", "waiver platform 5020 34.13",
                "waiver harbor 1120 -70.00", "waiver harbor 1140 -8.40",
                "waiver harbor 1150 -1.25", "waiver harbor 5020 79.65",
            ])
    }

    @Test
    func `the platform bears it and pays harbor`() throws {
        #expect(
            try Story("W1 02-10 waiver 100.00/12.00/1.78 platform")
                .entries("02-10", of: "subsidy") == [
                    "subsidy platform 1120 -30.00", "subsidy platform 1140 -3.60",
                    "subsidy platform 1150 -0.53", "subsidy platform 5020 34.13",
                    "subsidy harbor 1120 -70.00", "subsidy harbor 1140 -8.40",
                    "subsidy harbor 1150 -1.25", "subsidy platform 5030 79.65",
                    "subsidy harbor 1310 platform 79.65", "subsidy platform 1310 harbor -79.65",
                ])
    }

    @Test
    func `a bank bears it and pays the platform`() throws {
        let entries = try Story("W1 02-10 waiver 0.00/12.00/0.00 harbor")
            .entries("02-10", of: "subsidy")
        #expect(
            entries == [
                "subsidy platform 1140 -3.60", "subsidy harbor 5030 3.60",
                "subsidy platform 1310 harbor 3.60", "subsidy harbor 1310 platform -3.60",
                "subsidy harbor 1140 -8.40", "subsidy harbor 5020 8.40",
            ])
    }

    @Test(
        arguments: [
            ("W1 02-10 waiver 400.01/0.00/0.00", 1), ("W1 02-10 waiver 0.00/13.00/2.00", 122),
            ("W1 01-20 waiver 1.00/1.00/0.00", 200), ("W1 02-03 waiver 0.00/0.00/0.10", 10),
            ("W1 02-10 waiver 400.00/12.00/1.78", 0),
            // A payment learned later has paid it first.
            ("W1 02-10 waiver 0.00/12.00/0.00; P1 02-05>02-12 12.50", 1171),
        ])
    func `what is not owed is not waived and told`(facts: String, shortfall: Int64) throws {
        #expect(try Story(facts).position("02-12").shortfall == shortfall)
    }

    @Test
    func `a later payment that counts from before takes the waiver back and is a correction`()
        throws
    {
        let story = try Story("W1 02-10 waiver 0.00/12.00/0.00; P1 02-05>02-12 12.79")
        // 4 days of penalty are 0.79: the payment covers them and the interest.
        #expect(try story.line("02-12") == "800.00 400.00 3.43 0.00 1.58 | 0.00 | 11")
        #expect(
            try story.entries("02-12", of: "waiver") == [
                "waiver platform 1140 3.60", "waiver platform 5020 -3.60",
                "waiver harbor 1140 8.40", "waiver harbor 5020 -8.40",
            ])
    }
}
