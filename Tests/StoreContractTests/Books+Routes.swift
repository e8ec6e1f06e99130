import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore

extension Books {
    static let mix = [("harbor", "50%"), ("summit", "30%"), ("meridian", "20%")]

    /// The platform lends what is left of 70 %, which goes to one of three banks.
    static func routed(_ mix: [(String, String)] = mix, rulePacks: [String] = []) throws
        -> Agreement
    {
        let route = FundingRoute(
            name: "main",
            targets: try mix.map {
                FundingRoute.Target(party: PartyID($0.0), share: try Share($0.1))
            })
        let none = try Share(0, of: 1)
        return Agreement(
            name: "routed", effectiveFrom: firstDate, currency: usd,
            products: ["instalment-loan"],
            lenders: ([platform] + mix.map { PartyID($0.0) }).map {
                LenderShare(party: $0, share: none)
            }, platform: platform, serviceFees: [], onRefusal: .platform, backdateDays: 30,
            settlement: SettlementTerms(lagDays: 1, calendar: "US"),
            tiers: [
                FundingTier(
                    name: "all", conditions: .any,
                    slices: [
                        FundingSlice(taker: .party(platform), part: .rest),
                        FundingSlice(taker: .route(route), part: .share(try Share("70%"))),
                    ])
            ], rulePacks: rulePacks)
    }

    /// A loan of which it is open who lends it.
    func open(
        _ id: String, _ principal: Int64, under agreement: Agreement, region: String = ""
    ) -> LoanBooking {
        let sample = booking(id)
        let record = LoanRecord(
            loan: LoanID(id), borrower: "B-\(id)", product: "instalment-loan",
            productVersion: TermsVersion("p1"), agreement: agreement.name,
            agreementVersion: TermsVersion("a-routed"), currency: Self.usd,
            principal: principal, rate: sample.record.rate, instalments: 12,
            firstDueOn: sample.record.firstDueOn, approvedAt: 5, bookedOn: Self.firstDate,
            region: region, grade: "A", channel: "app", purpose: "", contentHash: "h-\(id)")
        return LoanBooking(
            record,
            OpenPlan(
                loan: Applicant(record), agreement: agreement, terms: sample.requests[0].terms))
    }

    /// Books loans of which it is open who lends them.
    func route(
        _ loans: [(String, Int64)], under agreement: Agreement, limits: [Limit] = []
    ) async throws -> BookedBatch {
        try await intake.book(
            LoanBatch(
                bookings: loans.map { open($0.0, $0.1, under: agreement) },
                snapshots: [
                    TermsSnapshot(
                        version: TermsVersion("a-routed"), text: agreement.canonicalTerms)
                ], limits: limits, keepsGood: true))
    }

    /// What the route has given to each bank of a mix, in its order.
    func offered(_ agreement: Agreement) async throws -> [Int64] {
        let volumes = try await intake.volumes(of: agreement.routeSlots)
        return agreement.routeSlots.map { volumes[$0] ?? 0 }
    }
}
