import Foundation

extension Sample {
    /// The repository's `Config/rules/`, by path.
    static let rules: [String: String] = {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: directory + "/rules")) ?? []
        return names.reduce(into: [:]) { rules, name in
            rules["rules/\(name)"] = try? String(
                contentsOfFile: "\(directory)/rules/\(name)", encoding: .utf8)
        }
    }()

    /// The demonstration with every pack, a bank that says all it can, and agreements under rules.
    static let ruled = {
        var contents = demonstration.merging(rules) { $1 }
        contents["agreements/harbor-70-30.yaml"]? += "rulePacks: [risk-retention]\n"
        contents["parties/harbor.yaml"]? += """
            homeRegions: [CA]
            listedFrom: 2025-10-01
            figures:
              - {figure: net-tier-1-capital, amount: "100000000.00", asOf: 2025-12-31}

            """
        contents["rules/one-more.yaml"] = everyRuleKey
        return contents
    }()

    /// The smallest configuration with one pack of one rule, from a date on.
    static func floored(
        from date: String = "2022-01-01", outcome: String = "block", limit: String = "30.01%"
    ) -> [String: String] {
        var contents = minimal
        contents["rules/floor.yaml"] = """
            pack: floor
            title: A floor
            rules:
              - rule: partner-floor
                source: The text
                article: art. 2
                effectiveFrom: \(date)
                at: [config, allocation]
                outcome: \(outcome)
                measure: loan-share-minimum
                of: platform
                limit: "\(limit)"
                cases:
                  - {agreement: {shares: {platform: "50%", harbor: "50%"}}, finds: nothing}

            """
        contents["agreements/harbor-70-30.yaml"]? += "rulePacks: [floor]\n"
        return contents
    }

    /// The keys that the packs of the repository do without.
    private static let everyRuleKey = """
        pack: one-more
        title: What the others leave out
        rules:
          - rule: past
            source: The text
            effectiveFrom: 2001-01-01
            effectiveUntil: 2002-12-31
            at: [config]
            outcome: warn
            measure: listed-partner
            cases:
              - agreement: {shares: {harbor: 1/2}, homeRegions: [CA], listedFrom: 2001-01-01}
                finds: nothing
              - {agreement: {shares: {harbor: 1/2}}, on: 2003-01-01, finds: nothing}
              - {agreement: {shares: {harbor: 1/2}}, finds: "unlisted, not listed by 2001-01-01"}
          - rule: late
            source: The text
            effectiveFrom: 2001-01-01
            at: [close]
            outcome: warn
            measure: non-performing-days
            limit: 90
            cases:
              - {claim: {daysPastDue: 1}, finds: nothing}
          - rule: covered
            source: The text
            effectiveFrom: 2001-01-01
            at: [close]
            outcome: warn
            measure: cover-of-set-maximum
            limit: "5%"
            cases:
              - {cover: {}, finds: nothing}

        """
}
