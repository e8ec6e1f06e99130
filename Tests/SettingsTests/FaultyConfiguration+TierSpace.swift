extension FaultyConfiguration {
    private static let file = "Config/agreements/harbor-70-30.yaml"
    private static let slices =
        "slices: [{party: platform, rest: true}, {party: harbor, share: 70%}]"

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

    /// Which loans come to which tier.
    static let tierSpaces = [
        tiered(
            "large loans that no tier takes",
            "  - {name: small, when: {amount: {to: 5000.00}}, \(slices)}",
            """
            CONF-026: no tier takes 5000.01 of instalment-loan in 3 instalments, at tiers \
            (\(file):8:3); widen a tier, or add a last one for all others: otherwise: true
            """),
        tiered(
            "a grade that no tier takes",
            "  - {name: good, when: {grades: [A], amount: {from: \"1\"}}, \(slices)}",
            """
            CONF-026: no tier takes 500.00 of instalment-loan in 3 instalments, another grade, at \
            tiers (\(file):8:3); widen a tier, or add a last one for all others: otherwise: true
            """),
        tiered(
            "two tiers of one loan",
            """
              - {name: small, when: {amount: {to: "5000.00"}}, \(slices)}
              - {name: large, when: {amount: {from: "5000.00"}}, \(slices)}
            """,
            """
            CONF-027: small and large both take 5000.00 of instalment-loan in 3 instalments, at \
            tiers[2].name (\(file):9:12); a loan is one tier's: change the conditions of one of \
            them
            """),
        tiered(
            "two tiers of one loan by its region and term",
            """
              - {name: west, when: {regions: [CA, NV], instalments: {to: 12}}, \(slices)}
              - {name: short, when: {regions: [NV, UT], instalments: {to: 24}}, \(slices)}
              - {name: others, otherwise: true, \(slices)}
            """,
            """
            CONF-027: west and short both take 500.00 of instalment-loan in 3 instalments, region \
            NV, at tiers[2].name (\(file):9:12); a loan is one tier's: change the conditions of \
            one of them
            """),
        tiered(
            "a tier behind all others",
            """
              - {name: others, otherwise: true, \(slices)}
              - {name: small, when: {amount: {to: "5000.00"}}, \(slices)}
            """,
            """
            CONF-025: no loan comes to the tier small, at tiers[2].name (\(file):9:12); the tiers \
            before it, as others, take all of its loans
            """),
        tiered(
            "a tier for what is not left",
            """
              - {name: small, when: {amount: {to: "5000.00"}}, \(slices)}
              - {name: large, when: {amount: {from: "5000.01"}}, \(slices)}
              - {name: others, otherwise: true, \(slices)}
            """,
            """
            CONF-025: no loan comes to the tier others, at tiers[3].name (\(file):10:12); the \
            tiers before it, as small, take all of its loans
            """),
        tiered(
            "a tier of loans that the product does not allow",
            """
              - {name: tiny, when: {amount: {to: "499.99"}}, \(slices)}
              - {name: others, otherwise: true, \(slices)}
            """,
            """
            CONF-025: no loan comes to the tier tiny, at tiers[1].name (\(file):8:12); no product \
            of the agreement allows what it asks
            """),
        tiered(
            "a tier twice",
            """
              - {name: small, when: {amount: {to: "5000.00"}}, \(slices)}
              - {name: small, otherwise: true, \(slices)}
            """,
            """
            CONF-014: the tier small stands twice, at tiers[2].name (\(file):9:12); keep one
            """),
        tiered(
            "sixty-five tiers",
            (1...65).map { "  - {name: t\($0), when: {grades: [G\($0)]}, \(slices)}" }
                .joined(separator: "\n"),
            """
            CONF-011: there are 65 tiers, at tiers (\(file):8:3); an agreement has at most 64
            """),
        tiered(
            "conditions beyond counting", manyKinds,
            """
            CONF-011: the tiers tell too many kinds of loans apart, at tiers (\(file):8:3); gaps \
            and overlaps can be found among 100000; use fewer tiers or conditions
            """),
    ]

    /// Every tier leaves one word out of three lists, so that the kinds of loans multiply.
    private static var manyKinds: String {
        let words = (1...62).map { "W\($0)" }
        return words.map { word in
            let list = words.filter { $0 != word }.joined(separator: ", ")
            return "  - {name: \(word), when: {grades: [\(list)], regions: [\(list)], "
                + "channels: [\(list)]}, \(slices)}"
        }.joined(separator: "\n")
    }

    private static let whole = "  - {name: all, otherwise: true, \(slices)}"

    /// What goes with no tiers, or with none of these.
    static let tierTerms = [
        tiered(
            "a share beside tiers", whole,
            lenders: "[{party: platform, share: \"30%\"}, {party: harbor}]",
            """
            CONF-019: platform has a share, and tiers say who lends what, at lenders[1].share \
            (\(file):5:36); leave it out: the slices of the tiers have shares
            """),
        FaultyConfiguration(
            "a lender without a share and without tiers", "agreements/harbor-70-30.yaml",
            .text(", share: \"70%\"", with: ""),
            """
            CONF-008: a key is missing, at lenders[2].share (\(file):7:5); it needs a percentage \
            such as "70%" or a fraction such as "7/10"
            """),
        tiered(
            "a blended rate under tiers", whole,
            lenders: "[{party: platform, rate: 9}, {party: harbor, rate: 9}]",
            pricing: "{way: blended}",
            """
            CONF-019: the pricing is blended, and tiers say who lends what, at pricing.way \
            (\(file):6:16); the mean rate would be another one from loan to loan: use own-rates \
            or borrower-rate
            """),
        tiered(
            "an income by name under tiers", whole,
            more: "incomeShares: {fee: {platform: \"100%\", harbor: \"0%\"}}",
            """
            CONF-019: an income is divided by name, and tiers say who lends what, at \
            incomeShares.fee (\(file):11:21); who does not lend a loan has nothing of it: leave \
            it out
            """),
        tiered(
            "a payer that is not in every tier",
            """
              - {name: small, when: {amount: {to: "5000.00"}}, \(slices)}
              - {name: others, otherwise: true, slices: [{party: platform, rest: true}]}
            """, more: "disbursement: lender-pays-all\npayer: harbor",
            """
            CONF-019: harbor cannot pay everything: tier others has no slice of it, at payer \
            (\(file):13:8); the payer has a slice of its own in every tier
            """),
        tiered(
            "a residue of nobody",
            "  - {name: all, otherwise: true, slices: [{party: harbor, share: \"100%\"}]}",
            lenders: "[{party: platform}, {party: harbor, computation: per-instalment}]",
            """
            CONF-019: platform takes what harbor leaves and has no slice in tier all, at \
            tiers[1].slices[1].party (\(file):8:51); the residue holder has a slice of its own \
            there, or another is named as residueHolder
            """),
        FaultyConfiguration(
            "banks too dear for a tier", "agreements/harbor-70-30.yaml",
            .whole(
                Sample.agreement(
                    tiers: """
                          - name: all
                            otherwise: true
                            slices:
                              - {party: platform, amount: "100.00"}
                              - route: main
                                share: "100%"
                                targets:
                                  - {party: harbor, target: 1/2}
                                  - {party: meridian, target: 1/2}
                        """,
                    lenders: "[{party: platform, rate: 4}, {party: harbor, rate: 6}, "
                        + "{party: meridian, rate: 7.5}]", pricing: "{way: own-rates}")),
            """
            CONF-023: the rates of the dearest lenders of tier all come to 7.493%, and \
            instalment-loan is lent at 7.10% to 36.00%, at pricing.way (\(file):6:16); no loan may \
            bring less than its lenders are owed: raise rate.minimum of the product, or lower \
            their rates
            """, beside: dear),
    ]

    /// A party that answers for losses and does not lend.
    static let guarantors = [
        FaultyConfiguration(
            "a guarantor that lends", "agreements/harbor-70-30.yaml",
            .texts([("party: harbor, share", with: "party: keystone, share")]),
            """
            CONF-019: keystone is of kind guarantor, at lenders[2].party (\(file):7:13); a \
            guarantor does not lend
            CONF-019: harbor has no part in the agreement, at serviceFees[1].payer \
            (\(file):9:12); a fee is between lenders and the platform: keystone, platform
            """, beside: guaranteed),
        FaultyConfiguration(
            "a guarantor that is asked in another's place", "agreements/harbor-70-30.yaml",
            .text("onRefusal:", with: "fallback: [keystone]\nonRefusal:"),
            """
            CONF-019: keystone is of kind guarantor, at fallback[1] (\(file):13:12); a guarantor \
            does not lend
            """, beside: guaranteed),
        FaultyConfiguration(
            "a guarantor with a limit", "parties/keystone.yaml",
            .text("kind: guarantor\n", with: "kind: guarantor\nlimits: []\n"),
            """
            CONF-007: unknown key, at limits (Config/parties/keystone.yaml:4:1); allowed here: \
            party, name, kind
            """, beside: guaranteed),
    ]

    private static let guaranteed = {
        var contents = Sample.minimal
        contents["parties/keystone.yaml"] = "party: keystone\nname: K\nkind: guarantor\n"
        return contents
    }()

    /// With a third lender, and a product with a lowest rate.
    private static let dear = {
        var contents = Sample.minimal
        contents["parties/meridian.yaml"] = Sample.demonstration["parties/meridian.yaml"]
        contents["products/instalment-loan.yaml"]? += "rate: {minimum: 7.1, maximum: 36}\n"
        return contents
    }()
}
