import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport

/// Agreements, products and partners that the tests lend under.
enum TestTerms {
    static let platform = SampleLoan.platform
    static let harbor = PartyID("harbor")
    static let meridian = PartyID("meridian")
    static let summit = PartyID("summit")
    static let orchard = PartyID("orchard")

    static func partner(
        _ party: PartyID, settleSeconds: Int = 10, askLimit: Int = 3, tolerance: Int64 = 1,
        filesDeadlineDays: Int = 1, settlement: SettlementRules = SettlementRules(),
        disputes: DisputeTerms = .standard, inDoubtDays: Int? = nil, keyWindowDays: Int? = nil
    ) -> Partner {
        Partner(
            party: party, settleSeconds: settleSeconds, askLimit: askLimit, computation: .scale,
            tolerance: tolerance, filesDeadlineDays: filesDeadlineDays, settlement: settlement,
            disputes: disputes,
            deadlines: RequestDeadlines(inDoubtDays: inDoubtDays, keyWindowDays: keyWindowDays))
    }

    static func agreement(
        _ name: String, _ products: [String], _ shares: [(PartyID, String)],
        onRefusal: RefusalRule = .platform, from date: String = "2026-01-01",
        settlement: SettlementTerms = SettlementTerms(lagDays: 1, calendar: "every-day"),
        disbursement: DisbursementWay = .reimburse, fallback: [PartyID] = [],
        acceptsParts: Bool = false, limits: [Limit] = []
    ) throws -> Versioned<Agreement> {
        let agreement = Agreement(
            name: name, effectiveFrom: SampleLoan.date(date), currency: SampleLoan.dollars,
            products: products,
            lenders: try shares.map { LenderShare(party: $0.0, share: try Share($0.1)) },
            platform: platform,
            serviceFees: [
                ServiceFee(payer: harbor, payee: platform, rate: try Share("10%"))
            ], onRefusal: onRefusal, backdateDays: 5, coolingOffDays: 14,
            settlement: settlement, disbursement: disbursement, limits: limits,
            fallback: fallback, acceptsParts: acceptsParts)
        return Versioned(agreement, version: version(agreement.canonicalTerms))
    }

    static func product(
        _ name: String, _ method: ScheduleMethod = .equalInstalment,
        principal: ClosedRange<Int64> = 10_00...50_000_00, instalments: ClosedRange<Int> = 1...24
    ) -> Versioned<Product> {
        let product = Product(
            name: name, method: method, dayCount: .thirty360, rounding: .halfEven,
            instalmentRounding: .up,
            penalty: PenaltyTerms(multipleThousandths: 1500, graceDays: 3), materiality: 0,
            principal: principal, instalments: instalments)
        return Versioned(product, version: version(product.canonicalTerms))
    }

    static func version(_ text: String) -> TermsVersion {
        TermsVersion(String(TestHash.hexadecimal(Array(text.utf8)).prefix(16)))
    }

    static let calendars = [
        HolidayCalendar(name: "every-day", weekend: [], holidays: []),
        HolidayCalendar(
            name: "US", weekend: [6, 7], holidays: [SampleLoan.date("2026-01-19")]),
    ]

    /// `duo` takes over what harbor refuses; `trio` declines.
    static func catalogue(
        agreements extra: [Versioned<Agreement>] = [],
        partners: [Partner] = [partner(harbor), partner(meridian)],
        settlement: SettlementTerms = SettlementTerms(lagDays: 1, calendar: "every-day"),
        fullFiles: FullFiles = .monthly,
        assetRules: [PartyID: [DatedAssetRules]] = [:]
    ) throws -> Catalogue {
        Catalogue(
            platform: platform,
            agreements: [
                try agreement(
                    "duo", ["instalment-loan"], [(platform, "30%"), (harbor, "70%")],
                    settlement: settlement),
                try agreement(
                    "trio", ["equal-principal-loan"],
                    [(platform, "20%"), (harbor, "50%"), (meridian, "30%")],
                    onRefusal: .decline, settlement: settlement),
            ] + extra,
            products: [
                product("instalment-loan"), product("equal-principal-loan", .equalPrincipal),
                product("orphan"), product("contested"),
            ],
            calendars: calendars, partners: partners, fullFiles: fullFiles,
            assetRules: assetRules)
    }
}
