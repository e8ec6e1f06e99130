import BusinessCalendar
import LendingRules
import Monetary
import Settings
import Testing

/// What becomes of layers that stand in a file.
struct LossSettingsTests {
    private func loss(of name: String, in contents: [String: String]) throws -> LossTerms {
        let loaded = try Sample.load(contents)
        let agreement = try #require(loaded.agreement(name, on: Sample.firstDate))
        #expect(Agreement(canonicalTerms: agreement.canonicalTerms)?.loss == agreement.loss)
        return agreement.loss
    }

    @Test func `layers say who pays for what, when and up to how much`() throws {
        let loss = try loss(of: "harbor-70-30", in: Sample.insured)
        let (platform, harbor) = (PartyID("platform"), PartyID("harbor"))
        #expect(
            loss.layers[0]
                == LossLayer(
                    name: "first-loss", trigger: .daysPastDue(90),
                    bearing: .provided(
                        LossProvision(
                            provider: PartyID("keystone"), lenders: [harbor], way: .invocation,
                            covers: .principalAndInterest, share: try Share("80%"),
                            cover: CoverTerms(
                                kind: .frozenSet(
                                    percent: try Share("5%"), setLimit: 40_000_000),
                                span: .vintageYear, latestDaysPastDue: 120,
                                expiresOn: BusinessDate("2028-12-31"), isRestored: true)))))
        #expect(
            loss.layers[1]
                == LossLayer(
                    name: "guarantee", trigger: .instruction,
                    bearing: .provided(
                        LossProvision(
                            provider: platform, way: .compensation(.instalment),
                            cover: CoverTerms(kind: .outstanding(percent: try Share("5%")))))))
        #expect(
            loss.layers[2]
                == LossLayer(
                    name: "own-ratio", trigger: .chargeOff,
                    bearing: .shared([
                        LossShare(party: platform, share: try Share("50%")),
                        LossShare(party: harbor, share: try Share("50%")),
                    ])))
        #expect(loss.layers.count == 3 && loss.chargeOffAt == 180)
    }

    @Test func `costs of collecting are shared by claims or by shares`() throws {
        var contents = Sample.insured
        #expect(try loss(of: "insured", in: contents).collectionCosts == .advanced)
        contents["agreements/insured.yaml"]? += "collectionCosts: {by: claims}\n"
        contents["agreements/harbor-70-30.yaml"]? +=
            "collectionCosts: {by: shares, shares: {platform: 100%}}\n"
        #expect(try loss(of: "insured", in: contents).collectionCosts == .byClaims)
        let whole = LossShare(party: PartyID("platform"), share: try Share("100%"))
        #expect(try loss(of: "harbor-70-30", in: contents).collectionCosts == .byShares([whole]))
    }

    @Test func `tranches are layers with a reserve each, from the bottom up`() throws {
        let layers = try loss(of: "insured", in: Sample.insured).layers
        #expect(
            layers.map(\.name) == [
                "mezzanine/equity", "mezzanine/mezzanine", "reserve", "top", "last",
            ])
        let provisions = layers.compactMap { layer -> LossProvision? in
            if case .provided(let provision) = layer.bearing { provision } else { nil }
        }
        #expect(
            provisions.map(\.cover?.kind) == [
                .reserve(amount: 1_000_000, replenishes: false),
                .reserve(amount: 2_000_000, replenishes: false),
                .reserve(amount: 5_000_000, replenishes: true),
                .reserve(
                    amount: 5_000_000, replenishes: false,
                    topUp: CoverTopUp(every: .quarter, atMost: 7_500_000)),
                .reserve(amount: 100, replenishes: false, topUp: CoverTopUp(every: .month)),
            ])
        #expect(
            provisions.map(\.provider.name) == [
                "platform", "keystone", "platform", "keystone", "platform",
            ])
        #expect(provisions[0].way == .compensation(.loan))
        #expect(layers[1].trigger == .daysPastDue(90))
    }

    @Test func `an agreement that says nothing of losses keeps its version`() throws {
        let agreement = try #require(
            Sample.load(Sample.minimal).agreement("harbor-70-30", on: Sample.firstDate))
        #expect(agreement.loss == .none)
        #expect(!agreement.canonicalTerms.contains("loss"))
        #expect(!agreement.canonicalTerms.contains("charge-off"))
    }

    @Test func `a later version may leave its cover as it is, and change everything else`() throws {
        var contents = Sample.insured
        contents["agreements/later.yaml"] =
            contents["agreements/harbor-70-30.yaml"]?
            .replacing("2026-01-01", with: "2026-06-01")
            .replacing("trigger: 90", with: "trigger: 60")
        let loaded = try Sample.load(contents)
        #expect(loaded.agreements.filter { $0.name == "harbor-70-30" }.count == 2)
    }
}
