import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

/// Agreements by tiers, and loans that ask for them.
enum SampleAgreement {
    static let banks = ["harbor", "summit", "meridian", "orchard"].map { PartyID($0) }
    static let date = SampleLoan.date("2026-03-02")

    static func tiered(
        _ tiers: [FundingTier],
        _ banks: [PartyID] = SampleAgreement.banks,
        pricing: Pricing = .borrowerRate, rate: AnnualRate? = nil, packs: [String] = []
    ) throws -> Agreement {
        let none = try Share(0, of: 1)
        return Agreement(
            name: "tiered", effectiveFrom: date, currency: SampleLoan.dollars,
            products: ["instalment-loan"],
            lenders: ([SampleLoan.platform] + banks).map {
                LenderShare(party: $0, share: none, rate: rate)
            }, platform: SampleLoan.platform, serviceFees: [], onRefusal: .platform,
            backdateDays: 30, settlement: SettlementTerms(lagDays: 1, calendar: "US"),
            pricing: pricing, tiers: tiers, rulePacks: packs)
    }

    static func loan(
        _ principal: Int64, _ number: Int = 0, instalments: Int = 12, region: String = "",
        grade: String = "", channel: String = ""
    ) -> Applicant {
        Applicant(
            loan: LoanID("L\(number)"), borrower: "B\(number)", product: "instalment-loan",
            currency: SampleLoan.dollars, principal: principal, instalments: instalments,
            rate: AnnualRate(units: 12_000_000), region: region, grade: grade, channel: channel,
            bookedOn: date)
    }
}
