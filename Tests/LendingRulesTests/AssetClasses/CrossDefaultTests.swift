import LendingRules
import Monetary
import TestSupport
import Testing

/// Which loans of a borrower pull others along.
struct CrossDefaultTests {
    private struct Claim: Hashable {
        let loan: String
        let lender: PartyID
        let own: AssetClass
        var isOpen = true
    }

    private static let harbor = PartyID("harbor")
    private static let summit = PartyID("summit")

    /// One borrower: L1 is bad at harbor and of special mention at summit, L2 is harbor's and
    /// summit's, L3 is summit's alone, L4 is paid.
    private static let claims = [
        Claim(loan: "L1", lender: harbor, own: .doubtful),
        Claim(loan: "L1", lender: summit, own: .specialMention),
        Claim(loan: "L2", lender: harbor, own: .specialMention),
        Claim(loan: "L2", lender: summit, own: .normal),
        Claim(loan: "L3", lender: summit, own: .normal),
        Claim(loan: "L4", lender: harbor, own: .normal, isOpen: false),
    ]

    private static func held(_ claims: [Claim], under rule: CrossDefault) -> [String] {
        var classes = BorrowerClasses()
        for claim in claims { classes.add(claim.own, at: claim.lender) }
        return claims.map { claim in
            let held = classes.held(
                claim.own, at: claim.lender, isOpen: claim.isOpen, under: rule)
            return "\(claim.loan) \(claim.lender) \(held.assetClass.rawValue) "
                + held.cause.rawValue
        }.sorted()
    }

    @Test func `without cross-default each loan stands by itself`() {
        #expect(
            Self.held(Self.claims, under: .none) == [
                "L1 harbor doubtful own", "L1 summit special-mention own",
                "L2 harbor special-mention own", "L2 summit normal own", "L3 summit normal own",
                "L4 harbor normal own",
            ])
    }

    @Test func `a lender holds all loans of a borrower in the worst of its own classes`() {
        #expect(
            Self.held(Self.claims, under: .lender) == [
                "L1 harbor doubtful own", "L1 summit special-mention own",
                "L2 harbor doubtful cross-default", "L2 summit special-mention cross-default",
                "L3 summit special-mention cross-default", "L4 harbor normal own",
            ])
    }

    @Test func `or in the worst class of any lender`() {
        #expect(
            Self.held(Self.claims, under: .everyLender) == [
                "L1 harbor doubtful own", "L1 summit doubtful cross-default",
                "L2 harbor doubtful cross-default", "L2 summit doubtful cross-default",
                "L3 summit doubtful cross-default", "L4 harbor normal own",
            ])
    }

    @Test func `the order of loans makes no difference, and nobody is held better than alone`()
        throws
    {
        try Property.check(1_000) { random in
            let claims = (0..<random.pick(1...8)).map { number in
                Claim(
                    loan: "L\(number)", lender: random.pick([Self.harbor, Self.summit]),
                    own: random.pick(AssetClass.allCases), isOpen: !random.isOne(in: 5))
            }
            let rule = random.pick(CrossDefault.allCases)
            let held = Self.held(claims, under: rule)
            try hold(
                held == Self.held(claims.shuffled(using: &random), under: rule),
                "another order gives other classes: \(claims)")
            for (claim, line) in zip(claims.sorted { $0.loan < $1.loan }, held) {
                let words = line.split(separator: " ")
                let assetClass = AssetClass(rawValue: String(words[2])) ?? .normal
                try hold(assetClass >= claim.own, "\(line) of \(claim)")
                try hold((words[3] == "own") == (assetClass == claim.own), "\(line) of \(claim)")
            }
        }
    }
}
