import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Who earns what of the borrower's interest: 12.00, 8.00 and 4.00 on 360.00 of the platform's and
/// 840.00 of harbor's.
struct IncomeDivisionTests {
    private let harbor = PartyID("harbor")

    private func interest(_ story: Story, _ date: String) throws -> [Int64] {
        try story.position(date).lenders.map(\.paid.allInterest)
    }

    @Test func `interest may be divided by other shares than principal`() throws {
        let shares = [SampleLoan.platform: try Share("40%"), harbor: try Share("60%")]
        let story = try Story("P1 02-01 412.00").served(income: IncomeTerms(interest: shares))
        #expect(try interest(story, "02-01") == [480, 720])
        #expect(try story.position("02-01").lenders.map(\.paid.principal) == [12_000, 28_000])
    }

    @Test func `shares of interest rest while a party of theirs holds nothing`() throws {
        let shares = [SampleLoan.platform: try Share("40%"), harbor: try Share("60%")]
        let story = try Story("P1 02-01 412.00", lent: [120_000, 0])
            .served(income: IncomeTerms(interest: shares))
        #expect(try interest(story, "02-01") == [1_200, 0])
    }

    private func ownRates(_ spread: Pricing.SpreadOrder) throws -> IncomeTerms {
        IncomeTerms(
            pricing: .ownRates(spreadOwner: SampleLoan.platform, spread: spread),
            rates: [
                SampleLoan.platform: try AnnualRate(percent: "12"),
                harbor: try AnnualRate(percent: "6"),
            ])
    }

    /// Harbor earns 6 % on 840.00, 560.00 and 280.00; the rest is the platform's.
    @Test func `lenders earn their own rates, the owner what is left`() throws {
        let story = try Story("P1 02-01 412.00; P2 03-01 408.00; P3 04-01 404.00")
            .served(income: ownRates(.last))
        #expect(try interest(story, "02-01") == [780, 420])
        #expect(try interest(story, "04-01") == [1_560, 840])
        let lenders = try story.position("04-01").lenders
        #expect(lenders.map(\.accruedSpread) == [840, 0])
        #expect(
            try story.entries("02-01").filter { $0.contains("4050") }.count == 1)
    }

    @Test(arguments: [(Pricing.SpreadOrder.last, [231, 269]), (.proRata, [325, 175])])
    func `a part of an instalment pays the spread last or in proportion`(
        order: Pricing.SpreadOrder, expected: [Int64]
    ) throws {
        let story = try Story("P1 02-01 5.00").served(income: ownRates(order))
        #expect(try interest(story, "02-01") == expected)
    }

    @Test func `a blended rate pays each lender its own`() throws {
        // 30 % at 19 % and 70 % at 9 % make 12 %.
        let income = IncomeTerms(
            pricing: .blended,
            rates: [
                SampleLoan.platform: try AnnualRate(percent: "19"),
                harbor: try AnnualRate(percent: "9"),
            ])
        let story = try Story("P1 02-01 412.00").served(income: income)
        #expect(try interest(story, "02-01") == [570, 630])
    }

    @Test func `a lender that splits every instalment by itself leaves the residue`() throws {
        let income = IncomeTerms(computations: [harbor: .perInstalment])
        let lent: [Int64] = [36_001, 83_999]
        let onScale = try Story("P1 02-01 412.00; P2 03-01 408.00", lent: lent)
        let own = try onScale.served(income: income)
        #expect(try onScale.position("03-01").lenders.map(\.paid.total) == [24_601, 57_399])
        #expect(try own.position("03-01").lenders.map(\.paid.total) == [24_600, 57_400])
    }

    @Test func `a lender with a schedule of its own is paid by it`() throws {
        let way = LenderComputation.ownSchedule(
            LenderComputation.OwnSchedule(
                dayCount: .actual365Fixed, rounding: .halfUp, instalmentRounding: .halfUp))
        let story = try Story("P1 02-01 412.00").served(
            income: IncomeTerms(computations: [harbor: way]))
        // 840.00 × 12 % × 31 ÷ 365.
        #expect(try interest(story, "02-01") == [344, 856])
    }

    @Test func `service fees of every base are cumulative targets`() throws {
        func story(_ base: ServiceFee.Base, _ rate: String, tax: ServiceFee.Tax? = nil) throws
            -> Story
        {
            try Story("P1 02-01 412.00").served(fees: [
                ServiceFee(
                    payer: harbor, payee: SampleLoan.platform, base: base, rate: try Share(rate),
                    earned: base == .principalOutstanding ? .daily : .onCollection, tax: tax)
            ])
        }
        func fee(_ story: Story, _ date: String) throws -> Int64 {
            try story.position(date).lenders[1].serviceFees[0]
        }
        #expect(try fee(story(.interestCollected, "10%"), "02-01") == 84)
        #expect(try fee(story(.principalCollected, "1%"), "02-01") == 280)
        #expect(try fee(story(.disbursed, "1%"), "01-01") == 840)
        // 840.00 × 3.65 % ÷ 365 a day, the following night included.
        #expect(try fee(story(.principalOutstanding, "3.65%"), "01-10") == 84)
        let tax = ServiceFee.Tax(name: "VAT", rate: try Share("6%"), isIncluded: false)
        #expect(try fee(story(.disbursed, "1%", tax: tax), "01-01") == 890)
    }

    @Test func `tax on a service fee goes to an account of its own`() throws {
        let tax = ServiceFee.Tax(name: "VAT", rate: try Share("6%"), isIncluded: false)
        let story = try Story().served(fees: [
            ServiceFee(
                payer: harbor, payee: SampleLoan.platform, base: .disbursed,
                rate: try Share("1%"), tax: tax)
        ])
        #expect(
            try story.entries("01-01").filter { $0.hasPrefix("service-fee") } == [
                "service-fee harbor 5010 8.90", "service-fee platform 4040 -8.40",
                "service-fee platform 2030 -0.50", "service-fee platform 1310 harbor 8.90",
                "service-fee harbor 1310 platform -8.90",
            ])
    }
}
