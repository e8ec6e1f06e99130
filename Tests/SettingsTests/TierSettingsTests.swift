import BusinessCalendar
import LendingRules
import Monetary
import Settings
import Testing

/// What becomes of tiers that stand in a file.
struct TierSettingsTests {
    private func tiered() throws -> Agreement {
        let loaded = try Sample.load(Sample.tiered)
        return try #require(loaded.agreement("tiered", on: Sample.firstDate))
    }

    @Test func `tiers say which loans they take and who lends which part`() throws {
        let tiers = try tiered().tiers
        try #require(tiers.map(\.name) == ["small", "good", "all-others"])
        #expect(
            tiers.map(\.conditions) == [
                FundingConditions(principal: 0...500_000, instalments: 1...24),
                FundingConditions(
                    principal: 500_001...5_000_000, instalments: 1...24, grades: ["A", "B+"],
                    regions: ["US-CA"], products: ["instalment-loan"], channels: ["app"]),
                .any,
            ])
        let (platform, harbor) = (PartyID("platform"), PartyID("harbor"))
        let (meridian, summit) = (PartyID("meridian"), PartyID("summit"))
        let main = FundingRoute(
            name: "main",
            targets: [
                .init(party: harbor, share: try Share("60%")),
                .init(party: meridian, share: try Share("40%")),
            ])
        #expect(
            tiers[0].slices == [
                FundingSlice(
                    taker: .party(platform), part: .rest, minimum: .share(try Share("10%"))),
                FundingSlice(
                    taker: .route(main), part: .share(try Share("70%")),
                    maximum: .amount(300_000)),
            ])
        #expect(
            tiers[1].slices == [
                FundingSlice(taker: .party(harbor), part: .share(try Share("100%"))),
                FundingSlice(taker: .party(platform), part: .share(.none)),
            ])
        #expect(
            tiers[2].slices == [
                FundingSlice(taker: .party(platform), part: .rest),
                FundingSlice(taker: .party(harbor), part: .amount(10_000)),
                FundingSlice(
                    taker: .waterfall([meridian, summit], .listed), part: .share(try Share("80%"))),
            ])
    }

    @Test func `lenders under tiers have no share, and the terms can be read back`() throws {
        let agreement = try tiered()
        #expect(agreement.lenders.allSatisfy { $0.share == .none })
        #expect(Agreement(canonicalTerms: agreement.canonicalTerms) == agreement)
    }

    @Test func `a most-room waterfall and tiers with one name of a route load`() throws {
        var contents = Sample.tiered
        contents["agreements/trio.yaml"]?.replace(
            "waterfall: [meridian, summit]", with: "waterfall: [meridian, summit], order: most-room"
        )
        let tiers = try Sample.load(contents).agreements.flatMap(\.tiers)
        let orders = tiers.flatMap(\.slices).compactMap { slice -> WaterfallOrder? in
            if case .waterfall(_, let order) = slice.taker { order } else { nil }
        }
        #expect(orders == [.mostRoom])
    }

    @Test func `a rule about shares judges every tier, and tells once what all of them break`()
        throws
    {
        func found(_ platform: String, _ harbor: String) throws -> [String] {
            var contents = Sample.floored(limit: "30%")
            contents["agreements/harbor-70-30.yaml"] = Sample.agreement(
                tiers: """
                      - name: small
                        when: {amount: {to: "5000.00"}}
                        slices: [{party: platform, rest: true}, {party: harbor, share: "70%"}]
                      - name: large
                        otherwise: true
                        slices: [{party: platform, \(platform)}, {party: harbor, \(harbor)}]
                    """, more: "rulePacks: [floor]")
            return Sample.faults(of: contents.mapValues { Array($0.utf8) }).map(\.found)
        }
        let breach = " (rule partner-floor of floor: The text, art. 2)"
        #expect(try found("share: \"30%\"", "share: \"70%\"") == [])
        #expect(
            try found("share: \"29%\"", "share: \"71%\"") == ["platform: 29% below 30%" + breach])
        #expect(
            try found("rest: true", "share: \"75%\"") == ["platform: 25% below 30%" + breach])
        #expect(try found("share: \"0%\"", "share: \"100%\"") == ["0% below 30%" + breach])
        #expect(try found("rest: true", "amount: \"100.00\"") == [])
    }
}
