import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Rules as text, and which of their versions holds.
struct AssetRulesTextTests {
    private static func full() throws -> AssetRules {
        let china = try #require(AssetLadder.china)
        return AssetRules(
            ladder: try #require(
                AssetLadder(china.steps, nonAccrualFloor: .substandard, chargedOffFloor: .loss)),
            upgrade: AssetUpgrade(observationMonths: 6, observedFrom: .doubtful),
            provisions: try .sample(.principalAndInterest), crossDefault: .everyLender)
    }

    @Test func `every rule stands in the text and comes back from it`() throws {
        let full = try Self.full()
        #expect(
            full.canonicalText == """
                step special-mention 1
                step substandard 91
                step doubtful 271
                step loss 361
                non-accrual substandard
                charged-off loss
                upgrade arrears-paid 6 doubtful
                provision normal 1/100
                provision special-mention 1/50
                provision substandard 1/4
                provision doubtful 1/2
                provision loss 1/1
                provision-base principal-and-interest
                cross-default every-lender

                """)
        let plain = AssetRules(ladder: try #require(AssetLadder.short))
        for rules in [full, plain] {
            #expect(AssetRules(canonicalText: rules.canonicalText) == rules)
        }
    }

    @Test func `a text with any line gone or spoiled is another one or none`() throws {
        let full = try Self.full()
        let lines = full.canonicalText.split(separator: "\n")
        for index in lines.indices {
            var rest = lines
            rest.remove(at: index)
            #expect(AssetRules(canonicalText: rest.joined(separator: "\n")) != full)
            var spoiled = lines
            spoiled[index] += " x"
            #expect(AssetRules(canonicalText: spoiled.joined(separator: "\n")) == nil)
        }
        #expect(AssetRules(canonicalText: "") == nil)
    }

    @Test func `the latest version that has begun holds`() throws {
        let (full, plain) = (
            try Self.full(), AssetRules(ladder: try #require(AssetLadder.short))
        )
        let harbor = PartyID("harbor")
        let rules = [
            harbor: [
                DatedAssetRules(full, from: SampleLoan.date("2026-03-01")),
                DatedAssetRules(plain, from: SampleLoan.date("2026-01-01")),
            ]
        ]
        #expect(rules.inForce(on: SampleLoan.date("2025-12-31")).isEmpty)
        #expect(rules.inForce(on: SampleLoan.date("2026-01-01")) == [harbor: plain])
        #expect(rules.inForce(on: SampleLoan.date("2026-02-28")) == [harbor: plain])
        #expect(rules.inForce(on: SampleLoan.date("2026-03-01")) == [harbor: full])
    }
}
