import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// Rates that go with the product and with what the agreement's lenders are owed.
struct LoanRateTests {
    /// The platform lends 30 % at 6 %, harbor 70 % at 10 %: together 8.80 %.
    private func house(
        _ pricing: Pricing, _ limits: ClosedRange<String>? = nil
    ) throws -> TestHouse {
        let plain = TestTerms.product("instalment-loan").terms
        let rate = try limits.map {
            try AnnualRate(percent: $0.lowerBound)...(try AnnualRate(percent: $0.upperBound))
        }
        let product = Product(
            name: plain.name, method: plain.method, dayCount: plain.dayCount,
            rounding: plain.rounding, instalmentRounding: plain.instalmentRounding,
            penalty: plain.penalty, materiality: 0, principal: plain.principal,
            instalments: plain.instalments, rate: rate)
        let isOwn = pricing != .borrowerRate
        func lender(_ party: PartyID, _ share: String, _ rate: String) throws -> LenderShare {
            LenderShare(
                party: party, share: try Share(share),
                rate: isOwn ? try AnnualRate(percent: rate) : nil)
        }
        let agreement = Agreement(
            name: "duo", effectiveFrom: SampleLoan.date("2026-01-01"),
            currency: SampleLoan.dollars, products: [plain.name],
            lenders: [
                try lender(TestTerms.platform, "30%", "6"),
                try lender(TestTerms.harbor, "70%", "10"),
            ], platform: TestTerms.platform, serviceFees: [], onRefusal: .decline,
            backdateDays: 5, settlement: SettlementTerms(lagDays: 1, calendar: "every-day"),
            pricing: pricing)
        return try TestHouse(
            catalogue: Catalogue(
                platform: TestTerms.platform,
                agreements: [Versioned(agreement, version: TermsVersion("a"))],
                products: [Versioned(product, version: TermsVersion("p"))],
                calendars: TestTerms.calendars, partners: [TestTerms.partner(TestTerms.harbor)]))
    }

    private func faults(_ house: TestHouse, rate: String) async -> [String] {
        do {
            _ = try await house.loanImport.run(LoanFile.table([LoanFile.row("L1", rate: rate)]))
            return []
        } catch {
            let faults = (error as? ImportRefused)?.faults ?? []
            return faults.map { "\($0.code) \($0.what)" }
        }
    }

    @Test func `a rate outside the product's limits is refused`() async throws {
        let house = try house(.borrowerRate, "10"..."36")
        #expect(
            await faults(house, rate: "9.999999") == [
                "INTAKE-014 rate 9.999999 is outside 10.00 to 36.00 of instalment-loan"
            ])
        #expect(
            await faults(house, rate: "36.01") == [
                "INTAKE-014 rate 36.01 is outside 10.00 to 36.00 of instalment-loan"
            ])
        #expect(await faults(house, rate: "10") == [])
    }

    @Test func `a blended loan has the blended rate`() async throws {
        let house = try house(.blended)
        #expect(
            await faults(house, rate: "8.81") == [
                "INTAKE-022 rate 8.81 is not the blended rate 8.80 of duo"
            ])
        #expect(await faults(house, rate: "8.8") == [])
    }

    @Test func `lenders with rates of their own are never owed more than the borrower owes`()
        async throws
    {
        let house = try house(.ownRates(spreadOwner: TestTerms.platform, spread: .last))
        #expect(
            await faults(house, rate: "8.799999") == [
                "INTAKE-022 rate 8.799999 is below the 8.80 that the lenders of duo are owed"
            ])
        #expect(await faults(house, rate: "8.8") == [])
    }
}
