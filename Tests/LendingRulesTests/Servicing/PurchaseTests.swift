import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// A purchase of 1,200.00 on 3 January, on the statement of 20 January that falls due on
/// 5 February; each statement asks for 10 %, the rest is spread over three of them. 18.25 % over
/// 365 days is 0.05 % a day: 0.60 of 1,200.00.
struct PurchaseTests {
    private func story(
        _ facts: String = "", minimum: String = "10%", income: IncomeTerms = .byPrincipal
    ) throws -> Story {
        let plain = try Story(facts)
        var terms = plain.contract.schedule.terms
        terms.rate = try AnnualRate(percent: "18.25")
        terms.method = .statementCycle
        terms.statement = StatementCycle(day: 20, minimumPayment: try Share(minimum))
        terms.dayCount = .actual365Fixed
        terms.disbursedOn = SampleLoan.date("2026-01-03")
        terms.firstDueOn = SampleLoan.date("2026-02-05")
        return try plain.with(
            LoanContract(
                loan: plain.contract.loan, agreement: plain.contract.agreement,
                schedule: Schedule.build(terms), lenders: plain.contract.lenders,
                fundedAmounts: plain.contract.scale.weights, platform: plain.contract.platform,
                serviceFees: [], servicing: plain.contract.servicing, income: income))
    }

    @Test func `it is free of interest until its statement falls due, then bears it by days`()
        throws
    {
        let story = try story()
        #expect(
            try story.plan("01-03") == [
                "02-05 120.00 + 0.00", "03-05 108.00 + 15.12", "04-05 972.00 + 15.07",
            ])
        #expect(try story.line("02-04") == "1200.00 0.00 0.00 0.00 0.00 | 0.00 | 0")
        // The night of the due date is the first that 1,080.00 bears interest for.
        #expect(try story.line("02-05") == "1080.00 120.00 0.54 0.00 0.00 | 0.00 | 0")
    }

    @Test func `paid in full by the due date it never costs anything`() throws {
        #expect(try self.story().payoff("02-05").total == 120_000)
        let story = try story("P1 02-05 1200.00")
        #expect(try story.position("02-05").isPaidOff)
        #expect(try story.line("03-05") == "0.00 0.00 0.00 0.00 0.00 | 0.00 | 0")
    }

    @Test func `what is paid before the statement closes lowers what it asks for`() throws {
        let story = try story("P1 01-20 200.00")
        #expect(try story.plan("01-20")[0] == "02-05 100.00 + 0.00")
    }

    @Test func `what is paid after the statement closed counts against what it asks for`() throws {
        #expect(try story("P1 01-21 50.00").plan("01-21")[0] == "02-05 70.00 + 0.00")
        let more = try story("P1 01-21 200.00")
        #expect(
            try more.plan("01-21") == [
                "02-05 0.00 + 0.00", "03-05 100.00 + 14.00", "04-05 900.00 + 13.95",
            ])
        #expect(try more.line("02-20") == "1000.00 0.00 8.00 0.00 0.00 | 0.00 | 0")
    }

    @Test func `two payments of the minimum after the statement are the minimum`() throws {
        let story = try story("P1 01-21 60.00; P2 02-01 60.00")
        #expect(try story.plan("02-01")[0] == "02-05 0.00 + 0.00")
    }

    @Test func `less than the minimum is past due, and the rest of the purchase is not`() throws {
        let story = try story("P1 02-05 100.00")
        #expect(try story.line("02-09") == "1080.00 20.00 2.70 0.00 0.08 | 0.00 | 4")
        // 20.00 × 1.5 × 0.05 % × 5 days, after the grace.
        #expect(try story.position("02-09").daysPastDue == 4)
    }

    @Test func `a statement that asks for everything has one instalment`() throws {
        let story = try story(minimum: "100%")
        #expect(try story.plan("01-03") == ["02-05 1200.00 + 0.00"])
    }

    @Test func `converted it is repaid in level instalments from then on`() throws {
        let plan = Restructure(instalments: 3, firstDueOn: SampleLoan.date("2026-02-05"))
        let story = try story().with(.restructured(plan), "C1", on: "01-22")
        let position = try story.position("01-22")
        let instalments = position.schedule.instalments
        #expect(instalments.map(\.principal).reduce(0, +) == 120_000)
        #expect(instalments.dropFirst().dropLast().allSatisfy { $0.total == instalments[1].total })
        // 14 days on 1,200.00 at 0.05 % a day.
        #expect(instalments[1].interest == 8_40)
    }

    @Test func `at their own rates too lenders earn nothing while it is free of interest`() throws {
        let harbor = PartyID("harbor")
        let way = LenderComputation.OwnSchedule(
            dayCount: .actual365Fixed, rounding: .halfEven, instalmentRounding: .halfEven)
        for computations in [[:], [harbor: LenderComputation.ownSchedule(way)]] {
            let income = IncomeTerms(
                pricing: .ownRates(spreadOwner: SampleLoan.platform, spread: .last),
                rates: [
                    SampleLoan.platform: try AnnualRate(percent: "18.25"),
                    harbor: try AnnualRate(percent: "7.3"),
                ], computations: computations)
            let paid = try story(
                "P1 02-05 120.00; P2 02-12 303.78; P3 03-05 88.22", income: income)
            // 756.00 × 0.02 % × 7 days; then 546.00 less 54.60 of the last payment for 21 more.
            #expect(try paid.position("02-12").lenders.map(\.paid.allInterest) == [272, 106])
            #expect(try paid.position("03-05").lenders.map(\.paid.allInterest)[1] == 335)
        }
    }

    @Test func `once converted, cash before a due date covers what is billed on it`() throws {
        let plan = Restructure(instalments: 3, firstDueOn: SampleLoan.date("2026-02-05"))
        let converted = try story().with(.restructured(plan), "C1", on: "01-22")
        let billed = try converted.plan("01-22")
        let first = try converted.position("01-22").schedule.instalments[1].total
        let paid = converted.with(.repayment(amount: first), "P1", on: "01-30")
        #expect(try paid.plan("01-30") == billed)
        #expect(try paid.position("01-30").unallocated == first)
        #expect(try paid.position("02-06").daysPastDue == 0)
    }

    @Test func `a part sent back is as if it had been paid`() throws {
        let whole = try story("P1 01-10 1200.00")
        #expect(try whole.position("01-10").isPaidOff)
        #expect(try whole.position("01-10").lenders.allSatisfy { $0.accruedInterest == 0 })
    }
}
