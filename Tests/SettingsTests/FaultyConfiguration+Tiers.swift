extension FaultyConfiguration {
    private static let file = "Config/agreements/harbor-70-30.yaml"
    private static let rest = "{party: platform, rest: true}"

    /// The smallest configuration under tiers, from line 8 of its agreement on.
    private static func tiered(
        _ name: String, _ tiers: String, more: String = "", lenders: String = Sample.roster,
        pricing: String = "{way: borrower-rate}", _ messages: String
    ) -> FaultyConfiguration {
        FaultyConfiguration(
            name, "agreements/harbor-70-30.yaml",
            .whole(
                Sample.agreement(tiers: tiers, more: more, lenders: lenders, pricing: pricing)),
            messages)
    }

    /// One tier of all loans with these slices, which begin at column 40.
    private static func sliced(
        _ name: String, _ slices: String, more: String = "", lenders: String = Sample.roster,
        pricing: String = "{way: borrower-rate}", _ messages: String
    ) -> FaultyConfiguration {
        tiered(
            name, "  - {name: all, otherwise: true, slices: [\(slices)]}", more: more,
            lenders: lenders, pricing: pricing, messages)
    }

    /// One tier with these conditions before one of all others; they begin at column 24.
    private static func asking(_ name: String, _ when: String, _ messages: String)
        -> FaultyConfiguration
    {
        tiered(
            name,
            """
              - {name: some, when: \(when), slices: [{party: harbor, share: "100%"}]}
              - {name: others, otherwise: true, slices: [\(rest)]}
            """, messages)
    }

    static let tiers = takers + parts + conditions + tierSpaces + tierTerms

    /// Who takes a slice.
    private static let takers = [
        sliced(
            "a slice of nobody", "{share: \"100%\"}",
            """
            CONF-019: the slice has no taker, at tiers[1].slices[1] (\(file):8:43); it needs one \
            of party, route, waterfall
            """),
        sliced(
            "a slice of two", "{party: platform, waterfall: [harbor], rest: true}",
            """
            CONF-019: the slice has several takers: party, waterfall, at tiers[1].slices[1] \
            (\(file):8:43); it needs one of party, route, waterfall
            """),
        sliced(
            "a slice of somebody who does not lend", "\(rest), {party: habor, share: \"70%\"}",
            """
            CONF-019: harbor has no slice in any tier, at lenders[2].party (\(file):5:38); give \
            it one, or take it out of lenders
            CONF-019: habor does not lend, at tiers[1].slices[2].party (\(file):8:82); slices go \
            to lenders: platform, harbor
            """),
        sliced(
            "a lender with two slices", "\(rest), {party: platform, share: \"70%\"}",
            lenders: "[{party: platform}]",
            """
            CONF-014: the taker platform stands twice, at tiers[1].slices[2].party \
            (\(file):8:82); keep one
            """),
        sliced(
            "a route to nowhere", "\(rest), {route: main, share: \"70%\"}",
            """
            CONF-008: a key is missing, at tiers[1].slices[2].targets (\(file):8:74); it needs a \
            list with at least one entry
            """),
        sliced(
            "targets of no whole",
            "\(rest), {route: main, share: \"70%\", targets: [{party: harbor, target: \"99%\"}]}",
            """
            CONF-013: the shares sum to 99%, at tiers[1].slices[2].targets (\(file):8:74); \
            targets must sum to exactly 100%; thirds are written 1/3
            """),
        sliced(
            "targets without a route",
            "\(rest), {party: harbor, share: \"70%\", "
                + "targets: [{party: harbor, target: \"100%\"}]}",
            """
            CONF-019: targets is named, and no route, at tiers[1].slices[2].targets \
            (\(file):8:113); it belongs to a route
            """),
        sliced(
            "an order without a waterfall",
            "\(rest), {party: harbor, share: \"70%\", order: listed}",
            """
            CONF-019: order is named, and no waterfall, at tiers[1].slices[2].order \
            (\(file):8:111); it belongs to a waterfall
            """),
        tiered(
            "one route with two mixes",
            """
              - name: some
                when: {amount: {to: "5000.00"}}
                slices:
                  - {party: platform, rest: true}
                  - {route: main, share: "70%", targets: [{party: harbor, target: 1/1}]}
              - name: others
                otherwise: true
                slices:
                  - route: main
                    share: "100%"
                    targets: [{party: harbor, target: "50%"}, {party: platform, target: "50%"}]
            """,
            """
            CONF-019: the route main has other targets elsewhere, at tiers[2].slices[1].route \
            (\(file):16:9); give one of them another name; the first has harbor 1/1
            """),
        sliced(
            "a waterfall over one bank twice",
            "\(rest), {waterfall: [harbor, harbor], share: \"70%\"}",
            """
            CONF-014: the bank of the waterfall harbor stands twice, at \
            tiers[1].slices[2].waterfall[2] (\(file):8:95); keep one
            """),
        sliced(
            "a lender without a slice", "{party: platform, share: \"100%\"}",
            """
            CONF-019: harbor has no slice in any tier, at lenders[2].party (\(file):5:38); give \
            it one, or take it out of lenders
            """),
        tiered(
            "nine slices",
            """
              - name: all
                otherwise: true
                slices:
            \((1...9).map { _ in "      - {party: platform, share: \"0%\"}" }
                .joined(separator: "\n"))
            """,
            """
            CONF-011: there are 9 slices, at tiers[1].slices (\(file):11:7); a tier has at most 8
            """),
    ]

    /// How much of a loan a slice is.
    private static let parts = [
        sliced(
            "a slice of nothing", "\(rest), {party: harbor}",
            """
            CONF-019: the slice has no part, at tiers[1].slices[2] (\(file):8:74); it needs one \
            of share, amount, rest
            """),
        sliced(
            "a rest that is none", "{party: harbor, share: \"100%\"}, {party: platform, rest: no}",
            """
            CONF-010: "no" is no choice, at tiers[1].slices[2].rest (\(file):8:99); it needs one \
            of true, false
            """),
        sliced(
            "two rests", "\(rest), {party: harbor, rest: true}",
            """
            CONF-019: a second slice takes the rest, at tiers[1].slices[2] (\(file):8:74); one \
            of a tier does
            """),
        sliced(
            "99.99% of a tier",
            "{party: platform, share: \"30%\"}, {party: harbor, share: \"69.99%\"}",
            """
            CONF-013: the shares sum to 99.99%, at tiers[1].slices (\(file):8:42); they must sum \
            to exactly 100%, or a slice takes the rest: rest: true
            """),
        sliced(
            "more than all beside a rest",
            "\(rest), {party: harbor, share: \"60%\"}, {waterfall: [harbor], share: \"50%\"}",
            """
            CONF-013: the shares sum to 110%, at tiers[1].slices (\(file):8:42); beside a rest \
            they sum to at most 100%
            """),
        sliced(
            "a share above the whole of a tier", "\(rest), {party: harbor, share: \"101%\"}",
            """
            CONF-011: "101%" is outside the limits, at tiers[1].slices[2].share (\(file):8:97); \
            it needs 0% to 100%
            """),
        sliced(
            "a part with too many decimals", "\(rest), {party: harbor, amount: \"100.001\"}",
            """
            CONF-010: "100.001" has more than 2 decimals, at tiers[1].slices[2].amount \
            (\(file):8:98); it needs an amount above zero with at most 2 decimals, no grouping
            """),
        sliced(
            "bounds of nothing",
            "\(rest), {party: harbor, share: \"70%\", minimum: \"80%\", maximum: \"60%\"}",
            """
            CONF-028: all cannot divide 500.00 of instalment-loan in 3 instalments: harbor would \
            have 400.00, and lends from 400.00 to 300.00, at tiers[1].slices (\(file):8:42); \
            change the bounds, or let a slice take the rest: rest: true
            CONF-019: the maximum is below the minimum, at tiers[1].slices[2].maximum \
            (\(file):8:129); it needs at least the value of minimum
            """),
        sliced(
            "bounds that no loan keeps",
            "{party: platform, share: \"30%\", minimum: \"400.00\"}, "
                + "{party: harbor, share: \"70%\", minimum: \"200.00\"}",
            """
            CONF-028: all cannot divide 500.00 of instalment-loan in 3 instalments: platform \
            would have 150.00, and lends from 400.00 to 500.00, at tiers[1].slices (\(file):8:42); \
            change the bounds, or let a slice take the rest: rest: true
            """),
        sliced(
            "a waterfall that large loans run over",
            "{party: platform, share: \"30%\", maximum: \"30%\"}, "
                + "{waterfall: [harbor], share: \"70%\", maximum: \"10000.00\"}",
            """
            CONF-028: all cannot divide 14285.72 of instalment-loan in 3 instalments: platform \
            would have 4285.72, and lends from 0.00 to 4285.71, at tiers[1].slices \
            (\(file):8:42); change the bounds, or let a slice take the rest: rest: true
            """),
    ]

    /// Which loans a tier takes.
    private static let conditions = [
        tiered(
            "a tier of no loans", "  - {name: all, slices: [\(rest)]}",
            lenders: "[{party: platform}]",
            """
            CONF-019: the tier does not say which loans it takes, at tiers[1] (\(file):8:5); it \
            needs when, or otherwise: true for every loan that is left
            """),
        tiered(
            "a tier of some loans and of all",
            "  - {name: all, otherwise: true, when: {grades: [A]}, slices: [\(rest)]}",
            lenders: "[{party: platform}]",
            """
            CONF-019: the tier has conditions, and takes every loan otherwise, at tiers[1] \
            (\(file):8:5); it needs when, or otherwise: true for every loan that is left
            """),
        asking(
            "a tier that asks nothing", "{}",
            """
            CONF-019: the tier asks nothing of a loan, at tiers[1].when (\(file):8:24); \
            otherwise: true takes every loan that is left
            """),
        asking(
            "an amount from and to nowhere", "{amount: {}}",
            """
            CONF-019: neither from nor to is named, at tiers[1].when.amount (\(file):8:33); it \
            needs one of them
            """),
        asking(
            "an amount that ends before it begins", "{amount: {from: \"10.00\", to: \"9.99\"}}",
            """
            CONF-019: to is below from, at tiers[1].when.amount.to (\(file):8:53); it needs at \
            least the value of from
            """),
        asking(
            "a grade of two words", "{grades: [A, very good]}",
            """
            CONF-010: "very good" is no word, at tiers[1].when.grades[2] (\(file):8:37); it \
            needs a word of up to 40 characters without spaces
            """),
        asking(
            "a region twice", "{regions: [CA, CA]}",
            """
            CONF-014: CA stands twice, at tiers[1].when.regions[2] (\(file):8:39); keep one
            """),
        asking(
            "a product of another agreement", "{products: [cash-line]}",
            """
            CONF-025: no loan comes to the tier some, at tiers[1].name (\(file):8:12); no product \
            of the agreement allows what it asks
            CONF-019: the agreement does not take cash-line, at tiers[1].when.products[1] \
            (\(file):8:36); its products are instalment-loan
            """),
    ]
}
