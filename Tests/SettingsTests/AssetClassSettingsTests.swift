import BusinessCalendar
import LendingRules
import Monetary
import Settings
import Testing

/// Ladders, provisions and cross-default as files say them.
struct AssetClassSettingsTests {
    @Test func `a lender's rules are read with their dates`() throws {
        let loaded = try Sample.load(Sample.classed)
        let harbor = try #require(loaded.assetRules[PartyID("harbor")])
        #expect(harbor.map(\.effectiveFrom.description) == ["2026-01-01", "2026-07-01"])
        #expect(
            harbor.map(\.rules.canonicalText) == [
                """
                step special-mention 1
                step substandard 91
                step doubtful 271
                step loss 361
                non-accrual substandard
                charged-off loss
                upgrade fewer-days 6 doubtful
                provision normal 1/100
                provision special-mention 1/50
                provision substandard 1/4
                provision doubtful 1/2
                provision loss 1/1
                provision-base principal-and-interest
                cross-default every-lender

                """,
                """
                step substandard 61
                upgrade arrears-paid 0 substandard
                provision-base principal
                cross-default none

                """,
            ])
    }

    @Test func `who lends and says nothing has the platform's rules`() throws {
        let loaded = try Sample.load(Sample.classed)
        let rules = loaded.assetRules
        let platform = try #require(rules[loaded.platform.party])
        #expect(platform.map(\.effectiveFrom.description) == ["2026-02-01", "2026-03-01"])
        #expect(platform[0].rules.provisions.rates[.normal] == nil, "0% is nothing")
        let lenders = loaded.parties.filter(\.lends).map(\.id)
        #expect(Set(rules.keys) == Set(lenders))
        for lender in lenders where lender.name != "harbor" {
            #expect(rules[lender] == platform)
        }
        #expect(try Sample.load(Sample.demonstration).assetRules.isEmpty)
    }

    @Test func `rules are no term of a loan`() throws {
        let (plain, classed) = (
            try Sample.load(Sample.demonstration), try Sample.load(Sample.classed)
        )
        #expect(plain.agreements.map(\.canonicalTerms) == classed.agreements.map(\.canonicalTerms))
        #expect(plain.products.map(\.canonicalTerms) == classed.products.map(\.canonicalTerms))
    }
}
