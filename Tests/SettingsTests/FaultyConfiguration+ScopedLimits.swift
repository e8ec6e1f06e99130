extension FaultyConfiguration {
    /// The smallest configuration with limits in its agreement, from line 19 on; their values
    /// begin in line 20.
    private static func limited(_ name: String, _ entry: String, _ messages: String)
        -> FaultyConfiguration
    {
        FaultyConfiguration(
            name, "agreements/harbor-70-30.yaml",
            "# limits:                   # the most that a lender takes on",
            "limits:\n  - {party: harbor, \(entry)}", messages)
    }

    private static let shape = """
        a limit is an `amount`, or `atMost` a part `of` something, which has a `leastBase` where \
        it is total or own
        """

    /// Limits that tell loans apart, or that are a part of something.
    static let scopedLimits = [
        limited(
            "a limit by two dimensions", "per: day, amount: 5, each: region, grade: A",
            """
            CONF-019: the limit tells loans apart by each and grade, at limits[1].grade \
            (Config/agreements/harbor-70-30.yaml:20:63); it counts each value of one, or one \
            value: keep one of them
            """),
        limited(
            "a limit by a dimension nobody knows", "per: day, amount: 5, each: channel",
            """
            CONF-010: "channel" is no dimension of a limit, at limits[1].each \
            (Config/agreements/harbor-70-30.yaml:20:48); it needs one of borrower, region, \
            grade, product
            """),
        limited(
            "a limit of a product outside the agreement",
            "per: day, amount: 5, product: instalment-lon",
            """
            CONF-012: the agreement has no product instalment-lon, at limits[1].product \
            (Config/agreements/harbor-70-30.yaml:20:51); its products are instalment-loan
            """),
        limited(
            "a limit of an unreadable region", "per: day, amount: 5, region: \" GD\"",
            """
            CONF-010: " GD" is no region, at limits[1].region \
            (Config/agreements/harbor-70-30.yaml:20:50); it needs the name of a region: up to 40 \
            characters without spaces at its ends
            """),
        limited(
            "a limit of an unreadable borrower", "per: day, amount: 5, borrower: \"B \"",
            """
            CONF-010: "B " is no borrower, at limits[1].borrower \
            (Config/agreements/harbor-70-30.yaml:20:52); it needs a borrower as loans say it: up \
            to 64 characters without spaces at its ends
            """),
        limited(
            "a limit that is an amount and a part",
            "per: outstanding, amount: 5, atMost: 5%, of: total, leastBase: 9",
            """
            CONF-019: the limit is an amount and a part, at limits[1].amount \
            (Config/agreements/harbor-70-30.yaml:20:47); \(shape)
            """),
        limited(
            "an amount of something", "per: outstanding, amount: 5, of: total",
            """
            CONF-019: the limit is a part of nothing, at limits[1].of \
            (Config/agreements/harbor-70-30.yaml:20:54); \(shape)
            """),
        limited(
            "a part of nothing", "per: outstanding, atMost: 5%",
            """
            CONF-008: a key is missing, at limits[1].of \
            (Config/agreements/harbor-70-30.yaml:20:5); it needs one of net-tier-1-capital, \
            loan-book, total, own
            """),
        limited(
            "a part of a total without a least base", "per: outstanding, atMost: 5%, of: total",
            """
            CONF-008: a key is missing, at limits[1].leastBase \
            (Config/agreements/harbor-70-30.yaml:20:5); it needs an amount above zero with at \
            most 2 decimals, no grouping
            """),
        limited(
            "a least base of a figure",
            "per: outstanding, atMost: 5%, of: loan-book, leastBase: 9",
            """
            CONF-019: a figure counts for what it is, at limits[1].leastBase \
            (Config/agreements/harbor-70-30.yaml:20:77); \(shape)
            """),
        limited(
            "a part of a figure that nobody reports",
            "per: outstanding, atMost: 5%, of: loan-book",
            """
            CONF-012: harbor reports no loan-book, at limits[1].of \
            (Config/agreements/harbor-70-30.yaml:20:55); add it to figures in the file of \
            harbor, which a bank has
            """),
        limited(
            "a part of the total of a day", "per: day, atMost: 5%, of: total, leastBase: 9",
            """
            CONF-019: the limit is a part of what is outstanding, at limits[1].per \
            (Config/agreements/harbor-70-30.yaml:20:26); of total and own only what is \
            outstanding is a part, not what is booked in a day
            """),
        limited(
            "all of its own", "per: outstanding, atMost: 5%, of: own, leastBase: 9",
            """
            CONF-019: all of the party's own loans are the whole of them, at limits[1].of \
            (Config/agreements/harbor-70-30.yaml:20:55); say which part: each, borrower, region, \
            grade or product
            """),
        limited(
            "a part that is too fine",
            "per: outstanding, atMost: 1/10000000001, of: total, leastBase: 9",
            """
            CONF-011: "1/10000000001" is too fine, at limits[1].atMost \
            (Config/agreements/harbor-70-30.yaml:20:47); its denominator may be 10000000000 at \
            most
            """),
        limited(
            "a limit for each value twice",
            "per: day, amount: 5, each: region}\n"
                + "  - {party: harbor, per: day, amount: 6, each: region",
            """
            CONF-014: the limit of harbor per day for each region stands twice, at limits[2].per \
            (Config/agreements/harbor-70-30.yaml:21:26); keep one
            """),
    ]
}
