extension FaultyConfiguration {
    private static let file = "Config/agreements/harbor-70-30.yaml"

    /// The smallest configuration with one layer at 9:5.
    private static func layer(
        _ name: String, _ keys: String, more: String = "", _ messages: String
    ) -> FaultyConfiguration {
        FaultyConfiguration(
            name, "agreements/harbor-70-30.yaml",
            .whole(Sample.agreement(loss: "  - {name: one, \(keys)}", more: more)), messages)
    }

    /// A layer of the platform's with this cover, which begins at column 71.
    private static func covered(
        _ name: String, _ cover: String, more: String = "", _ messages: String
    ) -> FaultyConfiguration {
        layer(name, "trigger: 90, way: invocation, provider: platform, cover: \(cover)", messages)
    }

    /// A sound layer and costs at 10:19.
    private static func costs(_ name: String, _ costs: String, _ messages: String)
        -> FaultyConfiguration
    {
        layer(
            name, "trigger: 90, way: invocation, provider: platform",
            more: "collectionCosts: \(costs)", messages)
    }

    static let losses = bearings + payments + lossCovers + lossTimes

    private static let bearings = [
        layer(
            "a layer of nobody", "trigger: 90, way: invocation",
            """
            CONF-019: nobody takes losses in the layer, at lossSharing[1] (\(file):9:5); it needs \
            one of provider, tranches, shares
            """),
        layer(
            "a layer of two", "trigger: 90, provider: platform, shares: {platform: 1/1}",
            """
            CONF-019: the layer has provider and shares, at lossSharing[1] (\(file):9:5); it \
            needs one of provider, tranches, shares
            """),
        layer(
            "own shares with a way",
            "trigger: 90, way: invocation, shares: {platform: 1/2, harbor: 1/2}",
            """
            CONF-019: way is named beside shares, at lossSharing[1].way (\(file):9:35); lenders \
            bear by shares what principal is left: leave it out
            """),
        layer(
            "tranches with a cover",
            "trigger: 90, way: invocation, cover: {kind: outstanding, percent: 5%}, "
                + "tranches: [{name: a, provider: platform, amount: 1}]",
            """
            CONF-019: cover is named beside tranches, at lossSharing[1].cover (\(file):9:54); a \
            tranche takes whatever reaches it, up to its amount: leave it out
            """),
        layer(
            "a provider that no file describes",
            "trigger: 90, way: invocation, provider: plattform",
            """
            CONF-012: no party is called plattform, at lossSharing[1].provider (\(file):9:57); \
            did you mean platform? known are harbor, platform
            """),
        FaultyConfiguration(
            "a clearing that pays for losses", "agreements/harbor-70-30.yaml",
            .whole(
                Sample.agreement(
                    loss: "  - {name: one, trigger: 90, way: invocation, provider: clearing}")),
            """
            CONF-019: clearing is of kind clearing, at lossSharing[1].provider (\(file):9:57); a \
            clearing pays for no losses
            """,
            beside: Sample.demonstration.filter { !$0.key.hasPrefix("agreements/") }
                .merging(["agreements/harbor-70-30.yaml": ""]) { $1 }),
        FaultyConfiguration(
            "layers and tranches of one name", "agreements/harbor-70-30.yaml",
            .whole(
                Sample.agreement(
                    loss: """
                          - {name: one, trigger: 90, way: invocation, provider: platform}
                          - name: one
                            trigger: 91
                            way: invocation
                            tranches:
                              - {name: a, provider: platform, amount: 1}
                              - {name: a, provider: platform, amount: 2}
                        """)),
            """
            CONF-014: the layer one stands twice, at lossSharing[2].name (\(file):10:11); keep one
            CONF-014: the tranche a stands twice, at lossSharing[2].tranches[2].name \
            (\(file):15:16); keep one
            """),
        FaultyConfiguration(
            "a layer behind the lenders' own shares", "agreements/harbor-70-30.yaml",
            .whole(
                Sample.agreement(
                    loss: """
                          - {name: one, trigger: 90, shares: {platform: 1/2, harbor: 1/2}}
                          - {name: two, trigger: 90, way: invocation, provider: platform}
                        """)),
            """
            CONF-019: a layer stands behind the lenders' own shares, at lossSharing[2].name \
            (\(file):10:12); nothing is left behind one: let it be the last
            """),
    ]

