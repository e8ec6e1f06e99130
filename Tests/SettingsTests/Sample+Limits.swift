extension Sample {
    /// The demonstration with limits of every kind, of harbor alone.
    static let scoped = {
        var contents = demonstration
        contents["agreements/harbor-70-30.yaml"]? += """
            limits:
              - {party: harbor, per: day, each: borrower, amount: "5.00"}
              - {party: harbor, per: month, region: CN-33, amount: "6.00"}
              - {party: harbor, per: outstanding, grade: A, amount: "7.00"}
              - {party: harbor, per: day, product: equal-principal-loan, amount: "8.00"}
              - {party: harbor, per: outstanding, atMost: "25%", of: total, leastBase: 1000}
              - {party: harbor, per: outstanding, each: region, atMost: 40%, of: own, leastBase: 9}

            """
        contents["parties/harbor.yaml"]? += """
            figures:
              - {figure: net-tier-1-capital, amount: "100000000.00", asOf: 2025-12-31}
              - {figure: net-tier-1-capital, amount: "200000000.00", asOf: 2026-03-31}
            limits:
              - {per: month, each: grade, amount: 9, currency: USD}
              - {per: outstanding, atMost: "25%", of: net-tier-1-capital, currency: USD}

            """
        return contents
    }()
}
