import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Terms that are usual leave no line, so that a version is a hash of what it always was.
struct CanonicalChoicesTests {
    private static let plainProduct = """
        product instalment-loan
        method equal-instalment
        day-count 30/360
        rounding half-even
        instalment-rounding up
        penalty 1500 3
        materiality 0
        principal 50000 5000000
        instalments 3 60

        """
    private static let plainAgreement = """
        agreement harbor-70-30
        effective-from 2026-01-01
        currency USD
        products instalment-loan
        platform platform
        lender platform 3/10
        lender harbor 7/10
        service-fee harbor platform 2/25
        on-refusal platform
        backdate-days 30
        cooling-off-days 14
        settlement 1 US

        """

    @Test func `plain terms are read and written as they always were`() throws {
        let product = try #require(Product(canonicalTerms: Self.plainProduct))
        #expect(product.canonicalTerms == Self.plainProduct)
        #expect(product.earlyRepayment == .waiting)
        #expect(product.nonAccrual == NonAccrualTerms(afterDays: 90))
        #expect(product.conventions == .usual && product.rate == nil)
        let agreement = try #require(Agreement(canonicalTerms: Self.plainAgreement))
        #expect(agreement.canonicalTerms == Self.plainAgreement)
        #expect(agreement.pricing == .borrowerRate)
        #expect(agreement.allocation == .usual)
        #expect(agreement.residueHolder == agreement.platform)
        #expect(agreement.lenders.allSatisfy { $0.computation == .scale && $0.rate == nil })
    }

    @Test(arguments: [
        "every 2 weeks", "instalment-multiple 100", "principal-grace 2", "interest-grace 1",
        "month-end next-month", "holidays following US\nweekend 6 7",
        "holidays same-day US\nweekend 5\nfree-dates 2026-01-01 2026-12-25\n"
            + "worked-dates 2026-02-14",
        "fee set-up upfront share 1/100 principal\nfee account each amount 250",
        "penalty-on-interest 1500", "grace-forgives true", "early-repayment lower-instalment 1/100",
        "early-repayment shorten-term", "non-accrual 60 3", "minimum-days 1", "rate 5 900",
    ])
    func `a choice of a product is a line, and another version`(lines: String) throws {
        let text = Self.plainProduct + lines + "\n"
        #expect(try #require(Product(canonicalTerms: text)).canonicalTerms == text)
    }

    @Test(arguments: [
        "every 0 weeks", "every 2 fortnights", "instalment-multiple", "month-end clamped",
        "principal-grace 1\nprincipal-grace 1", "holidays never US", "holidays following",
        "holidays following US\nweekend 8", "holidays following US\nfree-dates 2026-02-30",
        "holidays following US\nweekend 1 2 3 4 5 6 7", "fee set-up upfront share 1/100",
        "fee set-up upfront share 101% principal x", "fee set-up later amount 5",
        "fee set-up each amount x", "penalty-on-interest x", "grace-forgives no",
        "early-repayment at-once", "early-repayment shorten-term 1/0",
        "early-repayment shorten-term 1/100 x", "non-accrual 60", "non-accrual 60 x",
        "minimum-days 2", "rate 9 5", "rate 9",
    ])
    func `a choice that cannot be read makes a product unreadable`(lines: String) {
        #expect(Product(canonicalTerms: Self.plainProduct + lines + "\n") == nil)
    }

    @Test(arguments: [
        "pricing own-rates platform last", "pricing own-rates harbor pro-rata", "pricing blended",
        "interest-shares 1/1 0/1\nfee-shares 1/3 2/3", "penalty-shares 1/2 1/2",
        "allocation by-component\npast-due principal interest fee penalty\n"
            + "due penalty fee interest principal\nin-advance fee penalty interest principal\n"
            + "seriously-past-due 90 principal interest fee penalty",
        "residue-holder harbor",
    ])
    func `a choice of an agreement is a line, and another version`(lines: String) throws {
        let text = Self.plainAgreement + lines + "\n"
        #expect(try #require(Agreement(canonicalTerms: text)).canonicalTerms == text)
    }

    @Test(arguments: [
        "pricing", "pricing own-rates platform", "pricing own-rates platform first",
        "pricing blended x", "pricing borrower-rate", "interest-shares 1/1",
        "interest-shares 1/1 0/1 0/1", "interest-shares 1/1 x",
        "fee-shares 1/1 0/1\nfee-shares 1/1 0/1", "allocation", "allocation by-age",
        "past-due penalty fee interest", "due penalty fee interest interest",
        "in-advance penalty fee interest principal principal",
        "seriously-past-due principal interest fee penalty", "residue-holder",
        "residue-holder harbor platform", "lender-rate harbor", "lender-rate harbor -1",
        "lender-rate stranger 5", "lender-rate harbor 5\nlender-rate harbor 5",
        "lender-computation harbor scale", "lender-computation stranger per-instalment",
        "lender-computation harbor own-schedule 30/360", "lender-computation",
        "lender-computation harbor own-schedule 30/360 up sideways",
        "service-fee harbor platform 1/10 disbursed",
        "service-fee harbor platform 1/10 disbursed on-collection VAT 1/5",
        "service-fee harbor platform 1/10 disbursed on-collection VAT 1/5 both",
    ])
    func `a choice that cannot be read makes an agreement unreadable`(lines: String) {
        #expect(Agreement(canonicalTerms: Self.plainAgreement + lines + "\n") == nil)
    }

    @Test func `what a lender and a fee have of their own stands beside them`() throws {
        let text = Self.plainAgreement
            .replacing(
                "lender harbor 7/10\n",
                with: "lender harbor 7/10\nlender-rate harbor 6500000\n"
                    + "lender-computation harbor own-schedule ACT/365F half-up down\n"
            )
            .replacing("2/25\n", with: "2/25 principal-outstanding daily VAT 3/50 included\n")
        let agreement = try #require(Agreement(canonicalTerms: text))
        #expect(agreement.canonicalTerms == text)
        #expect(agreement.lenders[1].rate == (try AnnualRate(percent: "6.5")))
        #expect(
            agreement.lenders[1].computation
                == .ownSchedule(
                    LenderComputation.OwnSchedule(
                        dayCount: .actual365Fixed, rounding: .halfUp, instalmentRounding: .down)))
        #expect(agreement.serviceFees[0].base == .principalOutstanding)
        #expect(agreement.serviceFees[0].earned == .daily)
        #expect(
            agreement.serviceFees[0].tax
                == ServiceFee.Tax(name: "VAT", rate: try Share(3, of: 50), isIncluded: true))
    }
}