    private static let payments = [
        layer(
            "a scope of an invocation",
            "trigger: 90, way: invocation, scope: loan, provider: platform",
            """
            CONF-019: scope is named, and the way is invocation, at lossSharing[1].scope \
            (\(file):9:54); only a compensation moves claims, of a loan or of instalments
            """),
        layer(
            "instalments that are compensated when the whole loan is written off",
            "trigger: charge-off, way: compensation, scope: instalment, provider: platform",
            """
            CONF-019: scope is instalment, and the trigger is charge-off, at \
            lossSharing[1].scope (\(file):9:64); a loan is written off as a whole: let the scope \
            be loan
            """),
        layer(
            "a layer without a way", "trigger: 90, provider: platform",
            """
            CONF-008: a key is missing, at lossSharing[1].way (\(file):9:5); it needs one of \
            invocation, compensation
            """),
        layer(
            "a layer that pays somebody who does not lend",
            "trigger: 90, way: invocation, provider: platform, lenders: [habor]",
            """
            CONF-019: habor does not lend, at lossSharing[1].lenders[1] (\(file):9:77); losses \
            are of the lenders: platform, harbor
            """),
        layer(
            "a lender twice",
            "trigger: 90, way: invocation, provider: platform, "
                + "lenders: [harbor, harbor]",
            """
            CONF-014: the lender harbor stands twice, at lossSharing[1].lenders[2] \
            (\(file):9:85); keep one
            """),
        layer(
            "a provider that pays itself",
            "trigger: 90, way: invocation, provider: harbor, lenders: [harbor]",
            """
            CONF-019: harbor would pay itself, at lossSharing[1].lenders[1] (\(file):9:75); leave \
            it out: it is the provider
            """),
        FaultyConfiguration(
            "the only lender pays", "agreements/harbor-70-30.yaml",
            .whole(
                Sample.agreement(
                    loss: "  - {name: one, trigger: 90, way: invocation, provider: platform}"
                ).replacing("30%}, {party: harbor, share: 70%", with: "100%")),
            """
            CONF-019: platform would pay itself, at lossSharing[1].provider (\(file):9:57); it is \
            the only lender: another one must pay
            """),
        layer(
            "loss shares of no whole", "trigger: 90, shares: {platform: 50%, harbor: 49%}",
            """
            CONF-013: the shares sum to 99%, at lossSharing[1].shares (\(file):9:38); they must \
            sum to exactly 100%; thirds are written 1/3
            """),
        layer(
            "loss shares of a stranger", "trigger: 90, shares: {platform: 50%, keystone: 50%}",
            """
            CONF-019: harbor has no part, at lossSharing[1].shares (\(file):9:38); every lender \
            is named, with 0% for none
            CONF-019: keystone does not lend, at lossSharing[1].shares.keystone (\(file):9:64); \
            losses are of the lenders: platform, harbor
            """),
    ]

