import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport

/// A house whose lenders class their claims by short ladders.
enum ClassedHouse {
    /// Special mention from the first day, bad from the 11th, doubtful from the 61st.
    static func rules(
        _ upgrade: AssetUpgrade = .standard, crossDefault: CrossDefault = .none,
        specialMention: Int = 1, normal: String = "1%"
    ) throws -> AssetRules {
        let ladder = AssetLadder(
            [
                AssetLadder.Step(.specialMention, from: specialMention),
                .init(.substandard, from: specialMention + 10),
                .init(.doubtful, from: specialMention + 60),
            ], chargedOffFloor: .loss)
        guard let ladder else { throw NoLadder() }
        return AssetRules(
            ladder: ladder, upgrade: upgrade,
            provisions: ProvisionRates([
                .normal: try Share(normal), .specialMention: try Share("2%"),
                .substandard: try Share("25%"), .doubtful: try Share("50%"),
                .loss: try Share("100%"),
            ]), crossDefault: crossDefault)
    }

    struct NoLadder: Error {}

    static func from(_ date: String, _ rules: AssetRules) -> DatedAssetRules {
        DatedAssetRules(rules, from: SampleLoan.date(date))
    }

    /// Every lender in a way of its own, one from later on, one by other rules after a while.
    static func randomRules() throws -> [PartyID: [DatedAssetRules]] {
        [
            TestTerms.harbor: [
                from("2026-01-01", try rules(crossDefault: .lender)),
                from("2026-02-01", try rules(crossDefault: .everyLender, normal: "1.5%")),
            ],
            TestTerms.meridian: [
                from(
                    "2026-01-20",
                    try rules(
                        AssetUpgrade(observationMonths: 1, observedFrom: .specialMention),
                        specialMention: 5))
            ],
            TestTerms.platform: [
                from(
                    "2026-01-01",
                    try rules(
                        AssetUpgrade(condition: .fewerDays), crossDefault: .everyLender,
                        specialMention: 3))
            ],
        ]
    }

    static func house(_ rules: [PartyID: [DatedAssetRules]], _ store: MemoryStore = MemoryStore())
        throws -> TestHouse
    {
        try TestHouse(store: store, catalogue: try TestTerms.catalogue(assetRules: rules))
    }

    /// A loan of LoanLife, of a borrower.
    static func row(_ id: String, of borrower: String = "B1") -> [String] {
        var row = LoanFile.row(id)
        row[1] = borrower
        return row
    }
}

extension World {
    /// Changes of classes at a lender: date, loan, classes before and after, cause; then the class
    /// by itself where it is another, and until when it is observed.
    func classes(of lender: PartyID) -> [String] {
        classChanges.filter { $0.claim.lender == lender }
            .sorted { ($0.date, $0.claim) < ($1.date, $1.claim) }.map { change in
                var words = [
                    "\(change.date)", change.claim.loan.text, change.before.rawValue,
                    change.after.assetClass.rawValue, change.after.cause.rawValue,
                ]
                if change.standing.assetClass != change.after.assetClass {
                    words.append("by itself \(change.standing.assetClass.rawValue)")
                }
                if let until = change.standing.observedUntil { words.append("until \(until)") }
                return words.joined(separator: " ")
            }
    }

    /// What a lender keeps for a loan, from date on.
    func provisions(of lender: PartyID, for loan: String = "L1") -> [String] {
        provisions.filter { $0.claim == ClaimKey(LoanID(loan), lender) }
            .sorted { $0.date < $1.date }.map {
                "\($0.date) \(AmountText.format($0.amount, decimals: 2))"
            }
    }

    /// Entries of provisions: date, book, account, amount.
    var provisionEntries: [String] {
        ledgerRows.filter { $0.kind == .provision }.map {
            "\($0.date) \($0.posting.book) \($0.posting.account) "
                + AmountText.format($0.posting.amount, decimals: 2)
        }.sorted()
    }
}
