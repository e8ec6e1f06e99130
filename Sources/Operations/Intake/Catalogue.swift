package import BusinessCalendar
package import LendingRules
package import Monetary

/// The configured terms in force: agreements and products with the versions loans will carry.
package struct Catalogue: Sendable {
    package let platform: PartyID
    package let agreements: [Versioned<Agreement>]
    package let products: [Versioned<Product>]
    package let calendars: [String: HolidayCalendar]
    /// Partner banks in name order.
    package let partners: [Partner]
    /// Who answers for losses or buys pools without lending, in name order: they exchange no files.
    package let guarantors: [PartyID]
    /// How breaks are graded and when they are due.
    package let breakRules: BreakRules
    /// When balances and accruals carry every loan.
    package let fullFiles: FullFiles
    /// The houses through which cash runs, or nil when the platform's own records are all.
    package let clearing: Clearing?
    /// Limits of parties over all their agreements; those under one agreement are with it.
    package let partyLimits: [Limit]
    /// Rules that loans are held to under agreements that name their packs.
    package let rules: RuleBook
    /// By what lenders class their claims, each version from its date on.
    package let assetRules: [PartyID: [DatedAssetRules]]

    package init(
        platform: PartyID, agreements: [Versioned<Agreement>], products: [Versioned<Product>],
        calendars: [HolidayCalendar], partners: [Partner], fullFiles: FullFiles = .monthly,
        breakRules: BreakRules = .standard, clearing: Clearing? = nil,
        partyLimits: [Limit] = [], rules: RuleBook = .empty, guarantors: [PartyID] = [],
        assetRules: [PartyID: [DatedAssetRules]] = [:]
    ) {
        self.guarantors = guarantors.sorted()
        self.assetRules = assetRules
        self.rules = rules
        self.partyLimits = partyLimits
        self.clearing = clearing
        self.platform = platform
        self.agreements = agreements
        self.products = products
        self.calendars = Dictionary(calendars.map { ($0.name, $0) }) { first, _ in first }
        self.partners = partners.sorted { $0.party < $1.party }
        self.breakRules = breakRules
        self.fullFiles = fullFiles
    }

    /// The version of a product in force on a date, the latest effective by then, or nil.
    package func product(_ name: String, on date: BusinessDate) -> Versioned<Product>? {
        let start = BusinessDate(dayNumber: .min)
        return products.filter { $0.terms.name == name && $0.terms.isInForce(on: date) }
            .max { ($0.terms.effectiveFrom ?? start) < ($1.terms.effectiveFrom ?? start) }
    }

    /// Agreements in force on a date for a product and currency, in name order; of several
    /// versions of one agreement the latest.
    package func agreements(on date: BusinessDate, named name: String? = nil)
        -> [Versioned<Agreement>]
    {
        let inForce = agreements.filter {
            $0.terms.effectiveFrom <= date && (name == nil || $0.terms.name == name)
        }
        let latest = Dictionary(grouping: inForce, by: \.terms.name).compactMap {
            $0.value.max { $0.terms.effectiveFrom < $1.terms.effectiveFrom }
        }
        return latest.sorted { $0.terms.name < $1.terms.name }
    }

    /// Those in which any agreement lends, in the order of their codes.
    package var currencies: [Currency] {
        Set(agreements.map(\.terms.currency)).sorted { $0.code < $1.code }
    }

    /// Every limit in force on a date, in key order; of an agreement, those of the version in
    /// force.
    package func limits(on date: BusinessDate) -> [Limit] {
        (agreements(on: date).flatMap(\.terms.limits) + partyLimits).inForce(on: date)
            .sorted { $0.key < $1.key }
    }

    /// Where the volumes of routes of agreements in force on a date are counted, in key order.
    package func routeSlots(on date: BusinessDate) -> [RouteSlot] {
        if agreements.allSatisfy({ $0.terms.tiers.isEmpty }) { return [] }
        return Set(agreements(on: date).flatMap(\.terms.routeSlots)).sorted()
    }
}

extension Catalogue {
    /// The deposits from which agreements in force on a date take shares, in key order.
    package func reserves(on date: BusinessDate) -> [LimitKey] {
        let keys = agreements(on: date).map(\.terms).filter { $0.disbursement == .reserve }.flatMap
        {
            agreement in
            (agreement.lenders.map(\.party) + agreement.fallback).filter { $0 != platform }.map {
                LimitKey.reserve(of: $0, agreement.currency)
            }
        }
        return Set(keys).sorted()
    }

    /// When a partner settles: by the first agreement, in name order, under which it lends; one
    /// that only lends what others do not, by the first that names it for that.
    package func settlementTerms(of party: PartyID) -> SettlementTerms? {
        let terms = agreements.map(\.terms).sorted { $0.name < $1.name }
        let first =
            terms.first { $0.lenders.contains { $0.party == party } }
            ?? terms.first { $0.fallback.contains(party) }
            ?? terms.first { $0.loss.providers.contains(party) }
            ?? (guarantors.contains(party) ? terms.first : nil)
        return first?.settlement
    }
}

/// Terms together with the hash of their economic content.
package struct Versioned<Terms: Sendable>: Sendable {
    package let terms: Terms
    package let version: TermsVersion

    package init(_ terms: Terms, version: TermsVersion) {
        self.terms = terms
        self.version = version
    }
}

/// What the operations need to know of a partner bank; endpoints and secrets stay outside.
package struct Partner: Hashable, Sendable {
    package let party: PartyID
    /// Seconds after which a `never seen` answer is proof.
    package let settleSeconds: Int
    /// How often a close asks about one request in doubt.
    package let askLimit: Int
    /// How long its requests are waited for, and how long it keeps their keys.
    package let deadlines: RequestDeadlines
    /// How the partner computes its share.
    package let computation: Computation
    /// Minor units by which a line may differ and still be rounding.
    package let tolerance: Int64
    /// Days after the business date by which its files must be there.
    package let filesDeadlineDays: Int
    package let settlement: SettlementRules
    package let disputes: DisputeTerms
    /// Requests to it that may be under way at a time.
    package let inFlight: Int
    /// Requests that go to it in one call; 1 where it takes each by itself.
    package let batch: Int

    /// Requests under way to a party that says nothing else.
    package static let usualInFlight = 64

    /// The three ways partners compute (RULES § 2).
    package enum Computation: String, Sendable, CaseIterable {
        case scale
        case perInstalment = "per-instalment"
        case ownSchedule = "own-schedule"
    }

    package init(
        party: PartyID, settleSeconds: Int, askLimit: Int, computation: Computation,
        tolerance: Int64, filesDeadlineDays: Int, settlement: SettlementRules = SettlementRules(),
        disputes: DisputeTerms = .standard, inFlight: Int = Partner.usualInFlight, batch: Int = 1,
        deadlines: RequestDeadlines = RequestDeadlines()
    ) {
        precondition(inFlight > 0 && batch > 0)
        self.party = party
        self.settleSeconds = settleSeconds
        self.askLimit = askLimit
        self.computation = computation
        self.tolerance = tolerance
        self.filesDeadlineDays = filesDeadlineDays
        self.settlement = settlement
        self.disputes = disputes
        self.inFlight = inFlight
        self.batch = batch
        self.deadlines = deadlines
    }
}
