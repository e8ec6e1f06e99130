import LendingRules
import Monetary
import Testing

/// Cash beyond what is due: 400.00 early after the first instalment, in the middle of the second
/// period, of which 4.00 of 8.00 have accrued.
struct EarlyRepaymentTests {
    private func story(_ facts: String, _ effect: EarlyRepaymentEffect, fee: String? = nil) throws
        -> Story
    {
        try Story(facts).served {
            $0.earlyRepayment = EarlyRepaymentTerms(
                effect: effect, fee: fee.flatMap { try? Share($0) })
        }
    }

    @Test func `it pays accrued interest, then principal, and lowers what is to come`() throws {
        let story = try story("P1 02-01 412.00; P2 02-15 404.00", .lowerInstalment)
        #expect(try story.line("02-15") == "400.00 0.00 0.14 0.00 0.00 | 0.00 | 0")
        #expect(
            try story.plan("02-15") == [
                "02-01 400.00 + 12.00", "03-01 200.00 + 2.00", "04-01 200.00 + 2.00",
            ])
        #expect(try story.position("02-15").lenders.map(\.paid.principal) == [24_000, 56_000])
    }

    @Test func `it shortens the term where the product says so`() throws {
        let story = try story("P1 02-01 412.00; P2 02-15 404.00", .shortenTerm)
        #expect(
            try story.plan("02-15") == ["02-01 400.00 + 12.00", "03-01 400.00 + 2.00"])
    }

    @Test func `it waits for the instalments as they are billed by default`() throws {
        let story = try story("P1 02-01 412.00; P2 02-15 404.00", .nextInstalment)
        #expect(try story.line("02-15") == "800.00 0.00 4.29 0.00 0.00 | 404.00 | 0")
        #expect(try story.line("03-01") == "400.00 4.00 0.13 0.00 0.00 | 0.00 | 0")
    }

    @Test func `its fee is taken of what it repays, and a part costs what the whole does`() throws {
        let whole = try story("P1 02-01 412.00; P2 02-15 804.00", .lowerInstalment, fee: "1%")
        #expect(try whole.position("02-15").lenders.map(\.paid.fee).reduce(0, +) == 792)
        #expect(try whole.payoff("02-15").total == 800)
        let parts = try story(
            "P1 02-01 412.00; P2 02-15 300.00; P3 02-15 512.00", .lowerInstalment, fee: "1%")
        #expect(try parts.position("02-15").isPaidOff)
        #expect(try parts.position("02-15").lenders.map(\.paid.fee).reduce(0, +) == 800)
    }

    @Test func `a day's interest paid on the first day is no principal when plans change that day`()
        throws
    {
        let story = try Story("P1 01-01 0.30").served {
            $0.minimumDays = 1
            $0.earlyRepayment = EarlyRepaymentTerms(effect: .lowerInstalment)
        }
        let plan = Restructure(instalments: 6, rate: nil, firstDueOn: nil, capitalises: true)
        let changed = story.with(.restructured(plan), "C1", on: "01-01")
        for date in ["01-01", "01-02", "02-01", "09-01"] {
            let position = try changed.position(date)
            #expect(try changed.contract.conservationFault(of: position) == nil)
        }
        #expect(try changed.line("01-01") == "1200.00 0.00 0.09 0.00 0.00 | 0.00 | 0")
    }

    @Test func `the quote of a date is what ends the loan on it`() throws {
        let story = try story("P1 02-01 412.00", .lowerInstalment)
        let quote = try story.payoff("02-15")
        #expect(quote.claims == ClaimAmounts(principal: 80_000, interest: 400))
        #expect(quote.total == 80_400)
        let paid = try self.story("P1 02-01 412.00; P2 02-15 804.00", .lowerInstalment)
        #expect(try paid.position("02-15").isPaidOff)
        #expect(try paid.line("04-09") == "0.00 0.00 0.00 0.00 0.00 | 0.00 | 0")
    }

    @Test func `a loan repaid on its first day owes a day where the product says so`() throws {
        let none = try story("", .lowerInstalment)
        #expect(try none.payoff("01-01").claims == ClaimAmounts(principal: 120_000))
        let day = try none.served {
            $0.earlyRepayment = EarlyRepaymentTerms(effect: .lowerInstalment)
            $0.minimumDays = 1
        }
        #expect(
            try day.payoff("01-01").claims == ClaimAmounts(principal: 120_000, interest: 39))
    }

    @Test func `taken back it leaves the plan as it was`() throws {
        let story = try story(
            "P1 02-01 412.00; P2 02-15 404.00; -P2 02-20", .lowerInstalment)
        #expect(try story.line("02-20") == "800.00 0.00 5.71 0.00 0.00 | 0.00 | 0")
        #expect(try story.plan("02-20").last == "04-01 400.00 + 4.00")
    }

    /// 5.81 of the 12.00 that are deferred to 03-01 have accrued.
    @Test func `interest paid early in grace is billed no second time`() throws {
        let story = try Story("P1 01-16 5.00").graced().served {
            $0.earlyRepayment = EarlyRepaymentTerms(effect: .lowerInstalment)
        }
        #expect(try story.line("01-16") == "1200.00 0.00 1.19 0.00 0.00 | 0.00 | 0")
        #expect(
            try story.plan("01-16") == [
                "02-01 400.00 + 0.00", "03-01 400.00 + 15.00", "04-01 400.00 + 4.00",
            ])
    }

    /// 12.00 × 15 ÷ 31 have accrued; 800.00 bear 8.00 × 16 ÷ 31 until the due date.
    @Test(arguments: [
        (ScheduleMethod.bullet, 1, ["02-01 800.00 + 4.13"]),
        (.interestOnly, 2, ["02-01 0.00 + 4.13", "03-01 800.00 + 8.00"]),
    ])
    func `where principal comes back at the end it lowers that, and no term gets shorter`(
        method: ScheduleMethod, instalments: Int, expected: [String]
    ) throws {
        let story = try Story("P1 01-16 405.81").scheduled {
            ($0.method, $0.instalments) = (method, instalments)
        }.served { $0.earlyRepayment = EarlyRepaymentTerms(effect: .shortenTerm) }
        #expect(try story.plan("01-16") == expected)
    }
}
