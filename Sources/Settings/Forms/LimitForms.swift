import LendingRules

/// The keys that limits of agreements and of parties have in common.
enum LimitForms {
    /// Which loans count.
    static let scope: [SettingForm] = [
        SettingForm(
            "limits[].each", .choice(LimitDimension.self),
            """
            a limit by itself for each value of what loans say; those that say none are one value
            """,
            allowed: "`borrower`, `region`, `grade`, `product`; at most one of this and the next "
                + "four",
            absent: .words("all loans together"), example: "region"),
        SettingForm(
            "limits[].borrower", .region, "only loans to this borrower count",
            allowed: "1 to 64 characters", absent: .words("all"), example: "B-1"),
        SettingForm(
            "limits[].region", .region, "only loans of this region count",
            absent: .words("all"), example: "CN-33"),
        SettingForm(
            "limits[].grade", .region, "only loans of this grade count",
            allowed: "1 to 64 characters", absent: .words("all"), example: "A"),
        SettingForm(
            "limits[].product", .name, "only loans of this product count",
            allowed: "a product", absent: .words("all"), example: "instalment-loan"),
    ]

    /// How much there may be.
    static func size(unit: String, amount example: String) -> [SettingForm] {
        [
            SettingForm(
                "limits[].amount", .amountAboveZero, "how much of it there may be",
                unit: unit, allowed: "an amount above zero; this or `atMost`", absent: .depends,
                example: example),
            SettingForm(
                "limits[].atMost", .share,
                "how much of it there may be, as a part of something: its concentration",
                absent: .depends, example: "\"25%\""),
            SettingForm(
                "limits[].of", .choice(LimitBaseName.self),
                """
                of what it is a part: of a figure of the party, the latest by the booking date; or \
                of what is outstanding with the loan, of all lenders or of the party itself
                """,
                allowed: "`net-tier-1-capital`, `loan-book`, `total`, `own`; the last two with "
                    + "`per: outstanding`, the last with `each` or one value",
                absent: .depends, example: "total"),
            SettingForm(
                "limits[].leastBase", .amountAboveZero,
                """
                what `total` or `own` counts for at least: as long as less is outstanding the \
                limit is its part of this
                """,
                unit: unit, absent: .depends, example: "\"1000000.00\""),
        ]
    }
}
