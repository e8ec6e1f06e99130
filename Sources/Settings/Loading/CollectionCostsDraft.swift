import LendingRules
import Monetary

/// The mapping `collectionCosts` as far as it could be read.
struct CollectionCostsDraft {
    /// By what costs are shared, as files name it.
    enum Name: String, CaseIterable {
        case claims, shares
    }

    let terms: CollectionCosts
    /// Each party's part, where shares are named.
    let shares: LossSharesDraft?

    /// Nil where nothing is said, or nothing that can be read.
    init?(in section: Section) {
        guard section.isGiven("collectionCosts"), let own = section.section("collectionCosts")
        else { return nil }
        let name = own.value("by", Rule<Name>.choice("way to share costs"))
        let shares = LossSharesDraft(own)
        own.finish()
        guard let name else { return nil }
        switch (name.value, shares) {
        case (.claims, nil) where !own.isGiven("shares"): terms = .byClaims
        case (.shares, let shares?): terms = .byShares(shares.shares)
        case (.claims, _):
            own.findings.report(
                .contradiction, "shares are named, and costs go by claims",
                key: own.path("shares"), at: own.place(of: "shares"),
                allowed: "leave them out, or share costs by shares")
            return nil
        case (.shares, nil):
            if !own.isGiven("shares") {
                own.findings.report(
                    .contradiction, "costs go by shares, and none are named", key: name.key,
                    at: name.place, allowed: "name them: `shares: {platform: 100%}`")
            }
            return nil
        }
        self.shares = shares
    }
}