    private static let lossCovers = [
        covered(
            "a part of loans for each month", "{kind: outstanding, percent: 5%, per: month}",
            """
            CONF-019: a part of loans is covered anew each month, at lossSharing[1].cover.per \
            (\(file):9:112); loans are lent before: use a vintage, or a reserve
            """),
        covered(
            "a cover without its set", "{kind: frozen-set, percent: 5%}",
            """
            CONF-008: a key is missing, at lossSharing[1].cover.setLimit (\(file):9:74); it needs \
            an amount above zero with at most 2 decimals, no grouping
            """),
        covered(
            "a cover of two kinds", "{kind: outstanding, percent: 5%, amount: 9}",
            """
            CONF-019: amount is named, and the cover is outstanding, at \
            lossSharing[1].cover.amount (\(file):9:115); outstanding has percent
            """),
        covered(
            "a reserve of nothing", "{kind: reserve, amount: 0}",
            """
            CONF-011: "0" is outside the limits, at lossSharing[1].cover.amount (\(file):9:98); it \
            needs an amount above zero with at most 2 decimals, no grouping
            """),
        covered(
            "a cover of more than all", "{kind: outstanding, percent: 101%}",
            """
            CONF-011: "101%" is outside the limits, at lossSharing[1].cover.percent \
            (\(file):9:103); it needs more than 0% and at most 100%
            """),
        covered(
            "a cover that would never pay",
            "{kind: reserve, amount: 1, latestDaysPastDue: 89}",
            """
            CONF-019: the cover pays up to 89 days past due, at \
            lossSharing[1].cover.latestDaysPastDue (\(file):9:120); the layer waits for 90: it \
            would never pay
            """),
        covered(
            "a cover that expired", "{kind: reserve, amount: 1, expiresOn: 2025-12-31}",
            """
            CONF-019: the cover expires before the agreement begins, at \
            lossSharing[1].cover.expiresOn (\(file):9:112); it begins on 2026-01-01
            """),
        covered(
            "a top-up of what is outstanding",
            "{kind: outstanding, percent: 5%, topUp: {every: day}}",
            """
            CONF-019: topUp is named, and the cover is outstanding, at \
            lossSharing[1].cover.topUp (\(file):9:114); outstanding has percent
            """),
        covered(
            "a top-up without a period", "{kind: reserve, amount: 1, topUp: {atMost: 5}}",
            """
            CONF-008: a key is missing, at lossSharing[1].cover.topUp.every (\(file):9:108); it \
            needs one of day, month, quarter, year
            """),
        covered(
            "a top-up of nothing", "{kind: reserve, amount: 1, topUp: {every: day, atMost: 0}}",
            """
            CONF-011: "0" is outside the limits, at lossSharing[1].cover.topUp.atMost \
            (\(file):9:129); it needs an amount above zero with at most 2 decimals, no grouping
            """),
        covered(
            "a top-up by the week", "{kind: reserve, amount: 1, topUp: {every: week, upTo: 5}}",
            """
            CONF-010: "week" is no period of a top-up, at lossSharing[1].cover.topUp.every \
            (\(file):9:116); it needs one of day, month, quarter, year
            CONF-007: unknown key, at lossSharing[1].cover.topUp.upTo (\(file):9:122); allowed \
            here: every, atMost
            """),
        covered(
            "a top-up that is a word", "{kind: reserve, amount: 1, topUp: month}",
            """
            CONF-009: text stands there, at lossSharing[1].cover.topUp (\(file):9:108); it \
            needs keys with values
            """),
        covered(
            "a reserve for each month that is filled up every quarter",
            "{kind: reserve, amount: 1, per: month, topUp: {every: quarter}}",
            """
            CONF-019: the reserve is filled up every quarter, at \
            lossSharing[1].cover.topUp.every (\(file):9:128); there is another one, which is \
            full, for each month (\(file):9:106)
            """),
        covered(
            "a reserve for each year that is filled up every year",
            "{kind: reserve, amount: 1, topUp: {every: year}, per: year}",
            """
            CONF-019: the reserve is filled up every year, at \
            lossSharing[1].cover.topUp.every (\(file):9:116); there is another one, which is \
            full, for each year (\(file):9:128)
            """),
        FaultyConfiguration(
            "another cover under the same name", "agreements/second.yaml",
            .added(
                Sample.agreement(
                    loss: """
                          - name: first-loss
                            trigger: 60
                            way: invocation
                            provider: platform
                            cover: {kind: frozen-set, percent: 5%, setLimit: "500000.00"}
                        """
                ).replacing("2026-01-01", with: "2026-06-01")),
            """
            CONF-019: the layer first-loss has another cover elsewhere, at lossSharing[1].name \
            (Config/agreements/second.yaml:9:11); an earlier version has it at \(file):9:13; give \
            one of them another name
            """, beside: insured),
    ]

    /// The smallest configuration with a cover of the platform's.
    private static let insured = {
        var contents = Sample.minimal
        contents["agreements/harbor-70-30.yaml"] = Sample.agreement(
            loss: "  - {name:  first-loss, trigger: 90, way: invocation, provider: platform, "
                + "cover: {kind: frozen-set, percent: 5%, setLimit: \"400000.00\"}}")
        return contents
    }()

    private static let lossTimes = [
        layer(
            "a trigger that is none", "trigger: default, way: invocation, provider: platform",
            """
            CONF-010: "default" is no trigger, at lossSharing[1].trigger (\(file):9:26); it needs \
            a whole number of days from 1 to 3650, charge-off or instruction
            """),
        layer(
            "a trigger on the due date", "trigger: 0, way: invocation, provider: platform",
            """
            CONF-011: "0" is outside the limits, at lossSharing[1].trigger (\(file):9:26); it \
            needs a whole number of days from 1 to 3650, charge-off or instruction
            """),
        layer(
            "a layer behind the charge-off", "trigger: 181, way: invocation, provider: platform",
            more: "chargeOff: {daysPastDue: 180}",
            """
            CONF-019: the layer waits for 181 days past due, at lossSharing[1].trigger \
            (\(file):9:26); loans are written off at 180 (\(file):10:26)
            """),
        costs(
            "costs by shares that nobody has", "{by: shares}",
            """
            CONF-019: costs go by shares, and none are named, at collectionCosts.by \
            (\(file):10:23); name them: `shares: {platform: 100%}`
            """),
        costs(
            "shares of costs that go by claims", "{by: claims, shares: {platform: 100%}}",
            """
            CONF-019: shares are named, and costs go by claims, at collectionCosts.shares \
            (\(file):10:39); leave them out, or share costs by shares
            """),
        costs(
            "costs of somebody who does not lend",
            "{by: shares, shares: {platform: 50%, habor: 50%}}",
            """
            CONF-019: habor does not lend, at collectionCosts.shares.habor (\(file):10:62); \
            costs are of the lenders: platform, harbor
            """),
    ]
}
