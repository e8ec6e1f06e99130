import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// What holds of every loan under every agreement.
struct FundingLawTests {
    @Test
    func `parts sum to the principal, keep their bounds and are never below zero`() throws {
        try Property.check(20_000) { random in
            let tiers = try RandomTiers.some(using: &random)
            guard !tiers.isEmpty else { return }
            let agreement = try SampleAgreement.tiered(tiers)
            var run = FundingRun(limits: LimitUse(limits: limits(&random), used: [:]))
            for number in 0..<random.pick(1...6) {
                let loan = SampleAgreement.loan(
                    random.magnitude(digits: 7), number, instalments: random.pick(1...24),
                    region: random.pick(["GD", "ZJ", ""]), grade: random.pick(["A", "D"]))
                let before = run
                do {
                    let plan = try run.fund(loan, by: agreement)
                    try check(plan, loan)
                    try hold(isWithin(run.limits), "a limit is overdrawn")
                } catch is FundingRefusal {
                    try hold(
                        run.limits.taken == before.limits.taken && run.routed == before.routed,
                        "a loan that is refused takes something")
                }
            }
        }
    }

    @Test(arguments: [
        ("share 7/10", "share most"), ("share 7/10", "part 7/10"), ("party harbor", "party"),
        ("slice all", "slice none"), ("tier all", "tier all twice"),
    ])
    func `a line of a tier that cannot be read makes no agreement`(old: String, new: String) throws
    {
        let tier = FundingTier(
            name: "all", conditions: .any,
            slices: [
                FundingSlice(taker: .party(SampleLoan.platform), part: .rest),
                FundingSlice(
                    taker: .party(PartyID("harbor")), part: .share(try Share("70%"))),
            ])
        let terms = try SampleAgreement.tiered([tier]).canonicalTerms
        #expect(Agreement(canonicalTerms: terms)?.tiers == [tier])
        let spoiled = terms.replacing(old, with: new)
        #expect(spoiled != terms)
        #expect(Agreement(canonicalTerms: spoiled) == nil)
    }

    private func limits(_ random: inout SeededGenerator) -> [Limit] {
        SampleAgreement.banks.filter { _ in random.isOne(in: 2) }.map {
            Limit(
                LimitKey(
                    agreement: "tiered", party: $0, span: .day, currency: SampleLoan.dollars),
                amount: random.magnitude(digits: 7))
        }
    }

    private func check(_ plan: SharePlan, _ loan: Applicant) throws {
        try hold(plan.total == loan.principal, "parts of \(plan.total) of \(loan.principal)")
        try hold(plan.shares.allSatisfy { $0.amount > 0 }, "a part of nothing")
        let parties = plan.shares.map(\.party)
        try hold(Set(parties).count == parties.count, "a lender stands twice")
    }

    private func isWithin(_ use: LimitUse) -> Bool {
        SampleAgreement.banks.allSatisfy { bank in
            let shares = LimitedShares(
                agreement: "tiered", party: bank, currency: SampleLoan.dollars,
                bookedOn: SampleAgreement.date)
            return use.room(of: shares).map { $0 >= 0 } ?? true
        }
    }
}
