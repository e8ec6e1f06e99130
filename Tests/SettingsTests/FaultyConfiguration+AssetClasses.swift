extension FaultyConfiguration {
    /// The smallest configuration whose bank classes claims; the entry begins at the line after
    /// its other keys.
    private static func classed(_ name: String, _ entry: String, _ messages: String)
        -> FaultyConfiguration
    {
        let party = Sample.minimal["parties/harbor.yaml"] ?? ""
        // The entry's keys after its date begin two lines below `assetClasses`.
        let first = party.split(separator: "\n", omittingEmptySubsequences: false).count
        var told = messages
        for number in 2...4 {
            told = told.replacing(
                "LINE\(number):", with: "Config/parties/harbor.yaml:\(first + number):")
        }
        return FaultyConfiguration(
            name, "parties/harbor.yaml",
            .whole("\(party)assetClasses:\n  - effectiveFrom: 2026-01-01\n\(entry)\n"),
            told)
    }

    /// Lines of `platform.yaml` before its asset classes.
    private static let platformLines =
        (Sample.demonstration["platform.yaml"] ?? "").filter { $0 == "\n" }.count

    /// Asset classes of lenders.
    static let assetClasses = [
        classed(
            "a ladder without the step at which claims are bad", "    ladder: {loss: 361}",
            """
            CONF-008: a key is missing, at assetClasses[1].ladder.substandard (LINE2:13); it needs \
            a whole number of days from 1 to 3650
            """),
        classed(
            "a ladder that goes down",
            "    ladder: {specialMention: 31, substandard: 31, doubtful: 271, loss: 200}",
            """
            CONF-019: substandard begins at 31 days, at assetClasses[1].ladder.substandard \
            (LINE2:47); it needs more than the 31 of special-mention
            CONF-019: loss begins at 200 days, at assetClasses[1].ladder.loss (LINE2:72); it \
            needs more than the 271 of doubtful
            """),
        classed(
            "a step before any day", "    ladder: {substandard: 0}",
            """
            CONF-011: "0" is outside the limits, at assetClasses[1].ladder.substandard (LINE2:27); \
            it needs a whole number of days from 1 to 3650
            """),
        classed(
            "less kept for worse claims",
            "    ladder: {substandard: 91}\n    provisions: {substandard: 25%, loss: 1/5}",
            """
            CONF-019: 1/5 is kept for loss, at assetClasses[1].provisions.loss (LINE3:42); it \
            needs at least the 25% of substandard
            """),
        FaultyConfiguration(
            "provisions without their account", "chart-of-accounts.yaml",
            .text("  - {number: 5045, name: Provision expense, kind: expense}\n", with: ""),
            """
            CONF-015: account 5045 is missing for provisions, at assetClasses[1].provisions \
            (Config/platform.yaml:\(platformLines + 10):7); provisions are posted to it: add an \
            entry to chart-of-accounts.yaml
            """, beside: Sample.classed),
        FaultyConfiguration(
            "provisions without an allowance", "chart-of-accounts.yaml",
            .text("  - {number: 1180, name: Allowance for losses, kind: asset}\n", with: ""),
            """
            CONF-015: account 1180 is missing for provisions, at assetClasses[1].provisions \
            (Config/platform.yaml:\(platformLines + 10):7); provisions are posted to it: add an \
            entry to chart-of-accounts.yaml
            """, beside: Sample.classed),
        classed(
            "a class that nobody knows",
            "    ladder: {substandard: 91}\n    nonAccrual: bad",
            """
            CONF-010: "bad" is no class of claims, at assetClasses[1].nonAccrual (LINE3:17); it \
            needs one of normal, special-mention, substandard, doubtful, loss
            """),
        classed(
            "two entries of one date",
            "    ladder: {substandard: 91}\n  - effectiveFrom: 2026-01-01\n"
                + "    ladder: {substandard: 61}",
            """
            CONF-014: asset classes from 2026-01-01 stand twice, at assetClasses[2].effectiveFrom \
            (LINE3:20); keep one, or give it another date
            """),
    ]
}
