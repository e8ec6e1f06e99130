import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Terms agreed anew while a loan runs: rates, dates, instalments, more money.
struct ChangedPlanTests {
    private func story(_ facts: String, _ kind: LoanFact.Kind, _ date: String) throws -> Story {
        try Story(facts).with(kind, "C1", on: date)
    }

    @Test func `another rate counts from its date, in the period that holds it too`() throws {
        let rate = try AnnualRate(percent: "24")
        let story = try story("P1 02-01 412.00", .rateChange(rate), "02-15")
        #expect(
            try story.plan("02-15") == [
                "02-01 400.00 + 12.00", "03-01 400.00 + 12.00", "04-01 400.00 + 8.00",
            ])
        // 14 nights at 8.00 a period, one at 16.00.
        #expect(try story.line("02-15") == "800.00 0.00 4.57 0.00 0.00 | 0.00 | 0")
    }

    @Test func `penalty follows the rate of its day`() throws {
        let story = try story("", .rateChange(try AnnualRate(percent: "24")), "02-11")
        // 400.00 × 1.5 × (12 % × 10 days + 24 % × 10 days) ÷ 365.
        #expect(try story.line("02-20").hasSuffix(" 5.92 | 0.00 | 19"))
    }

    @Test func `the next instalment falls due on another date, later ones on its day`() throws {
        let date = SampleLoan.date("2026-03-15")
        let story = try story("P1 02-01 412.00", .dueDateChange(next: date), "02-10")
        #expect(
            try story.plan("02-10") == [
                "02-01 400.00 + 12.00", "03-15 400.00 + 11.61", "04-15 400.00 + 4.00",
            ])
    }

    @Test func `more instalments spread what has not fallen due`() throws {
        let story = try story("P1 02-01 412.00", .extended(by: 1), "02-10")
        #expect(
            try story.plan("02-10") == [
                "02-01 400.00 + 12.00", "03-01 266.67 + 8.00", "04-01 266.67 + 5.33",
                "05-01 266.66 + 2.67",
            ])
    }

    @Test func `a restructuring takes all principal into a plan of its own`() throws {
        let plan = Restructure(instalments: 2)
        let story = try story("", .restructured(plan), "02-05")
        #expect(try story.line("02-04") == "800.00 400.00 1.14 12.00 0.79 | 0.00 | 3")
        // 12.00 that had fallen due and 1.14 that had accrued stay due, as does the penalty.
        #expect(try story.line("02-05") == "1200.00 0.00 0.43 13.14 0.79 | 0.00 | 4")
        #expect(
            try story.plan("02-05") == [
                "02-01 400.00 + 12.00", "02-05 0.00 + 1.14", "03-05 600.00 + 12.00",
                "04-05 600.00 + 6.00",
            ])
    }

    @Test func `a restructuring may make principal of what else is owed`() throws {
        let plan = Restructure(instalments: 2, capitalises: true)
        let story = try story("", .restructured(plan), "02-05")
        #expect(try story.line("02-05") == "1213.93 0.00 0.43 0.00 0.00 | 0.00 | 0")
        let lenders = try story.position("02-05").lenders
        // Each lender's own claims, none of them moved to the other.
        #expect(lenders.map(\.principal) == [36_418, 84_975])
        #expect(lenders.map(\.capitalised.total) == [418, 975])
        #expect(
            try story.entries("02-05").filter { $0.hasPrefix("capitalised harbor") } == [
                "capitalised harbor 1130 -0.80", "capitalised harbor 1140 -8.40",
                "capitalised harbor 1150 -0.55", "capitalised harbor 1110 9.75",
            ])
    }

    @Test func `more money belongs to those who lent it, what was owed to its holders`() throws {
        let shares = [
            PlannedShare(party: SampleLoan.platform, amount: 20_000),
            PlannedShare(party: PartyID("harbor"), amount: 20_000),
        ]
        let story = try story("P1 02-01 412.00", .drawdown(shares), "02-15")
        let lenders = try story.position("02-15").lenders
        #expect(lenders.map(\.principal) == [44_000, 76_000])
        #expect(lenders.map(\.disbursed) == [56_000, 104_000])
        #expect(
            try story.plan("02-15") == [
                "02-01 400.00 + 12.00", "03-01 600.00 + 10.00", "04-01 600.00 + 6.00",
            ])
        // 4.00 accrued 30/70 before, 6.00 at 44/76 after.
        #expect(try story.position("02-28").lenders.map(\.interest) == [340, 660])
    }

    @Test func `a plan that cannot be is told with the fact's name`() throws {
        let story = try story("", .dueDateChange(next: SampleLoan.date("2026-01-05")), "01-10")
        let error = #expect(throws: ServicingError.self) { try story.position("01-10") }
        guard case .plan(id: "C1", _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// 12.00 are deferred; 400.00 fall due on 02-01 and stay unpaid.
    @Test(arguments: [
        // Its day bills what was deferred: it becomes principal, with 1.14 that accrued and the
        // penalty of 0.79, and nothing bills it later.
        (
            "02-05",
            [
                "02-01 400.00 + 0.00", "02-05 0.00 + 13.14", "03-05 606.96 + 12.14",
                "04-05 606.97 + 6.07",
            ]
        ),
        // A due date bills nothing of it: it stays interest of the first instalment to come.
        ("02-01", ["02-01 400.00 + 0.00", "03-01 600.00 + 24.00", "04-01 600.00 + 6.00"]),
    ])
    func `interest deferred by grace is capitalised or billed, never both`(
        date: String, expected: [String]
    ) throws {
        let plan = Restructure(instalments: 2, capitalises: true)
        let story = try Story().graced().with(.restructured(plan), "C1", on: date)
        #expect(try story.plan(date) == expected)
    }
}
