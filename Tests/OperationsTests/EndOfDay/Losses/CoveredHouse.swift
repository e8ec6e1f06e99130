import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport

/// A house that lends the product `orphan` under the agreement `covered`, whose lenders share
/// losses; loans are those of ``LoanLife``.
enum CoveredHouse {
    static let keystone = PartyID("keystone")

    /// A cover of this many minor units that keystone gives harbor when a loan is so many days
    /// past due.
    static func layer(
        _ way: LossProvision.Way, at days: Int = 30, amount: Int64? = nil,
        covers: LossProvision.Covers = .principal, span: CoverTerms.Span = .pool,
        topUp: CoverTopUp? = nil
    ) -> LossLayer {
        LossLayer(
            name: "first-loss", trigger: .daysPastDue(days),
            bearing: .provided(
                LossProvision(
                    provider: keystone, lenders: [TestTerms.harbor], way: way, covers: covers,
                    cover: amount.map {
                        CoverTerms(
                            kind: .reserve(amount: $0, replenishes: false, topUp: topUp),
                            span: span)
                    })))
    }

    static func house(
        _ layers: [LossLayer], chargeOffAt: Int? = nil,
        collectionCosts: CollectionCosts = .advanced, store: MemoryStore = MemoryStore(),
        crashPoint: @escaping @Sendable (CrashPoint) -> Void = { _ in }
    ) throws -> TestHouse {
        let plain = try TestTerms.agreement(
            "covered", ["orphan"], [(TestTerms.platform, "30%"), (TestTerms.harbor, "70%")]
        ).terms
        let agreement = Agreement(
            name: plain.name, effectiveFrom: plain.effectiveFrom, currency: plain.currency,
            products: plain.products, lenders: plain.lenders, platform: plain.platform,
            serviceFees: plain.serviceFees, onRefusal: plain.onRefusal,
            backdateDays: plain.backdateDays, settlement: plain.settlement,
            loss: LossTerms(
                layers: layers, chargeOffAt: chargeOffAt, collectionCosts: collectionCosts))
        let usual = try TestTerms.catalogue(agreements: [
            Versioned(agreement, version: TestTerms.version(agreement.canonicalTerms))
        ])
        let catalogue = Catalogue(
            platform: usual.platform, agreements: usual.agreements, products: usual.products,
            calendars: TestTerms.calendars, partners: usual.partners, guarantors: [keystone])
        return try TestHouse(store: store, catalogue: catalogue, crashPoint: crashPoint)
    }

    /// The house with so many loans, paid out on the first date.
    static func lending(_ loans: [String], _ house: TestHouse) async throws {
        for loan in loans { try await house.book(LoanFile.row(loan, product: "orphan")) }
        _ = try await house.fund().run()
    }
}

extension World {
    /// Decisions of closes: `2026-03-03 L1 invocation keystone>harbor 700.00`.
    var lossDecisions: [String] {
        facts.flatMap { loan, facts in
            facts.compactMap { fact -> String? in
                let words = "\(fact.valueDate) \(loan)"
                switch fact.kind {
                case .assigned(let one):
                    let amounts = [one.claims.principal, one.claims.interest].map(Self.text)
                    return "\(words) \(one.reason.rawValue) \(one.from)>\(one.to) "
                        + amounts.joined(separator: "/")
                case .indemnified(let one):
                    return "\(words) \(one.reason.rawValue) \(one.payer)>\(one.payee) "
                        + Self.text(one.amount)
                case .chargeOff(let claims, _):
                    return "\(words) charge-off \(Self.text(claims.clampedTotal))"
                default: return nil
                }
            }
        }.sorted()
    }

    /// What the platform pays a party for a date, by type.
    func dues(of party: PartyID, on date: String) -> [String] {
        (obligations[SampleLoan.date(date)] ?? []).filter { $0.party == party }
            .map { "\($0.type.rawValue) \(Self.text($0.amount))" }
    }

    static func text(_ amount: Int64) -> String { AmountText.format(amount, decimals: 2) }
}
