import LendingRules
import Testing

/// How cash meets what is due: the borrower's buckets after each story.
struct AllocationTests {
    @Test(
        arguments: [
            ("nothing happened yet", "", "01-01", "1200.00 0.00 0.39 0.00 0.00 | 0.00 | 0"),
            (
                "the night before the due date completes the interest", "", "01-31",
                "1200.00 0.00 12.00 0.00 0.00 | 0.00 | 0"
            ),
            (
                "paid on the due date", "P1 02-01 412.00", "02-01",
                "800.00 0.00 0.29 0.00 0.00 | 0.00 | 0"
            ),
            (
                "paid in two parts on the due date", "P1 02-01 200.00; P2 02-01 212.00", "02-01",
                "800.00 0.00 0.29 0.00 0.00 | 0.00 | 0"
            ),
            (
                "interest before principal", "P1 02-01 10.00", "02-01",
                "800.00 400.00 0.29 2.00 0.00 | 0.00 | 0"
            ),
            (
                "principal after interest", "P1 02-01 112.00", "02-01",
                "800.00 300.00 0.29 0.00 0.00 | 0.00 | 0"
            ),
            (
                "penalty before interest", "P1 02-05 1.00", "02-05",
                "800.00 400.00 1.43 11.79 0.20 | 0.00 | 4"
            ),
            (
                "the oldest instalment first, all its parts", "P1 03-05 412.00", "03-05",
                "400.00 406.31 0.65 8.00 1.00 | 0.00 | 32"
            ),
            (
                "one payment over two instalments", "P1 03-01 825.68", "03-01",
                "400.00 0.00 0.13 0.00 0.00 | 0.16 | 0"
            ),
        ])
    func `cash goes to the oldest due instalment, inside it penalty, interest, principal`(
        story: String, facts: String, date: String, expected: String
    ) throws {
        #expect(try Story(facts).line(date) == expected, "\(story)")
    }

    @Test(
        arguments: [
            (
                "waits before the due date", "P1 01-10 500.00", "01-10",
                "1200.00 0.00 3.87 0.00 0.00 | 500.00 | 0"
            ),
            (
                "waits until the day before", "P1 01-10 500.00", "01-31",
                "1200.00 0.00 12.00 0.00 0.00 | 500.00 | 0"
            ),
            (
                "is applied on the due date", "P1 01-10 500.00", "02-01",
                "800.00 0.00 0.29 0.00 0.00 | 88.00 | 0"
            ),
            (
                "is applied to the next one too", "P1 01-10 500.00", "03-01",
                "400.00 320.00 0.13 0.00 0.00 | 0.00 | 0"
            ),
            (
                "is what exceeds all that is due", "P1 02-10 1000.00", "02-10",
                "800.00 0.00 2.86 0.00 0.00 | 586.22 | 0"
            ),
            (
                "stays when everything is paid", "P1 01-05 1300.00", "04-01",
                "0.00 0.00 0.00 0.00 0.00 | 76.00 | 0"
            ),
            (
                "goes before the cash of the date", "P1 01-10 100.00; P2 02-01 312.00", "02-01",
                "800.00 0.00 0.29 0.00 0.00 | 0.00 | 0"
            ),
        ])
    func `what exceeds all that is due stays unallocated until the next instalment falls due`(
        story: String, facts: String, date: String, expected: String
    ) throws {
        #expect(try Story(facts).line(date) == expected, "unallocated cash \(story)")
    }

    @Test
    func `each payment remembers what it paid for, also when it had to wait`() throws {
        let position = try Story("P1 01-10 100.00; P2 02-01 400.00").position("02-01")
        let parts = position.payments.map { payment in
            payment.parts.map { "\($0.components.principal) \($0.components.interest)" }
        }
        #expect(parts == [["2640 360", "6160 840"], ["9360 0", "21840 0"]])
        #expect(position.payments.map(\.unallocated) == [0, 8_800])
    }

    @Test
    func `a lender gets its interval of the one scale of each component`() throws {
        let position = try Story("P1 02-01 0.05; P2 02-01 0.05; P3 02-01 0.05").position("02-01")
        // Harbor is the larger: S(5) = 4, S(10) = 7, S(15) = 11 of the interest.
        #expect(position.payments.map { $0.parts[1].components.interest } == [4, 3, 4])
        #expect(position.payments.map { $0.parts[0].components.interest } == [1, 2, 1])
    }
}
