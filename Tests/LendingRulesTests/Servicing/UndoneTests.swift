import LendingRules
import Monetary
import Testing

/// A loan that was given back, or whose payout never arrived: shares go back at par.
struct UndoneTests {
    static let nothing = "0.00 0.00 0.00 0.00 0.00"

    @Test(
        arguments: [
            "X1 01-10 cancelled none", "X1 01-10 cancelled interest",
            "X1 01-10 cancelled fee 5.00", "X1 01-10 payout-failed", "X1 01-10 payout-returned",
        ])
    func `nothing is owed from then on, and nobody is past due`(facts: String) throws {
        let story = try Story(facts)
        #expect(try story.line("01-09") == "1200.00 0.00 3.48 0.00 0.00 | 0.00 | 0")
        for date in ["01-10", "01-11", "02-01", "03-15", "06-30"] {
            #expect(try story.line(date) == Self.nothing + " | 0.00 | 0")
            #expect(try story.position(date).isPaidOff && story.position(date).isUndone)
        }
        #expect(try story.entries("01-11").isEmpty)
    }

    /// By the end of 01-09 harbor has accrued 2.44 and the platform 1.04.
    @Test(arguments: ["cancelled none", "payout-failed", "payout-returned"])
    func `shares go back at par and interest is taken back`(kind: String) throws {
        #expect(
            try Story("X1 01-10 \(kind)").entries("01-10") == [
                "disbursement platform 1110 -360.00",
                "accrual platform 1130 -1.04", "accrual platform 4010 1.04",
                "disbursement harbor 1110 -840.00",
                "disbursement platform 1310 harbor -840.00",
                "disbursement harbor 1310 platform 840.00",
                "accrual harbor 1130 -2.44", "accrual harbor 4010 2.44",
                "disbursement platform 2020 1200.00",
                "payout platform 2020 -1200.00", "payout platform 1010 1200.00",
            ])
    }

    @Test
    func `interest charged is that of the days before, without a service fee`() throws {
        let story = try Story("X1 01-10 cancelled interest")
        #expect(
            try story.entries("01-10", of: "repayment", "accrual", "service-fee") == [
                "repayment platform 1130 -1.04", "repayment harbor 1130 -2.44",
                "repayment harbor 1310 platform 2.44", "repayment platform 1310 harbor -2.44",
                "repayment platform 1010 3.48",
            ])
        #expect(try story.position("01-10").payments.map(\.received) == [348])
    }

    @Test
    func `a fee is the platform's`() throws {
        #expect(
            try Story("X1 01-10 cancelled fee 5.00").entries("01-10", of: "cancellation") == [
                "cancellation platform 1010 5.00", "cancellation platform 4030 -5.00",
            ])
    }

    @Test
    func `payments before it wait whole, and may be refunded or reversed`() throws {
        let facts = "P1 02-01 500.00; W1 02-02 waiver 0.00/0.00/0.00; X1 02-05 payout-returned"
        let story = try Story(facts.replacing("W1 02-02 waiver 0.00/0.00/0.00; ", with: ""))
        #expect(try story.line("02-05") == Self.nothing + " | 500.00 | 0")
        #expect(
            try story.entries("02-05", of: "service-fee") == [
                "service-fee harbor 5010 -0.84", "service-fee platform 4040 0.84",
                "service-fee platform 1310 harbor -0.84",
                "service-fee harbor 1310 platform 0.84",
            ])
        let refunded = try Story(
            "P1 02-01 500.00; X1 02-05 payout-returned; F1 02-06 refund 500.00")
        #expect(try refunded.line("02-06") == Self.nothing + " | 0.00 | 0")
        let reversed = try Story("P1 02-01 500.00; X1 02-05 payout-returned; -P1 02-06")
        #expect(try reversed.line("02-06") == Self.nothing + " | 0.00 | 0")
    }

    /// 5.00 of the 50.00 covered what collecting cost; the rest was for claims that never were.
    @Test
    func `what was collected on a charge-off before it is the borrower's`() throws {
        let story = try Story(
            "C1 01-05 full all; K1 01-06 cost 5.00; R1 01-07 recovery 50.00; "
                + "X1 01-10 cancelled none"
        )
        #expect(try story.line("01-10") == Self.nothing + " | 45.00 | 0")
        #expect(
            try story.entries("01-10", of: "recovery") == [
                "recovery platform 4060 13.50", "recovery platform 9030 13.50",
                "recovery platform 9031 -13.50", "recovery harbor 4060 31.50",
                "recovery harbor 9030 31.50", "recovery harbor 9031 -31.50",
                "recovery harbor 1310 platform -31.50", "recovery platform 1310 harbor 31.50",
                "recovery platform 2010 -45.00",
            ])
    }

    @Test
    func `undone on the day of its disbursement it leaves no entry but its cash`() throws {
        let story = try Story("X1 01-01 payout-failed")
        #expect(try story.entries("01-01").isEmpty)
    }

    @Test(
        arguments: [
            (
                "X1 01-02 payout-failed; X2 01-03 payout-returned",
                ServicingError.undoneTwice(id: "X2")
            ),
            ("W1 02-02 waiver 0.00/0.00/0.00", .unusablePayment(id: "W1")),
            ("W1 02-02 waiver -1.00/2.00/0.00", .unusablePayment(id: "W1")),
            ("F1 02-02 refund 0.00", .unusablePayment(id: "F1")),
            ("R1 02-02 recovery -1.00", .unusablePayment(id: "R1")),
            (
                "-W1 02-03; W1 02-02 waiver 1.00/0.00/0.00",
                .unknownPayment(id: "W1", reversal: "-W1")
            ),
        ])
    func `facts that cannot be are named`(facts: String, error: ServicingError) throws {
        let story = try Story(facts)
        #expect(throws: error) { try story.position("02-10") }
    }

    /// Its cure would wait for an instalment paid on time, and none comes any more.
    @Test func `nothing of a loan undone is in non-accrual`() throws {
        let story = try Story("X1 05-10 payout-returned").served {
            $0.nonAccrual = NonAccrualTerms(afterDays: 90, observedInstalments: 1)
        }
        #expect(try story.position("05-09").isNonAccrual)
        for date in ["05-10", "05-11", "06-30"] {
            #expect(try !story.position(date).isNonAccrual)
        }
    }
}
